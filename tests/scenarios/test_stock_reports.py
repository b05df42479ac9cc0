"""Distributors' inventory reports: right ones are kept, wrong ones returned with their cells marked."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, G1, mail, order, sheet
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, BEI, NAN, letters, words
from tests.scenarios.stock_reports import GOOD, report, rows, several

N101 = "n101@dealer.example"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path)


def told(house: House) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in house.rows("mails")]


def answers(house: House, to: str = BEI) -> list[EmailMessage]:
    return [m for m in letters(house, to) if "库存" in m["Subject"] or "Stock" in m["Subject"]]


def deal(house: House, *mails: bytes) -> None:
    for raw in mails:
        house.put(f"mail{len(list((house.folder / 'inbox').rglob('*.eml')))}", raw)
        done = house.once()
        assert done.returncode == 0, done.stderr


def test_nothing_is_kept_or_answered_of_who_may_not_send_it(house: House) -> None:
    deal(house, report("小叶子", sender=NAN), report("小叶子", sender="ad@elsewhere.example"))
    assert told(house) == [("review", "report-received"), ("ignored", "stranger")]
    assert answers(house, NAN) == []


def test_a_report_of_nobody_is_asked_about_where_its_sender_may_report_at_all(
    house: House,
) -> None:
    deal(house, *(report("某某店", sender=who) for who in ("warehouse@songping.example", BEI)))
    assert told(house) == [("review", "report-received"), ("returned", "inventory-returned")]
    assert "名单里没有叫“某某店”的经销商" in words(answers(house)[0])


@pytest.mark.fault("B08")
def test_a_report_beside_an_order_waits_on_a_person_and_the_order_is_booked(house: House) -> None:
    first = ("小叶子11月订货单.xlsx", sheet(order("N101", [(A1, 20, "现金")])))
    second = ("小叶子库存.xlsx", sheet(rows("小叶子", "2026年10月", *GOOD), "Sheet1"))
    deal(house, mail(BEI, "小叶子的表", "您好", first, second))
    assert [o["state"] for o in house.rows("orders")] == ["accepted"]
    assert [c["reason"] for c in house.rows("cases")] == ["inventory-report-received"]


def test_a_right_report_is_kept_and_its_sender_told(house: House) -> None:
    deal(house, report("小叶子"))
    assert told(house) == [("done", "inventory-kept")]
    assert house.rows("cases") == []
    [answer] = answers(house)
    assert "已登记" in answer["Subject"]
    assert "青禾市小叶子母婴用品有限公司 · 2026年10月库存" in words(answer)
    assert "2 个品项，期末 102 听" in words(answer)


def test_a_distributor_reports_for_itself_and_its_manager_reads_it(house: House) -> None:
    deal(house, report("小叶子", sender=N101), report("宝宝屋", sender=N101))
    assert told(house) == [("done", "inventory-kept"), ("review", "report-received")]
    answer, _copy = answers(house, N101)
    assert answer["Cc"] == BEI


def test_a_wrong_report_comes_back_marked_and_the_corrected_one_is_kept(house: House) -> None:
    wrong = ((A1[0], 10, 20, 18, 13), GOOD[1])
    deal(house, report("小叶子", "2026年10月", *wrong), report("小叶子"))
    assert told(house) == [("returned", "inventory-returned"), ("done", "inventory-kept")]
    first, second = answers(house)
    assert "请修改" in first["Subject"]
    assert "已登记" in second["Subject"]
    assert "E5  期末写的是 13 箱，按期初加进货减销售算是 12 箱" in words(first)
    [copy] = first.iter_attachments()
    page = load_workbook(io.BytesIO(copy.get_content()))["Sheet1"]
    assert page["E5"].comment is not None
    assert page["E6"].comment is None
    assert "代替之前" not in words(second)


@pytest.mark.fault("B08")
def test_what_is_wrong_with_one_distributor_returns_that_one_alone(house: House) -> None:
    wrong = rows("宝宝屋", "2026年10月", (A1[0], 1, 1, 1, 9))
    deal(house, several(rows("小叶子", "2026年10月", *GOOD), wrong))
    assert told(house) == [("returned", "inventory-returned")]
    text = words(answers(house)[0])
    assert "有 1 处要改" in text
    assert "其余 1 份没有问题，已登记" in text


def test_the_opening_is_what_the_month_before_closed_with(house: House) -> None:
    deal(house, report("小叶子", "2026年9月"))
    wrong = ((A1[0], 11, 20, 18, 13), (G1[0], 4, 10, 9, 5))
    deal(house, report("小叶子", "2026年10月", *wrong))
    text = words(answers(house)[1])
    assert "B5  期初合 66 听，上月报的期末是 72 听" in text
    assert "B6  期初合 24 听，上月报的期末是 0 听" in text
    assert "上月期末还有 SP-A2-800 30 听，这个月的表里没有这个品项" in text
    deal(house, report("小叶子", "2026年10月", (A1[0], 12, 20, 18, 14), (A2[0], 5, 0, 0, 5)))
    assert told(house)[-1] == ("done", "inventory-kept")


@pytest.mark.fault("B08")
def test_a_later_one_takes_the_place_of_the_one_before(house: House) -> None:
    deal(house, report("小叶子"), report("小叶子", "2026年10月", (A1[0], 10, 20, 20, 10)))
    assert "代替之前那一份" in words(answers(house)[1])


@pytest.mark.parametrize(
    ("month", "said"),
    [("", "没有写是哪个月"), ("2027年3月", "这个月还没有到"), ("3月", "看不出是哪一年")],
)
def test_a_month_that_is_not_certain_is_asked_for(house: House, month: str, said: str) -> None:
    head = [("经销商月度库存报表",), ("经销商：小叶子", f"月份：{month}" if month else ""), ()]
    data = sheet([*head, *rows("小叶子", "")[3:], *GOOD], "Sheet1")
    deal(house, mail(BEI, "库存", "见附件", ("表.xlsx", data)))
    assert told(house) == [("returned", "inventory-returned")]
    assert said in words(answers(house)[0])


def test_a_product_nobody_knows_and_a_missing_column_are_asked_about(house: House) -> None:
    deal(house, report("小叶子", "2026年10月", ("别家奶粉1段", 1, 0, 0, 1)))
    assert "产品目录里没有“别家奶粉1段”" in words(answers(house)[0])
    head = rows("小叶子", "2026年10月")[:3]
    data = sheet([*head, ("产品名称", "期初库存（箱）", "期末库存（箱）"), (A1[0], 1, 1)], "Sheet1")
    deal(house, mail(BEI, "小叶子库存", "见附件", ("表.xlsx", data)))
    text = words(answers(house)[1])
    assert "没有“本月进货”这一列" in text
    assert "没有“本月销售”这一列" in text


def test_two_of_one_distributor_in_one_mail_are_asked_about(house: House) -> None:
    one = rows("小叶子", "2026年10月", *GOOD)
    deal(house, several(one, rows("小叶子", "2026年10月", (A1[0], 1, 0, 0, 1))))
    assert told(house) == [("returned", "inventory-returned")]
    assert "不止一份" in words(answers(house)[0])


def test_an_admin_reports_for_his_regions(house: House) -> None:
    deal(house, report("奶香", sender=ADMIN))
    assert told(house) == [("done", "inventory-kept")]


def test_one_found_wrong_by_hand_holds_no_more(house: House) -> None:
    deal(house, report("小叶子"))
    way = ("close", "inventory", "N101/2026-10", "--reason", "门店库存没有算")
    done = house.run(*way)
    assert done.returncode == 0, done.stderr
    assert "nothing to close" in house.run(*way).stderr
    deal(house, report("小叶子", "2026年11月", (A1[0], 1, 0, 0, 1)))
    assert told(house)[-1] == ("done", "inventory-kept")


def test_a_mail_read_anew_brings_its_report_anew(house: House) -> None:
    deal(house, report("小叶子"))
    assert house.run("redo", "1", "--reason", "看看").returncode == 0
    house.once()
    assert told(house) == [("done", "inventory-kept")]
    assert len(answers(house)) == 2
