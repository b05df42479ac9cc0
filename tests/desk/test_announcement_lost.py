"""Whoever announced something is told whom it did not get to, and all of them, however many these are."""

from __future__ import annotations

import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import openpyxl

from mailflow.desk.announcement_lost import letter_about
from mailflow.desk.announcements import letters_of
from mailflow.desk.house import House
from mailflow.desk.rows_told import people_file
from mailflow.domain.announcement import Addressee, Receipt, receipt_of
from mailflow.domain.message import MessageState
from mailflow.domain.naming import Lexicon
from mailflow.domain.notice import Letter
from mailflow.domain.notice_announcement import MOST_SHOWN
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.workdays import Workdays, YearDays
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.specimen_announcement import ANNOUNCEMENT, ASSISTANT, AT
from mailflow.outbox.workbooks.rows_file import write
from tests.outbox.letters import TEMPLATES

ZONE = ZoneInfo("Asia/Shanghai")
REGISTER = Register(staff=(Person(Role.MARKETING_ASSISTANT, "林市场", ASSISTANT, ()),))
HOUSE = House(Lexicon(REGISTER), {}, "zh", ZONE, Workdays(lambda _: YearDays(), ZONE))


def receipts(n: int, state: MessageState = MessageState.BOUNCED) -> tuple[Receipt, ...]:
    people = (Addressee(f"d{i}@dealer.example", f"经销商{i}", False) for i in range(n))
    return tuple(receipt_of(p, state, None, asked=True, why="no such user") for p in people)


def about(*news: str, of: tuple[Receipt, ...], house: House = HOUSE) -> Letter | None:
    return letter_about(news, ANNOUNCEMENT, of, house)


def test_nobody_is_told_where_nothing_is_lost_or_nobody_can_be_told() -> None:
    lost = receipts(2)
    has_it = tuple(receipt_of(r.addressee, r.message, AT, asked=True) for r in lost)
    assert about("d0@dealer.example", of=has_it) is None
    assert about("d0@dealer.example", of=receipts(2, MessageState.ACCEPTED)) is None
    assert about("elsewhere@dealer.example", of=lost) is None
    nobody = replace(HOUSE, lexicon=Lexicon(Register()))
    assert about("d0@dealer.example", of=lost, house=nobody) is None
    himself = receipt_of(
        Addressee(ASSISTANT, "林市场", True), MessageState.FAILED, None, asked=True
    )
    assert about(ASSISTANT, of=(himself,)) is None


def test_the_letter_tells_what_is_news_and_a_sheet_what_it_has_no_room_for() -> None:
    some = about("d1@dealer.example", of=receipts(MOST_SHOWN + 1))
    assert some is not None
    assert (some.to, some.enclosures) == ((ASSISTANT,), ())
    every = receipts(MOST_SHOWN + 1)
    whole = about(*(r.addressee.address for r in every), of=every)
    assert whole is not None
    [sheet] = whole.enclosures
    assert sheet == people_file(ANNOUNCEMENT, every, ZONE, "zh")


def test_the_sheet_names_everybody_as_it_stands_with_him() -> None:
    """Whoever has it is told by the hour he confirmed it, business zone."""
    one = receipt_of(Addressee("a@x.example", "=甲", True, "", ("乙", "丙")), None, AT, asked=True)
    sheet = people_file(ANNOUNCEMENT, (one, *receipts(130)), ZONE, "zh")
    book = openpyxl.load_workbook(io.BytesIO(write(sheet, Catalogue((TEMPLATES,)).words("zh"))))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 132
    assert rows[0] == ("姓名", "邮箱", "情况", "确认时间", "退信的说法", "请他转告")
    assert rows[1][:4] == ("=甲", "a@x.example", "已确认", "2026-11-09 14:32")
    assert rows[1][5] == "乙、丙"
    assert rows[131][1:5] == ("d129@dealer.example", "没送到", "", "no such user")


def test_the_announcement_itself_never_bears_the_list_of_people() -> None:
    letters = letters_of(ANNOUNCEMENT, ANNOUNCEMENT.people, REGISTER, "zh")
    assert not any(hasattr(e, "rows") for letter in letters for e in letter.enclosures)
