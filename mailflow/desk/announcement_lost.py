"""Whoever announced something is told whom it did not get to: nobody else can reach these people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mailflow.desk.announcement_responses import reader_of
from mailflow.desk.house import House
from mailflow.desk.rows_told import people_file
from mailflow.domain.announcement import Announcement, Reached, Receipt
from mailflow.domain.notice import Letter
from mailflow.domain.notice_announcement import MOST_SHOWN, AnnouncementStatusNotice, Told


def letter_about(
    news: Collection[str],
    announcement: Announcement,
    receipts: Sequence[Receipt],
    house: House,
) -> Letter | None:
    """`news` are addresses, casefolded, whose letters came back or were refused. None where each of
    them has confirmed it meanwhile, or nobody is left to be told."""
    lost = tuple(
        r for r in receipts if r.reached is Reached.LOST and r.addressee.address.casefold() in news
    )
    register = house.lexicon.register
    reader = reader_of(announcement, register)
    if not lost or not reader or reader.casefold() in news:
        return None  # his own came back: a second one would too, and the digest has it
    notice = AnnouncementStatusNotice(
        why=Told.LOST, announcement=announcement, receipts=tuple(receipts), lost=lost
    )
    language = next((p.language for p in register.person(reader) if p.language), house.language)
    sheet = people_file(announcement, lost, house.zone, language)
    return Letter(
        notice=notice,
        to=(reader,),
        subject_id=f"{announcement.number}-lost",
        about=announcement.number,
        revision=announcement.revision,
        language=language,
        mail_id=announcement.mail_id,
        enclosures=(sheet,) if len(lost) > MOST_SHOWN else (),
    )
