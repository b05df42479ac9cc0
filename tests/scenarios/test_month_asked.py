"""Whose reports are in is told by mail to who may know, each of his own distributors."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, mail
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, BEI, FINANCE, GM, NAN, letters, words
from tests.scenarios.report_mails import WAREHOUSE
from tests.scenarios.stock_reports import report, rows, several

ONE = (A1[0], 1, 0, 0, 1)
WRONG = (A1[0], 1, 0, 0, 2)
AT = "2026-11-23T10:00:00+08:00"
SILENT = (
    (FINANCE, "报表进度 2026-11"),
    (WAREHOUSE, "报表进度"),
    ("n101@dealer.example", "month 2026-11"),
    ("who@elsewhere.example", "报表进度 2026-11"),
    (ADMIN, "报表进度 2027-01"),
    (BEI, "报表进度还没更新吗"),
)


def grids(house: House, to: str) -> list[str]:
    return [
        words(m)
        for m in letters(house, to)
        if "库存报表：" in words(m) or "Stock reports of" in words(m)
    ]


def test_each_of_the_desk_sees_his_own_and_nobody_else_any(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    october = several(*(rows(who, "2026年10月", ONE) for who in ("小叶子", "宝宝屋")))
    house.put("1", october)
    house.put("2", report("小叶子", "2026年11月", ONE))
    house.put("3", report("亲贝", "2026年11月", WRONG))
    house.put("4", report("奶香", "2026年11月", ONE, sender=NAN))
    house.once("2026-11-20T10:00:00+08:00")
    for number, (sender, subject) in enumerate(SILENT):
        house.put(f"a{number}", mail(sender, subject, "谢谢"))
    house.put("b", mail(ADMIN, "报表进度 2026-11", "谢谢"))
    house.put("c", mail(BEI, "请问", "11月报表进度"))
    house.put("d", mail(GM, "报表进度", "谢谢"))
    house.put("e", mail(NAN, "month 2026-10", "thanks"))
    done = house.once(AT)
    assert done.returncode == 0, done.stderr
    for sender in (FINANCE, WAREHOUSE, "n101@dealer.example", "who@elsewhere.example"):
        assert grids(house, sender) == []
    [admins], [heads] = grids(house, ADMIN), grids(house, GM)
    assert admins.partition("\n")[2] == heads.partition("\n")[2]
    assert "2026年11月库存报表：5 家里交了 2 家" in admins
    assert "北区  应交 3  已交 1  还差 2" in admins
    assert "南区  应交 2  已交 1  还差 1" in admins
    assert "小叶子" not in admins
    assert "N103 · 北区  已退回，等改好\n  6月–  7月–  8月–  9月–  10月–  11月退" in admins
    [managers] = grids(house, BEI)
    assert "3 家里交了 1 家" in managers
    assert "6月–  7月–  8月–  9月–  10月✓  11月–" in managers
    assert "南区" not in managers
    [other] = grids(house, NAN)
    assert "Stock reports of Oct 2026: 0 of 2 in" in other
    [letter] = [m for m in letters(house, ADMIN) if "报表进度" in m["Subject"]]
    assert letter["In-Reply-To"]
    [attached] = list(letter.iter_attachments())
    assert attached.get_filename() == "2026-11 库存报表进度.xlsx"
    book = load_workbook(io.BytesIO(attached.get_payload(decode=True)))
    table = list(book["进度"].iter_rows(min_row=4, values_only=True))
    assert table[0] == (
        *("区域", "编码", "经销商", "区域经理"),
        *(f"2026-{month:02}" for month in range(6, 12)),
    )
    assert [(row[1], row[-2], row[-1]) for row in table[1:]] == [
        ("N101", "已交", "已交"),
        ("N102", "已交", "没有交"),
        ("N103", "没有交", "已退回"),
        ("S201", "没有交", "已交"),
        ("S202", "没有交", "没有交"),
    ]
    by_region = list(book["按区域"].iter_rows(min_row=5, values_only=True))
    assert by_region == [("北区", 3, 1, 2), ("南区", 2, 1, 1)]
