"""The words of a file that is to be kept: Word, workbooks, PDF, text, and what is packed in a zip."""

from __future__ import annotations

from mailflow.domain.archived import LONGEST_TEXT
from mailflow.parsers.archive import members_of
from mailflow.parsers.attached import attached_file
from mailflow.parsers.csv_table import decode
from mailflow.parsers.formats import Format, format_of
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.pdf_text import pdf_text
from mailflow.parsers.workbook import READERS, read_book
from mailflow.parsers.xlsx_parts import feed, local_name, open_package, xml_parser

WORD_TEXT = "word/document.xml"
BEHIND = {"p": "\n", "tc": " ", "tab": " ", "br": "\n"}
"""What parts one piece of text from the next, by the element that ends there."""


def text_of(raw: bytes, sha256: str) -> str:
    """Of one part of a mail; empty where nothing in it can be read. Raises as `attached_file`."""
    return _text(attached_file(raw, sha256), deep=True)[:LONGEST_TEXT]


def _text(data: bytes, *, deep: bool) -> str:
    try:
        found = format_of(data)
        if found is Format.ZIP and deep:
            return "\n".join(f"{m.name}\n{_text(m.data, deep=False)}" for m in members_of(data))
        if found is Format.WORD and data.startswith(b"PK"):
            return _words(data)
        if found is Format.PDF:
            return pdf_text(data, LONGEST_TEXT)
        if found is Format.CSV:
            return decode(data) or ""
        return _cells(data) if found in READERS else ""
    except AttachmentRefused:
        return ""


def _cells(data: bytes) -> str:
    book = read_book(data)
    rows = (grid.rows[at] for grid in book.grids for at in sorted(grid.rows))
    return "\n".join(" ".join(row[at].text for at in sorted(row)) for row in rows)


def _words(data: bytes) -> str:
    """Raises `AttachmentRefused`."""
    pieces: list[str] = []
    is_text = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal is_text
        is_text = local_name(name) == "t"

    def end(name: str) -> None:
        nonlocal is_text
        is_text = False
        pieces.append(BEHIND.get(local_name(name), ""))

    def said(text: str) -> None:
        if is_text:
            pieces.append(text)

    reader = xml_parser()
    reader.StartElementHandler, reader.EndElementHandler = start, end
    reader.CharacterDataHandler = said
    feed(reader, open_package(data).pieces(WORD_TEXT))
    return "".join(pieces)
