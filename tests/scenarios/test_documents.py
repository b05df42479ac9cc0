"""A paper of the library goes to whoever asks for it by mail and may have it; else a person hears (S13)."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailflow.commands.demo_desk.mails import BEI, NAN, mail
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.conftest import Build
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, letters, words
from tests.scenarios.test_stories import comes, reasons

DEALER, WAREHOUSE = "n101@dealer.example", "warehouse@songping.example"
MORNING, LATER = "2026-11-10T10:00:00+08:00", "2026-11-10T10:20:00+08:00"
DIGEST = "2026-11-10T18:00:00+08:00"
HEAD = ("title", "batch", "product", "class", "valid_until", "file")
INDEX = (
    ("出厂检验报告", "B20260301", "SP-A1-800", "partner", "", "reports/B20260301.pdf"),
    ("出厂检验报告", "B20260302", "SP-A1-800", "伙伴", "", "reports/B20260302.pdf"),
    ("第三方检测报告", "G2026-7", "优护2段", "internal", "", "reports/G2026-7.pdf"),
    ("营业执照", "", "", "public", "2026-12-31", "licence.pdf"),
    ("食品生产许可证", "", "", "公开", "2026-10-31", "food.pdf"),
    ("产品手册", "", "", "public", "", "brochure.pdf"),
)
FILES = (
    "reports/B20260301.pdf",
    "reports/B20260302.pdf",
    "reports/G2026-7.pdf",
    "licence.pdf",
    "food.pdf",
)
LIBRARY = CONFIG + "documents: {folder: papers}\n"


def stocked(house: House, rows: tuple[tuple[str, ...], ...] = INDEX) -> House:
    folder = house.folder / "papers"
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for file in FILES:
        (folder / file).write_bytes(f"%PDF {file}".encode())
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (HEAD, *rows):
        page.append(row)
    book.save(folder / "index.xlsx")
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return stocked(build_house(tmp_path / "house", LIBRARY))


def told(house: House, who: str) -> list[EmailMessage]:
    return [m for m in letters(house, who) if "[M" in m["Subject"]]


def enclosed(letter: EmailMessage) -> dict[str | None, bytes]:
    return {
        part.get_filename(): part.get_payload(decode=True)  # type: ignore[misc] # bytes, decoded
        for part in letter.iter_attachments()
    }


def test_nothing_is_sent_to_strangers_or_without_a_library(tmp_path: Path, house: House) -> None:
    comes(house, MORNING, mail("who@else.example", "营业执照", "请发一份"))
    assert reasons(house) == ["stranger"]
    bare = build_house(tmp_path / "bare")
    comes(bare, MORNING, mail(BEI, "营业执照", "请发一份"))
    assert reasons(bare) == ["request:documents"]
    assert house.rows("messages") == []


def test_the_right_paper_comes_in_the_thread(build: Build, tmp_path: Path) -> None:
    house = stocked(build(tmp_path / "house", LIBRARY))
    comes(
        house, MORNING,
        mail(BEI, "质检报告 B20260301", "您好，请发一份，谢谢"),
        mail(DEALER, "你好", "麻烦发一下 b20260302 的检验报告"),
        mail(NAN, "document 营业执照", ""),
    )  # fmt: skip
    assert reasons(house) == ["paper-sent"] * 3
    [first], [second], [third] = (told(house, who) for who in (BEI, DEALER, NAN))
    assert enclosed(first) == {"B20260301.pdf": b"%PDF reports/B20260301.pdf"}
    assert enclosed(second) == {"B20260302.pdf": b"%PDF reports/B20260302.pdf"}
    assert enclosed(third) == {"licence.pdf": b"%PDF licence.pdf"}
    [part] = first.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    assert first["In-Reply-To"] == "<story-0@street.example>"
    assert first["Auto-Submitted"] == "auto-replied"
    assert "What you asked for is attached" in words(third)
    assert "有效期" not in words(first)


def test_what_is_not_certain_is_asked_and_the_offer_is_understood(house: House) -> None:
    comes(house, MORNING, mail(BEI, "质检报告", "请发优护1段的"))
    [asked] = told(house, BEI)
    assert enclosed(asked) == {}
    assert "您要的是哪一份" in asked["Subject"]
    offers = [line.strip() for line in words(asked).splitlines() if line.startswith("  资料")]
    assert len(offers) == 2
    comes(house, LATER, mail(BEI, offers[1], ""))
    [_, sent] = told(house, BEI)
    assert list(enclosed(sent)) == ["B20260302.pdf"]


@pytest.mark.fault("O08")
def test_what_is_for_staff_alone_never_leaves(house: House) -> None:
    comes(
        house, MORNING,
        mail(DEALER, "质检报告 G2026-7", ""), mail(WAREHOUSE, "质检报告 G2026-7", ""),
        mail(DEALER, "资料 第三方检测报告", ""),
    )  # fmt: skip
    [refused, by_title], [sent] = told(house, DEALER), told(house, WAREHOUSE)
    for letter in (refused, by_title):
        assert enclosed(letter) == {}
        assert "请联系销管小何" in words(letter)
        assert "出厂检验报告" not in words(letter)
    assert "第三方检测报告" not in words(refused)
    assert list(enclosed(sent)) == ["G2026-7.pdf"]
    assert sorted(m["recipient"] for m in house.rows("messages")) == [DEALER, DEALER, WAREHOUSE]
    comes(house, DIGEST)
    [digest] = letters(house, ADMIN, "日报")
    assert "要的资料不对外" in words(digest)
    assert DEALER in words(digest)
    assert [(c["number"], c["reason"], c["region"]) for c in house.rows("cases")] == [
        ("M1", "paper-barred", "北区"),
        ("M3", "paper-barred", "北区"),
    ]


def test_what_expired_is_missing_or_unknown_is_told_to_both(house: House) -> None:
    comes(
        house, MORNING,
        mail(BEI, "食品生产许可证", ""), mail(BEI, "资料 产品手册", ""),
        mail(BEI, "质检报告 B20260399", ""),
    )  # fmt: skip
    assert reasons(house) == ["paper-expired", "paper-lost", "paper-absent"]
    expired, lost, absent = told(house, BEI)
    assert [enclosed(each) for each in (expired, lost, absent)] == [{}, {}, {}]
    assert "有效期到 2026-10-31 为止" in words(expired)
    assert "暂时发不出" in lost["Subject"]
    assert "没有找到" in absent["Subject"]
    assert "B20260301" not in words(absent)
    assert {c["state"] for c in house.rows("cases")} == {"open"}
    comes(house, DIGEST)
    [digest] = letters(house, ADMIN, "日报")
    for title in ("要的资料已过有效期", "文件找不到", "要的资料库里没有"):
        assert title in words(digest)
    assert house.run("close", "case", "M1", "--reason", "已回复").returncode == 0
    assert house.rows("mails")[0]["state"] == "done"


def test_a_changed_index_is_taken_and_a_bad_one_keeps_the_other(house: House) -> None:
    comes(house, MORNING, mail(BEI, "质检报告 B20260303", ""))
    more = ("出厂检验报告", "B20260303", "", "partner", "", "reports/B20260301.pdf")
    stocked(house, (*INDEX, more))
    comes(house, LATER, mail(BEI, "质检报告 B20260303", "请发"))
    assert reasons(house) == ["paper-absent", "paper-sent"]
    stocked(house, (("x", "", "", "secret", "31.12.2026", "../config.yaml"),))
    house.put("again", mail(BEI, "质检报告 B20260303", "谢谢"))
    done = house.once("2026-11-10T10:30:00+08:00")
    assert done.returncode == 1
    for cell in ("D2", "E2", "F2"):
        assert f"index.xlsx: {cell}" in done.stdout + done.stderr
    # What was in force stays so, and mails are dealt with.
    assert house.once("2026-11-10T10:31:00+08:00").returncode == 1
    assert reasons(house)[-1] == "paper-sent"


def test_doctor_looks_at_each_paper(house: House) -> None:
    told = house.run("doctor").stdout
    assert "brochure.pdf: No such file" in told
    assert "食品生产许可证: expired on 2026-10-31" in told
    (house.folder / "papers" / "brochure.pdf").symlink_to(house.config)
    assert "brochure.pdf: outside" in house.run("doctor").stdout


def test_help_offers_it_where_there_is_a_library(house: House, tmp_path: Path) -> None:
    bare = build_house(tmp_path / "bare")
    comes(bare, MORNING, mail(DEALER, "帮助", ""))
    [without] = letters(bare, DEALER)
    assert "质检报告" not in words(without)
    comes(house, MORNING, mail(DEALER, "帮助", ""))
    [letter] = letters(house, DEALER)
    assert "质检报告 B20260301" in words(letter)
