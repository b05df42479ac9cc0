"""Attachments have the names their senders gave them, and no name is ever a path.

RFC 2231 in any charset and with continuations, RFC 2047 inside parameters, raw bytes.
"""

from __future__ import annotations

import html
import re
from itertools import groupby
from urllib.parse import unquote_to_bytes

from mailflow.parsers.mime_headers import Headers
from mailflow.parsers.mime_limits import MAX_PARAMETERS
from mailflow.parsers.mime_text import (
    bytes_to_text,
    decoded,
    one_line,
    raw_to_text,
    sniffed,
    unfolded,
)

LONGEST_NAME = 120
_PARAMETER = re.compile(
    r"(?<![^;\s])([\w!#$%&'*+.^`|~-]+)\s*=\s*"
    r"(\"(?:[^\"\\]|\\.|\"(?=[^\s;\"]))*\"(?=\s*(?:;|$))|\"(?:[^\"\\]|\\.)*\"|[^;]*)",
    re.DOTALL,
)
"""A quote inside a name that nobody escaped is the end of it only where the parameter ends."""
_DRIVE = re.compile(r"[A-Za-z]:\\[^\\]")
_ENTITIES = re.compile(r"(?:&#x?[0-9A-Fa-f]{2,6};){2}")
_PERCENT = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}")
_CONTINUED = re.compile(r"(?P<name>[^*]+)\*(?P<number>\d{1,3})(?P<coded>\*)?")
_CODED_START = re.compile(r"[\w-]{3,20}'[\w-]*'(?=.*%[0-9A-Fa-f]{2})")
_ESCAPED = re.compile(r"(?<![\udc80-\udcff])\\(.)")
"""In raw GBK a backslash may be the second half of a sign."""
_ENDING = re.compile(r"\.[A-Za-z]\w{1,4}$")
_LOST = re.compile(r"\ufffd|\?\?|___")
"""What a client writes for signs it has no room for; it may have written them elsewhere."""
_CONTENT_TYPE = re.compile(r"\s*([\w!#$&^.+-]{1,80}/[\w!#$&^.+-]{1,80})")


def file_name(headers: Headers) -> str:
    """What a person called the attachment; empty where nobody named it."""
    found: list[str] = []
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        raw = headers.raw(header)
        if parameter in raw.casefold() and (name := safe_name(_parameter(raw, parameter))):
            found.append(name)
    described = safe_name(headers.text("content-description"))
    if not found and _ENDING.search(described):
        return described
    return next((name for name in found if not _LOST.search(name)), next(iter(found), ""))


def safe_name(name: str) -> str:
    """A name to show: no folders, no control signs, not endless; its ending is kept."""
    name = one_line(name).replace("\\", "/").rpartition("/")[2].strip(" .")
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        ending = ending[:10]
        name = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return name[:LONGEST_NAME]


def type_named(content_type: str) -> str:
    """`type/subtype` alone, lower case; clients leave out the semicolon behind it."""
    match = _CONTENT_TYPE.match(content_type)
    return match[1].casefold() if match and match[1].isascii() else "application/octet-stream"


def _parameter(raw: str, wanted: str) -> str:
    header = unfolded(raw[:MAX_PARAMETERS])
    plain, extended = "", ""
    pieces: dict[int, tuple[str, bool]] = {}
    for written, value in _PARAMETER.findall(header):
        name, value = written.casefold(), _unquoted(value.strip())
        if name == wanted:
            plain = plain or value
        elif name == f"{wanted}*":
            extended = extended or value
        elif (match := _CONTINUED.fullmatch(name)) and match["name"] == wanted:
            pieces.setdefault(int(match["number"]), (value, match["coded"] is not None))
    if extended:
        return _joined([(extended, True)])
    if pieces:
        return _joined([pieces[number] for number in sorted(pieces)])
    return _coded_otherwise(decoded(plain))


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        inner = value[1:-1]
        return inner if _DRIVE.match(inner) else _ESCAPED.sub(r"\1", inner)
    if len(value) > 2 and value[0] == value[-1] == "'":
        return value[1:-1]
    return value.strip('"')


def _coded_otherwise(name: str) -> str:
    """Coded as addresses and pages are, which no standard foresees and web programs do."""
    if _ENTITIES.search(name):
        name = html.unescape(name)
    if _PERCENT.search(name):
        data = unquote_to_bytes(name)
        text = sniffed(data) if "\ufffd" not in sniffed(data) else ""
        return text if text and not text.isascii() else name
    return name


def _joined(pieces: list[tuple[str, bool]]) -> str:
    """Pieces in order; the charset stands in the first, a character may span two."""
    charset, quoted, rest = pieces[0][0].partition("'")
    _, language, coded = rest.partition("'")
    if not any(is_coded for _, is_coded in pieces) and _CODED_START.match(pieces[0][0]):
        pieces = [(value, True) for value, _ in pieces]  # their stars were left out
    if pieces[0][1] and quoted and language:
        pieces = [(coded, True), *pieces[1:]]
    else:
        charset = ""
    if not any(is_coded for _, is_coded in pieces):
        return decoded("".join(value for value, _ in pieces))
    out: list[str] = []
    for is_coded, group in groupby(pieces, key=lambda piece: piece[1] and piece[0].isascii()):
        text = "".join(value for value, _ in group)
        plain = text if is_coded else raw_to_text(text)
        out.append(bytes_to_text(unquote_to_bytes(text), charset or "utf-8") if is_coded else plain)
    name = "".join(out)
    return _coded_otherwise(decoded(name) if "=?" in name else name)
