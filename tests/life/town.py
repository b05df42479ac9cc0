"""The house of these stories: the demo's desk with all who work for it, its kinds of requests and a library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from mailflow.commands.demo_desk.registers import CONFIG, STAFF, write_register
from tests.scenarios.asked_for import kinds
from tests.scenarios.house import House, build_house

ASSISTANT, NORTH, SOUTH = (
    f"{name}@songping.example" for name in ("assistant", "kefu.bei", "kefu.nan")
)
DEALERS = ("n101@dealer.example", "n102@dealer.example", "s201@dealer.example")
OUTSIDE = "@dealer.example"
"""Where all addresses end that are of no colleague."""
PEOPLE = (
    *STAFF,
    ("marketing_assistant", "林市场", ASSISTANT, "", ""),
    ("customer_service", "北区客服小陈", NORTH, "北区", ""),
    ("customer_service", "South Care", SOUTH, "南区", "en"),
    ("designer", "设计小林", "designer@songping.example", "", ""),
    ("hr_training", "培训小周", "trainer@songping.example", "", ""),
    ("hr_manager", "人事经理", "hr@songping.example", "", ""),
)
ROLE: Mapping[str, str] = {person[2]: person[0] for person in PEOPLE}
MORE = (
    "announcements: {at_once: 3, remind: 1}\n"
    "documents: {folder: papers}\n"
    "samples: {use_rate: 60%}\n" + kinds()
)
PAPERS = (
    ("出厂检验报告", "B20260301", "SP-A1-800", "partner", "", "b1.pdf"),
    ("第三方检测报告", "G2026-7", "SP-A2-800", "internal", "", "inside.pdf"),
    ("营业执照", "", "", "public", "2026-12-31", "licence.pdf"),
    ("食品生产许可证", "", "", "public", "2026-10-31", "over.pdf"),
)
"""Title, batch, product, class, last day, file."""
HEAD = ("title", "batch", "product", "class", "valid_until", "file")


def paper(file: str) -> bytes:
    return f"%PDF {file}".encode()


def town(folder: Path, more: str = "") -> House:
    house = build_house(folder, CONFIG + MORE + more)
    write_register(folder, "staff", PEOPLE)
    (folder / "papers").mkdir()
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (HEAD, *PAPERS):
        page.append(row)
    book.save(folder / "papers" / "index.xlsx")
    for row in PAPERS:
        (folder / "papers" / row[-1]).write_bytes(paper(row[-1]))
    return house
