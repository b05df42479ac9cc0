"""How far the month's reports are, for whoever of the desk asks: the letter that tells it."""

from __future__ import annotations

from mailflow.domain.mail import Thread
from mailflow.domain.month_grid import MonthGrid
from mailflow.domain.notice import Letter
from mailflow.domain.notice_month import GridFile, MonthGridNotice


def grid_letter(grid: MonthGrid, asked: tuple[int, str, Thread], to: str, language: str) -> Letter:
    """`asked`: the mail that wants it, its subject and thread."""
    mail_id, subject, thread = asked
    return Letter(
        notice=MonthGridNotice(grid, subject),
        to=(to,),
        subject_id=f"M{mail_id}-grid",
        about=f"M{mail_id}",
        language=language,
        thread=thread,
        enclosures=(GridFile(grid, language),),
        mail_id=mail_id,
    )
