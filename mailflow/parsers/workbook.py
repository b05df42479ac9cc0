"""One reader for workbooks: bytes in, grids out, told by content and never by extension."""

from __future__ import annotations

from dataclasses import dataclass

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.csv_table import is_text, read_csv
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.xlsx import read_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
KNOWN_SIGNS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x78\x9f\x3e\x22", "winmail.dat"),
    (b"{\\rtf", "rtf"),
)


@dataclass(frozen=True, slots=True)
class Book:
    """What an attachment held, and in which format it really was."""

    format: str
    grids: tuple[Grid, ...]


def read_book(raw: bytes) -> Book:
    """Raises `AttachmentRefused`."""
    if not raw.strip(b"\0 \r\n\t"):
        raise AttachmentRefused(RefusedBecause.EMPTY, "no bytes")
    kind = format_of(raw)
    if kind == "xlsx":
        return Book(kind, read_xlsx(raw))
    if kind == "csv":
        return Book(kind, (read_csv(raw),))
    if kind == "encrypted":
        raise AttachmentRefused(RefusedBecause.ENCRYPTED, "protected by a password")
    raise AttachmentRefused(RefusedBecause.UNSUPPORTED, kind)


def format_of(raw: bytes) -> str:
    """A short word for what the bytes are: xlsx, csv, encrypted, xls, pdf, image, …"""
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"PK\x05\x06"):
        return _format_of_zip(raw)
    if raw.startswith(OLE):
        return "encrypted" if ENCRYPTED_PACKAGE in raw else "xls"
    for sign, kind in KNOWN_SIGNS:
        if raw.startswith(sign):
            return kind
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return "html"
    return "csv" if is_text(raw) else "unknown"


def _format_of_zip(raw: bytes) -> str:
    if b"vbaProject.bin" in raw:
        return "xlsx" if b"worksheets/" in raw else "macro"
    if b"xl/workbook.bin" in raw:
        return "xlsb"
    if b"[Content_Types].xml" in raw and (b"xl/" in raw or b"worksheets" in raw):
        return "xlsx"
    if b"application/vnd.oasis.opendocument.spreadsheet" in raw[:200]:
        return "ods"
    return "zip"
