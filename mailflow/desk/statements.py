"""Statements of account: the letters that they go in."""

from __future__ import annotations

from datetime import date

from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.register import Customer
from mailflow.domain.statement import (
    Statement,
    StatementFile,
    StatementNotice,
    Statements,
    StatementsFile,
    StatementsNotice,
    StatementWhichNotice,
)


def statement_letter(
    statement: Statement,
    to: tuple[str, ...],
    language: str,
    *,
    cc: tuple[str, ...] = (),
    asked: tuple[int, str, Thread] | None = None,
) -> Letter:
    """`asked`: the mail that wants it, its subject and thread; None where it comes by itself."""
    mail_id, subject, thread = asked if asked else (None, "", None)
    number = statement.number
    return Letter(
        notice=StatementNotice(statement, subject),
        to=to,
        cc=cc,
        subject_id=f"{number}-M{mail_id}" if mail_id else number,
        about=number,
        language=language,
        thread=thread,
        enclosures=(StatementFile(statement, language),),
        mail_id=mail_id,
    )


def statements_letter(
    statements: Statements, to: tuple[str, ...], language: str, asked: tuple[int, str, Thread]
) -> Letter:
    """All of a manager's in one letter and one workbook."""
    mail_id, subject, thread = asked
    return Letter(
        notice=StatementsNotice(statements, subject),
        to=to,
        subject_id=f"{statements.number}-M{mail_id}",
        about=statements.number,
        language=language,
        thread=thread,
        enclosures=(StatementsFile(statements, language),),
        mail_id=mail_id,
    )


def which_letter(
    said: tuple[str, date | None],
    candidates: tuple[Customer, ...],
    to: tuple[str, ...],
    language: str,
    asked: tuple[int, str, Thread],
) -> Letter:
    """`said`: the words that may mean several distributors, and the month they name."""
    (who, month), (mail_id, subject, thread) = said, asked
    return Letter(
        notice=StatementWhichNotice(who, month, candidates, subject),
        to=to,
        subject_id=f"M{mail_id}-which",
        about=f"M{mail_id}",
        language=language,
        thread=thread,
        mail_id=mail_id,
    )
