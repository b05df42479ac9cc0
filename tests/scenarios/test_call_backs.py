"""Results of call-backs: entered row by row, summed up by store, and no consumer goes any further (S10)."""

from __future__ import annotations

import io
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import BEI, NAN, mail
from mailflow.commands.demo_desk.registers import CONFIG, STAFF, write_register
from tests.parsers.sheets import saved, workbook
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, letters, words

NORTH, SOUTH = "cs.north@songping.example", "cs.south@songping.example"
PEOPLE = (
    *STAFF,
    ("customer_service", "客服小陈", NORTH, "北区", ""),
    ("customer_service", "客服小吴", SOUTH, "南区", ""),
)
HEAD = [
    *("经销商", "门店", "消费者", "电话", "产品名称", "回访日期", "回访结果"),
    *("是否使用", "小听粉发放", "反馈内容"),
]
SAMPLE = "松坪优护小听粉2段120g"
PHONES = ("13800001111", "13900002222", "13700003333", "13600004444")
NAMES = ("王某芳", "李某", "赵某敏", "孙某丽")


def row(number: int, result: str = "接通", used: str | None = "是", **change: Any) -> list[Any]:
    said = {
        "distributor": "小叶子",
        "store": "阳光母婴店",
        "consumer": NAMES[number],
        "phone": PHONES[number],
        "product": SAMPLE,
        "day": f"2026-11-0{number + 2}",
        "result": result,
        "used": used,
        "given": 1,
        "feedback": f"{NAMES[number]}说宝宝喜欢",
    }
    return list((said | change).values())


def results(*rows: Sequence[Any], sender: str = NORTH, subject: str = "11月回访结果") -> bytes:
    data = saved(workbook([["回访结果"], HEAD, *rows]))
    return mail(sender, subject, "见附件", ("回访结果.xlsx", data))


def built(folder: Path) -> House:
    house = build_house(folder, CONFIG)
    write_register(folder, "staff", PEOPLE)
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return built(tmp_path)


def deal(house: House, *mails: bytes) -> list[tuple[str, str]]:
    for raw in mails:
        house.put(f"mail{len(list((house.folder / 'inbox').rglob('*.eml')))}", raw)
        done = house.once()
        assert done.returncode == 0, done.stderr
    return [(m["state"], m["reason"]) for m in house.rows("mails")]


def sums(house: House, to: str) -> list[EmailMessage]:
    return [
        m for m in letters(house, to) if "回访汇总" in m["Subject"] or "Call-backs" in m["Subject"]
    ]


def table(letter: EmailMessage) -> list[tuple[Any, ...]]:
    [book] = letter.iter_attachments()
    page = load_workbook(io.BytesIO(book.get_content())).active
    assert page is not None
    return list(page.iter_rows(values_only=True))


ALL = (row(0), row(1, "无人接听", None), row(2, used="否"), row(3, used="部分使用"))


def test_nothing_is_entered_of_whoever_may_not_tell_it(house: House) -> None:
    told = deal(house, results(*ALL, sender=BEI), results(*ALL, sender="cs@elsewhere.example"))
    assert told == [("review", "report-received"), ("ignored", "stranger")]
    assert sums(house, BEI) == sums(house, ADMIN) == []


def test_a_sheet_that_nobody_filled_in_sends_nothing_on(house: House) -> None:
    empty = [row(n, "", None, day=None, feedback=None) for n in range(3)]
    assert deal(house, results(*empty)) == [("done", "call-backs-empty")]
    [answer] = letters(house, NORTH)
    assert "3 行还没有填结果" in words(answer)
    assert sums(house, BEI) == sums(house, ADMIN) == []


def test_results_are_summed_up_by_store_for_the_manager_and_the_admin(house: House) -> None:
    other = row(3, store="月亮母婴店")
    assert deal(house, results(*ALL[:3], other)) == [("done", "call-backs-entered")]
    for who in (BEI, ADMIN):
        [letter] = sums(house, who)
        text = words(letter)
        assert "50%  阳光母婴店 · 青禾市小叶子母婴用品有限公司 · 2026年11月" in text
        assert "用 1 / 核实 2 听，浪费 1" in text
        head, *lines = table(letter)
        assert head[5:11] == ("回访数", "接通数", "发放(听)", "核实(听)", "使用(听)", "浪费(听)")
        assert [(x[2], *x[5:11]) for x in lines[:2]] == [
            ("月亮母婴店", 1, 1, 1, 1, 1, 0),
            ("阳光母婴店", 3, 2, 3, 2, 1, 1),
        ]
        assert lines[2][5:11] == (4, 3, 4, 3, 2, 1)
    assert sums(house, NAN) == []


def test_no_consumer_is_told_to_anybody_but_the_agent(house: House) -> None:
    deal(house, results(*ALL, row(0, phone="13500005555", used="说不好")))
    others = [m for m in house.went_out() if NORTH.encode() not in m]
    assert len(others) == 3  # the sums, and the digest
    seen = [m.as_string() + repr(table(m)) for who in (BEI, ADMIN) for m in sums(house, who)]
    seen += [house.run(*way).stdout for way in (
        ("show", "mail", "1"), ("show", "case", "M1"), ("list", "mails", "--json"), ("status",),
        ("list", "messages", "--json"), ("run", "--once", "--now", "2026-11-11T18:00:00+08:00"),
    )]  # fmt: skip
    seen += [words(m) for m in letters(house, ADMIN)]
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as books:
        # The agent's own letter has his own sheet in it, as the spool has his mail.
        seen += [row for row in books.iterdump() if 'INTO "letters"' not in row]
    assert len(seen) > 60
    for text in seen:
        for private in (*PHONES, "13500005555", *NAMES):
            assert private not in text


def test_the_same_sheet_twice_counts_once_and_tells_nobody_again(house: House) -> None:
    told = deal(house, results(*ALL), results(*ALL, subject="再发一次回访结果"))
    assert told[1] == ("done", "call-backs-known")
    assert len(sums(house, BEI)) == len(sums(house, ADMIN)) == 1
    assert "没有登记新的内容" in words(letters(house, NORTH)[1])


def test_a_sheet_that_grows_and_corrects_itself_counts_as_it_is_told_last(house: House) -> None:
    deal(house, results(row(0), row(1, "", None, day=None, feedback=None)))
    deal(house, results(row(0, used="否"), row(1)))
    text = words(letters(house, NORTH)[1])
    assert "登记了 2 行" in text
    assert "其中 1 行更正了以前的结果" in text
    _, last = sums(house, BEI)
    assert [line[5:11] for line in table(last)[1:2]] == [(2, 2, 2, 2, 1, 1)]


def test_a_row_that_nobody_can_count_comes_back_at_its_cell_and_the_others_count(
    house: House,
) -> None:
    told = deal(house, results(row(0), row(1, product="金装小罐"), row(2, "空号"), row(3)))
    assert told == [("returned", "call-backs-asked")]
    [answer] = letters(house, NORTH)
    text = words(answer)
    assert "登记了 2 行，有 2 处要改" in text
    assert "E4  产品目录里没有“金装小罐”" in text
    assert "G5  写的是没有接通，又写了小听粉的使用情况" in text
    [copy] = answer.iter_attachments()
    page = load_workbook(io.BytesIO(copy.get_content())).worksheets[-1]
    assert page["E4"].comment is not None
    assert page["E3"].comment is None
    assert "还有 2 处要客服改" in words(sums(house, BEI)[0])
    assert [c["state"] for c in house.rows("cases")] == ["open"]
    good = results(row(0), row(1), row(2), row(3), subject=f"Re: {answer['Subject']}")
    assert deal(house, good)[-1] == ("done", "call-backs-entered")
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    assert table(sums(house, BEI)[1])[1][5:11] == (4, 4, 4, 4, 4, 0)


def test_whose_a_store_is_is_asked_once_and_known_then(house: House) -> None:
    deal(house, results(row(0, distributor=None)))
    assert "没有写经销商" in words(letters(house, NORTH)[0])
    deal(house, results(row(0)), results(row(1, distributor=None)))
    assert [m["reason"] for m in house.rows("mails")][-1] == "call-backs-entered"


def test_another_region_is_another_agents(house: House) -> None:
    deal(house, results(row(0), sender=SOUTH))
    assert "在北区，不归您回访" in words(letters(house, SOUTH)[0])
    assert sums(house, BEI) == []


def test_calls_one_by_one_and_their_sum_are_not_counted_both(house: House) -> None:
    deal(house, results(row(0), row(1)))
    head = ["经销商", "门店", "产品名称", "回访人数", "小听粉发放", "小听粉使用", "浪费"]
    data = saved(
        workbook([["2026年11月回访结果"], head, ["小叶子", "阳光母婴店", SAMPLE, 9, 9, 5, 1]])
    )
    deal(house, mail(NORTH, "回访汇总", "见附件", ("回访.xlsx", data)))
    assert "会重复计算" in words(letters(house, NORTH)[1])
    assert len(sums(house, BEI)) == 1


def test_a_store_summed_up_by_the_agent_needs_a_month_and_counts_as_told(house: House) -> None:
    head = [
        "经销商",
        "门店",
        "产品名称",
        "回访人数",
        "接通人数",
        "小听粉发放",
        "小听粉使用",
        "浪费",
    ]
    line = ["奶香", "海棠店", SAMPLE, 10, 8, 24, 12, 6]
    for title in ("回访结果", "2026年11月回访结果"):
        data = saved(workbook([[title], head, line]))
        deal(house, mail(SOUTH, "回访", "见附件", ("回访.xlsx", data)))
    assert "表上也没写是哪个月" in words(letters(house, SOUTH)[0])
    [letter] = sums(house, NAN)
    assert "Use rate: 50%" in words(letter)
    assert "Waste rate: 25%" in words(letter)


def test_a_mail_that_is_read_anew_counts_once(house: House) -> None:
    deal(house, results(*ALL))
    done = house.run("redo", "1", "--reason", "看错了")
    assert done.returncode == 0, done.stderr
    assert house.once().returncode == 0
    deal(house, results(row(0, used="否")))
    assert table(sums(house, BEI)[-1])[1][5:11] == (4, 3, 4, 3, 1, 2)


def test_killed_on_the_way_it_tells_everybody_once(tmp_path: Path) -> None:
    def end_of(folder: Path, kill: str = "") -> Any:
        house = built(folder)
        house.put("1", results(*ALL))
        if kill:
            killed = house.once(MAILFLOW_FAILPOINT=kill)
            assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert house.once().returncode == 0
        assert len(sums(house, BEI)) == len(sums(house, ADMIN)) == 1
        return house.end_state()

    undisturbed = end_of(tmp_path / "whole")
    for name in ("calls.kept", "work.committed"):
        assert end_of(tmp_path / name, name) == undisturbed
