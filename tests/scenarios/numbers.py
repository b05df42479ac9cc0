"""Telephone numbers wherever they could stand in what a program wrote, however they are written."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default

from openpyxl import load_workbook

_BETWEEN = re.compile(r"(?<=[0-9])[\s\-–—()（）.·\u200b]{1,3}(?=[0-9])")


def numbers_told(text: str, numbers: tuple[str, ...]) -> set[str]:
    """Those of some numbers, digits alone, that somebody reads out of a text: with a country before
    them, with gaps, with wide digits, as an Excel float."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    return {number for number in numbers if number in plain or number in text}


def texts_of_mail(raw: bytes) -> Iterator[str]:
    """All that whoever gets a mail can read: its head as it is shown, texts, names of files, cells,
    and what lies in mails and archives inside."""
    yield from texts_of_message(message_from_bytes(raw, policy=default))


def texts_of_message(message: Message) -> Iterator[str]:
    for part in message.walk():
        yield from (f"{name}: {value}" for name, value in part.items())
        yield part.get_filename() or ""
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            yield from texts_of_file(data)


def texts_of_file(data: bytes) -> Iterator[str]:
    """A text, or every part of a workbook or an archive; of a cell its value as a person reads it."""
    if data[:4] != b"PK\x03\x04":
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        for name in names:
            yield name
            yield from texts_of_file(packed.read(name))
    if "xl/workbook.xml" in names:
        for page in load_workbook(io.BytesIO(data), data_only=True).worksheets:
            yield page.title
            for row in page.iter_rows():
                yield "\n".join(f"{cell.value} {cell.comment or ''}" for cell in row)
