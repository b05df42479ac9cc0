"""The books of a story at its end: by SQL over one connection, letters and lists by quick readers."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from email import message_from_bytes
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from mailflow.store.sqlite_driver import DRIVER
from tests.life.books import LETTERS, SKU, SKUS, TINS, Books, Sent

NAMED = re.compile(rb"^Message-ID: (<[^>]+>)\r$", re.MULTILINE)
TEXT, BOOK = "text/", "application/vnd.openxmlformats"


@dataclass(frozen=True)
class Letter:
    """`text`: subject and every text of it, as whoever gets it reads them."""

    name: str
    text: str
    workbooks: tuple[bytes, ...]


@lru_cache(maxsize=2000)
def letter_of(mime: bytes) -> Letter:
    message = message_from_bytes(mime)
    parts = [(part.get_content_type(), part) for part in message.walk() if not part.is_multipart()]
    payloads = [(kind, part.get_payload(decode=True)) for kind, part in parts]
    texts = [data.decode() for kind, data in payloads if kind.startswith(TEXT)]
    subject = b"".join(base64.b64decode(word) for word in _words(str(message["Subject"]))).decode()
    books = tuple(data for kind, data in payloads if kind.startswith(BOOK))
    found = NAMED.search(mime)
    name = found[1].decode() if found else ""
    return Letter(name, "\n".join([subject, str(message["Subject"]), *texts]), books)


def _words(subject: str) -> list[str]:
    return re.findall(r"=\?utf-8\?b\?([^?]*)\?=", subject, re.IGNORECASE)


class QuickSent(Sent):
    @cached_property
    def _read(self) -> Letter:
        return letter_of(self.mime)

    @property
    def letter_id(self) -> str:
        """The name that the letter bears itself."""
        return self._read.name

    @property
    def text(self) -> str:
        return self._read.text

    def workbooks(self) -> list[bytes]:
        return list(self._read.workbooks)


class OpenBooks(Books):
    """They do not change any more: what was asked once is answered again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self._connection = DRIVER.connect(str(folder / "mailflow.db"))

    def close(self) -> None:
        self._connection.close()

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        cursor = self._connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    @cached_property
    def _sent(self) -> list[QuickSent]:
        return [QuickSent(*row) for row in self.letters(LETTERS)]

    def sent(self) -> list[QuickSent]:  # type: ignore[override] # they know more
        return self._sent


@lru_cache(maxsize=4000)
def goods_on(workbook: bytes) -> list[tuple[str, int]]:
    """Product and tins of each line that the warehouse reads, by another reader than the program's."""
    page = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    rows = page.to_python(skip_empty_area=False)
    return [(str(row[SKU]), int(row[TINS])) for row in rows if row[SKU] in SKUS]  # type: ignore[arg-type] # a cell of numbers
