"""What stands in a house's books, seen from outside: by SQL, not by the program that wrote it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from mailflow.commands.demo_desk.registers import PRODUCTS
from mailflow.store.sqlite_driver import DRIVER
from tests.life.post import parsed

SKUS = frozenset(row[0] for row in PRODUCTS)
LETTERS = """
    select outbox.id, notice, subject_id, revision, recipient, state, message_id, mail_id, mime, letter
    from outbox join letters on letters.sha256 = outbox.letter order by outbox.id
"""
PIECES = """
    select letter, at, data from letter_places join letter_files on letter_files.sha256 = file
    order by at desc
"""
"""What was too large to be kept in the letter itself, with its offset in what is left of it."""
IN_FORCE = ("accepted", "shipped")
WAIT = ("returned", "held", "review")
"""States of orders."""
SKU, TINS = 1, 5
"""Columns of a dispatch list, from 0."""


@dataclass(frozen=True)
class Sent:
    """A message in the outbox."""

    number: int
    notice: str
    subject_id: str
    revision: int
    recipient: str
    state: str
    message_id: str
    mail_id: int | None
    mime: bytes

    @property
    def letter(self) -> EmailMessage:
        return _parsed(self.mime)

    @property
    def subject(self) -> str:
        """Empty where the letter was deleted with the consumers in it."""
        return str(self.letter["Subject"] or "")

    def workbooks(self) -> tuple[bytes, ...]:
        return _attached(self.mime)


@cache
def _parsed(mime: bytes) -> EmailMessage:
    """Each letter once: every law asks for all of them after every pass."""
    return parsed(mime)


@cache
def _attached(mime: bytes) -> tuple[bytes, ...]:
    contents = [part.get_content() for part in _parsed(mime).iter_attachments()]
    return tuple(content for content in contents if isinstance(content, bytes))


class Books:
    """The database of a house between two passes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "mailflow.db"
        self._told: dict[tuple[Any, ...], Any] | None = None

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Nothing happens to them meanwhile: each question is asked once."""
        self._told = {}
        yield
        self._told = None

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        if self._told is None:
            return self._rows(query, *values)
        if (key := (query, *values)) not in self._told:
            self._told[key] = self._rows(query, *values)
        return list(self._told[key])

    def _rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        connection = DRIVER.connect(str(self._path))
        try:
            cursor = connection.execute(query, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        finally:
            connection.close()

    def said(self, query: str) -> list[str]:
        """Its rows as texts, in an order of their own."""
        return sorted(repr(tuple(row.values())) for row in self.rows(query))

    def sent(self) -> list[Sent]:
        return [Sent(*row) for row in self.letters(LETTERS)]

    def letters(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """As `LETTERS` or a part of it says, each whole."""
        pieces: dict[str, list[dict[str, Any]]] = {}
        for piece in self.rows(PIECES):
            pieces.setdefault(piece["letter"], []).append(piece)
        for row in self.rows(query, *values):
            *about, mime, letter = row.values()
            for piece in pieces.get(letter, ()):
                mime = mime[: piece["at"]] + piece["data"] + mime[piece["at"] :]
            yield (*about, mime)

    def orders(self) -> list[dict[str, Any]]:
        return self.rows(
            "select id, number, revision, state, mail_id, distributor, tins from orders order by id"
        )


@cache
def goods_on(workbook: bytes) -> list[tuple[str, int]]:
    """Product and tins of each line that the warehouse reads."""
    page = load_workbook(io.BytesIO(workbook)).active
    assert page is not None
    rows: Sequence[Any] = list(page.iter_rows(values_only=True))
    return [(row[SKU], int(row[TINS])) for row in rows if row[SKU] in SKUS]
