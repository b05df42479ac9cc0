"""A store that used too few sample tins gets fewer: taken off its distributor's next order, once, with the
reason on list and answer, and waived by one mail of the sales admin (S11)."""

from __future__ import annotations

import io
import json
import re
import signal
import sqlite3
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, write_register
from tests.parsers.sheets import saved, workbook
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, letters, words
from tests.scenarios.test_call_backs import NORTH, PEOPLE, SAMPLE, sums
from tests.scenarios.test_stock import stock

HEAD = ["经销商", "门店", "产品名称", "回访人数", "接通人数", "小听粉发放", "小听粉使用", "浪费"]
S2 = (SAMPLE, 0)
WAREHOUSE = "warehouse@songping.example"
STANDARD = CONFIG + "samples: {use_rate: 60%}\n"


def results(given: int, used: int, store: str = "阳光母婴店", month: str = "2026年10月") -> bytes:
    line = ["小叶子", store, SAMPLE, 20, 15, given, used, 0]
    data = saved(workbook([[f"{month}回访结果"], HEAD, line]))
    return mail(NORTH, f"{store}{month}回访结果", "见附件", ("回访结果.xlsx", data))


def form(*lines: tuple[tuple[str, int], int, str]) -> bytes:
    """An order form on which the sample tins have their own pack."""
    rows = order("N101", lines)
    own = [
        tuple("120g*24听/箱" if cell == "800g*6听/箱" and SAMPLE in row else cell for cell in row)
        for row in rows
    ]
    return sheet(own)


def wanted(cases: int = 3, others: int = 2, subject: str = "小叶子订单", **more: str) -> bytes:
    data = form((S2, cases, "小听粉"), (A1, others, "现金"))
    return mail(BEI, subject, "您好", ("小叶子.xlsx", data), **more)


def built(folder: Path, config: str = STANDARD) -> House:
    house = build_house(folder, config)
    write_register(folder, "staff", PEOPLE)
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return built(tmp_path)


def deal(house: House, *mails: bytes) -> None:
    for raw in mails:
        house.put(f"mail{len(list((house.folder / 'inbox').rglob('*.eml')))}", raw)
        done = house.once()
        assert done.returncode == 0, done.stderr


def lists(house: House) -> list[list[tuple[Any, ...]]]:
    """The papers that the warehouse got, as rows of cells."""
    found = []
    for letter in letters(house, WAREHOUSE, "发货清单"):
        [book] = letter.iter_attachments()
        page = load_workbook(io.BytesIO(book.get_content())).active
        assert page is not None
        found.append(list(page.iter_rows(values_only=True)))
    return found


def sent(paper: list[tuple[Any, ...]]) -> list[tuple[str, int]]:
    """Product and tins of each line."""
    rows = [r for r in paper if isinstance(r[0], int) and isinstance(r[5], int)]
    return [(str(row[1]), row[5]) for row in rows]


def listed(house: House) -> list[int]:
    """Sample tins on every list in the books, the oldest first."""
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as books:
        rows = books.execute(
            "select tins from list_lines where sku = 'SP-A2-S120' order by list_id"
        )
        return [tins for (tins,) in rows]


def answers(house: House) -> list[EmailMessage]:
    return [m for m in letters(house, BEI) if "回访汇总" not in m["Subject"]]


def number_in(letter: EmailMessage) -> str:
    found = re.search(r"XT-\S+-\d{6}-[0-9a-f]{8}", words(letter))
    assert found, words(letter)
    return found[0]


FULL = [("SP-A2-S120", 72), ("SP-A1-800", 12)]
LESS = [("SP-A2-S120", 48), ("SP-A1-800", 12)]


def test_without_a_standard_nothing_is_taken_off(tmp_path: Path) -> None:
    house = built(tmp_path, CONFIG)
    deal(house, results(100, 20), wanted())
    assert [sent(paper) for paper in lists(house)] == [FULL]
    assert "扣减" not in words(sums(house, ADMIN)[0])


def test_a_store_that_used_enough_loses_nothing(house: House) -> None:
    deal(house, results(100, 60), wanted())
    assert [sent(paper) for paper in lists(house)] == [FULL]
    assert "扣减" not in words(sums(house, ADMIN)[0]) + words(answers(house)[0])


def test_what_a_store_lacks_is_taken_off_the_next_order_once_and_said(house: House) -> None:
    deal(house, results(100, 30))
    for who in (BEI, ADMIN):
        assert "30 听  阳光母婴店" in words(sums(house, who)[0])
        assert "使用率 30%，标准 60%" in words(sums(house, who)[0])
    deal(house, wanted(), wanted(2, 5, "小叶子又一单"))
    first, second = lists(house)
    assert sent(first) == LESS
    assert sent(second) == [("SP-A2-S120", 48), ("SP-A1-800", 30)]
    said = "\n".join(str(cell) for row in first for cell in row if cell)
    assert "订72听\n扣24听" in said
    assert "阳光母婴店 2026-10 回访使用率 30%，标准 60%" in said
    assert "扣" not in "\n".join(str(cell) for row in second for cell in row if cell)
    answer, other = map(words, answers(house))
    assert "订 72 听，扣 24 听，发 48 听" in answer
    assert "24 听：阳光母婴店 2026年10月回访使用率 30%，低于标准 60%" in answer
    assert "扣" not in other


def test_what_was_bought_names_its_sample_tin_where_the_house_says_so(tmp_path: Path) -> None:
    line = ["小叶子", "阳光母婴店", A1[0], 20, 15, 100, 30, 0]
    data = saved(workbook([["2026年10月回访结果"], HEAD, line]))
    told = mail(NORTH, "10月回访结果", "见附件", ("回访结果.xlsx", data))
    with_it = CONFIG + 'samples: {use_rate: 60%, given_with: {SP-A2-S120: ["SP-A1-800"]}}\n'
    for config, given in ((STANDARD, FULL), (with_it, LESS)):
        house = built(tmp_path / str(len(config)), config)
        deal(house, told, wanted())
        assert [sent(paper) for paper in lists(house)] == [given]
        # What takes nothing off for want of a name is said, and how it would.
        for who in (BEI, ADMIN):
            [summed] = sums(house, who)
            assert ("有 1 项低于标准，但写的是正装产品" in words(summed)) == (given is FULL)


def test_the_rest_waits_for_a_case_and_for_the_order_after(house: House) -> None:
    deal(house, results(100, 30), wanted(), results(100, 30, "月亮母婴店"))
    deal(house, wanted(2, 5, "小叶子又一单"))
    assert [sent(paper)[0][1] for paper in lists(house)] == [48, 24]


def test_results_that_are_corrected_before_take_nothing_off(house: House) -> None:
    deal(house, results(100, 30), results(100, 70), wanted())
    assert [sent(paper) for paper in lists(house)] == [FULL]


def test_the_sales_admin_waives_it_by_one_mail_and_nobody_else_can(house: House) -> None:
    deal(house, results(100, 30))
    assert "免扣" not in words(sums(house, BEI)[0])
    number = number_in(sums(house, ADMIN)[0])
    deal(house, mail(BEI, f"免扣 {number}", ""), mail(NAN, f"免扣 {number}", ""))
    assert [m["reason"] for m in house.rows("mails")][1:] != ["samples-waived"] * 2
    deal(house, mail(ADMIN, f"免扣 {number}", ""))
    assert [m["reason"] for m in house.rows("mails")][-1] == "samples-waived"
    told, _copy = letters(house, ADMIN, "已免扣")
    assert "已免扣 30 听小听粉" in words(told)
    assert told["Cc"] == BEI
    deal(house, wanted())
    assert [sent(paper) for paper in lists(house)] == [FULL]


def test_it_is_waived_by_hand_too_and_what_was_taken_is_set_against_later_ones(
    house: House,
) -> None:
    deal(house, results(100, 30))
    number = number_in(sums(house, ADMIN)[0])
    deal(house, wanted())
    done = house.run("close", "shortfall", number, "--reason", "门店停业装修")
    assert done.returncode == 0, done.stderr
    assert house.run("close", "shortfall", number, "--reason", "再来").returncode == 1
    deal(house, results(100, 30, "月亮母婴店"), wanted(2, 5, "小叶子又一单"))
    assert [sent(paper)[0][1] for paper in lists(house)] == [48, 48]


def test_an_order_that_is_cancelled_took_nothing_off_and_the_next_does(house: House) -> None:
    deal(house, results(100, 30), wanted())
    number = house.rows("orders")[0]["number"]
    done = house.run("close", "order", number, "--reason", "经销商不要了")
    assert done.returncode == 0, done.stderr
    deal(house, wanted(2, 5, "小叶子又一单"))
    assert [sent(paper)[0][1] for paper in lists(house)] == [48, 24]


def test_a_change_of_the_order_takes_it_off_once(house: House) -> None:
    deal(house, results(100, 30), wanted())
    first = answers(house)[0]
    changed = wanted(4, 2, f"Re: {first['Subject']} 更正", **{"In-Reply-To": first["Message-ID"]})
    deal(house, changed)
    number = house.rows("orders")[0]["number"]
    assert [o["state"] for o in house.rows("orders")] == ["accepted", "review"]
    done = house.run("release", "order", number, "--reason", "可以改")
    assert done.returncode == 0, done.stderr
    assert listed(house) == [48, 72]
    deal(house, wanted(1, 9, "小叶子又一单"))
    assert listed(house) == [48, 72, 24]


def test_what_is_short_of_it_follows_on_a_list_that_takes_nothing_off_again(tmp_path: Path) -> None:
    house = built(tmp_path, STANDARD + "shortages: {supply: release}\n")
    deal(house, stock(("SP-A2-S120", 1), ("SP-A1-800", 90)), results(100, 30), wanted())
    deal(house, stock(("SP-A2-S120", 9), ("SP-A1-800", 90), name="库存日报二"))
    first, second = lists(house)
    assert [sent(first)[0], sent(second)[0]] == [("SP-A2-S120", 24)] * 2
    assert "扣" in "\n".join(str(cell) for row in first for cell in row if cell)
    assert "扣" not in "\n".join(str(cell) for row in second for cell in row if cell)


def test_the_same_order_sent_again_is_known_though_its_list_has_less(house: House) -> None:
    deal(house, results(100, 30), wanted(), wanted(subject="小叶子订单（再发一次）"))
    assert len(lists(house)) == 1
    assert [o["state"] for o in house.rows("orders")] == ["accepted"]


def test_an_order_that_waited_is_given_less_when_it_goes(house: House) -> None:
    data = form((S2, 3, "小听粉"), (A1, 400, "现金"))
    big = mail(BEI, "小叶子大单", "您好", ("小叶子.xlsx", data))
    deal(house, results(100, 30), big)
    [row] = house.rows("orders")
    assert row["state"] in ("held", "review")
    done = house.run("release", "order", row["number"], "--reason", "可以")
    assert done.returncode == 0, done.stderr
    assert listed(house) == [48]
    shown = json.loads(house.run("show", "order", row["number"], "--json").stdout)
    assert [line["tins"] for line in shown["lines"]] == [48, 2400]


def test_explain_shows_what_would_be_taken_off_and_takes_nothing(house: House) -> None:
    deal(house, results(100, 30))
    path = house.folder / "order.eml"
    path.write_bytes(wanted())
    done = house.run("explain", str(path))
    assert "24" in done.stdout
    assert "扣" in done.stdout or "taken off" in done.stdout
    deal(house, wanted())
    assert [sent(paper) for paper in lists(house)] == [LESS]


def test_killed_on_the_way_each_tin_is_taken_once(tmp_path: Path) -> None:
    def end_of(folder: Path, kill: str = "") -> Any:
        house = built(folder)
        deal(house, results(100, 30))
        house.put("order", wanted())
        if kill:
            killed = house.once(MAILFLOW_FAILPOINT=kill)
            assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert house.once().returncode == 0
        deal(house, wanted(2, 5, "小叶子又一单"))
        assert [sent(paper)[0][1] for paper in lists(house)] == [48, 48]
        return house.end_state()

    undisturbed = end_of(tmp_path / "whole")
    assert end_of(tmp_path / "killed", "samples.taken") == undisturbed
