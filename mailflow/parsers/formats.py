"""What bytes are, told by what stands in them and never by a name."""

from __future__ import annotations

import io
import struct
import zipfile
from enum import StrEnum

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.compound import SIGNATURE, Compound
from mailflow.parsers.csv_table import decode, is_text
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.spoiled_zip import SPOILED
from mailflow.parsers.xls_records import BOFS


class Format(StrEnum):
    """The first block is read, the second opened and what is inside read; the rest is refused
    under its own word, for which the catalogue of findings knows what to do."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    XML_2003 = "xml2003"
    MHTML = "mhtml"

    ZIP = "zip"
    TNEF = "winmail.dat"

    ENCRYPTED = "encrypted"
    ADD_IN = "macro"
    WORD = "word"
    SLIDES = "powerpoint"
    NUMBERS = "numbers"
    OUTLOOK = "outlook-msg"
    PDF = "pdf"
    IMAGE = "image"
    RTF = "rtf"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    GZIP = "gzip"
    XML = "xml"
    UNKNOWN = "unknown"


SIGNS = (
    (b"%PDF", Format.PDF),
    (b"\x89PNG\r\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF87a", Format.IMAGE),
    (b"GIF89a", Format.IMAGE),
    (b"II*\0", Format.IMAGE),
    (b"MM\0*", Format.IMAGE),
    (b"\xd7\xcd\xc6\x9a", Format.IMAGE),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (b"\x1f\x8b\x08", Format.GZIP),
    (b"\x78\x9f\x3e\x22", Format.TNEF),
    (b"{\\rtf", Format.RTF),
)
STREAMS = (
    ("encryptedpackage", Format.ENCRYPTED),
    ("workbook", Format.XLS),
    ("book", Format.XLS),
    ("worddocument", Format.WORD),
    ("powerpoint document", Format.SLIDES),
    ("__properties_version1.0", Format.OUTLOOK),
)
PARTS = (
    ("xl/workbook.bin", Format.XLSB),
    ("word/document.xml", Format.WORD),
    ("ppt/presentation.xml", Format.SLIDES),
    ("index/document.iwa", Format.NUMBERS),
    ("index.zip", Format.NUMBERS),
)
BEGIN_OF_PACKAGE = (b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/", b"mimetype")
"""Names of first members; the name stands 30 bytes behind the beginning of an archive."""
ADD_IN_TYPE = b"addin.macroenabled"
SHEETS_OF_OPEN_DOCUMENT = b"opendocument.spreadsheet"
XML_SHEETS = ("urn:schemas-microsoft-com:office:spreadsheet",)
HTML_TAGS = ("<html", "<table", "<!doctype html", "<body", "<meta ", "<style")
LOOKED_AT = 4096
"""Bytes from the beginning that tell what a text is."""


def format_of(raw: bytes) -> Format:
    """Raises `AttachmentRefused` where a container is too damaged to tell what it holds."""
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _of_zip(raw)
    if raw.startswith(SIGNATURE):
        return _of_compound(raw)
    for sign, found in SIGNS:
        if raw.startswith(sign):
            return found
    if _is_picture(raw):
        return Format.IMAGE
    if len(raw) >= 8 and _is_bare_workbook(raw):
        return Format.XLS
    return _of_text(raw)


def _is_picture(raw: bytes) -> bool:
    """Formats whose sign is short, or does not stand at the very beginning."""
    if raw.startswith(b"BM") and raw[6:10] == bytes(4):
        return True
    return (raw.startswith(b"RIFF") and raw[8:12] == b"WEBP") or (
        raw[4:8] == b"ftyp" and raw[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    )


def _is_bare_workbook(raw: bytes) -> bool:
    kind, size = struct.unpack_from("<HH", raw)
    return kind in BOFS and size in (4, 6, 8, 16)


def _of_compound(raw: bytes) -> Format:
    names = {path.casefold() for path in Compound(raw).entries}
    return next((found for name, found in STREAMS if name in names), Format.UNKNOWN)


def _of_zip(raw: bytes) -> Format:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        names = {i.filename.replace("\\", "/").casefold() for i in archive.infolist()}
    except SPOILED as error:
        # Cut off half way, a workbook is still known by what a package begins with.
        what = "workbook" if raw[30:].startswith(BEGIN_OF_PACKAGE) else "zip"
        raise AttachmentRefused(RefusedBecause.CORRUPT, what) from error
    for name, found in PARTS:
        if name in names:
            return found
    if "[content_types].xml" in names:
        if any(n.endswith("workbook.xml") or "worksheets/" in n for n in names):
            return (
                Format.ADD_IN
                if _holds(archive, "[content_types].xml", ADD_IN_TYPE)
                else Format.XLSX
            )
    elif "content.xml" in names:
        named = _holds(archive, "mimetype", SHEETS_OF_OPEN_DOCUMENT)
        if named or _holds(archive, "meta-inf/manifest.xml", SHEETS_OF_OPEN_DOCUMENT):
            return Format.ODS
        return Format.WORD
    return Format.ZIP


def _holds(archive: zipfile.ZipFile, name: str, word: bytes) -> bool:
    """Whether a small part of that name holds the word, in any case of letters."""
    for info in archive.infolist():
        if info.filename.replace("\\", "/").casefold() == name:
            try:
                with archive.open(info) as stream:
                    return word in stream.read(256 * 1024).lower()
            except (*SPOILED, RuntimeError):
                return False
    return False


def _of_text(raw: bytes) -> Format:
    head = (decode(raw[:LOOKED_AT]) or raw[:LOOKED_AT].decode("latin-1")).lstrip("\ufeff \r\n\t")
    head = head.casefold()
    if any(name in head for name in XML_SHEETS) and "<table" not in head.partition("<workbook")[0]:
        return Format.XML_2003
    if head.startswith("<?xml") and "office:document" in head:
        return Format.ODS
    if head.startswith("<") and any(tag in head for tag in HTML_TAGS):
        return Format.HTML
    if head.startswith("mime-version:"):
        return Format.MHTML
    if head.startswith("<?xml"):
        return Format.XML
    return Format.CSV if is_text(raw) else Format.UNKNOWN
