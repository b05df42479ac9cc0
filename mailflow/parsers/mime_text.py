"""Header texts and file names decoded as they were meant, whatever a mail client made of them."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Sequence
from email.message import Message as Part
from quopri import decodestring
from urllib.parse import unquote_to_bytes

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e]+")
_PARAMETER = re.compile(r";\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;]*)", re.DOTALL)
_CONTINUED = re.compile(r"(?P<name>[^*]+)\*(?P<number>\d+)(?P<coded>\*)?")
LONGEST_NAME = 120
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030"}


def decoded(value: object) -> str:
    """A header's text: encoded words joined before they are decoded, raw bytes sniffed.

    Chinese clients split one character over two encoded words; joining neighbours of the same
    charset first keeps it whole.
    """
    raw = str(value)
    if not raw.isascii():
        raw = sniffed(raw.encode("utf-8", "surrogateescape"))
    text = re.sub(r"\r?\n[ \t]*", " ", raw)
    return _CONTROL.sub(" ", _decode_words(text)).strip()


def _decode_words(text: str) -> str:
    text = re.sub(r"(\?=)\s+(=\?)", r"\1\2", text)
    out: list[str] = []
    position = 0
    charset, pending = "", b""
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        if pending and (between or match[1].casefold() != charset):
            out.append(bytes_to_text(pending, charset))
            pending = b""
        out.append(between)
        charset = match[1].casefold()
        pending += _word_bytes(match[2], match[3])
        position = match.end()
    if pending:
        out.append(bytes_to_text(pending, charset))
    return "".join(out) + text[position:]


def _word_bytes(coding: str, data: str) -> bytes:
    if coding in "bB":
        try:
            return b64decode(data + "=" * (-len(data) % 4))
        except (binascii.Error, ValueError):
            return data.encode("ascii", "replace")
    return decodestring(data.encode("ascii", "replace"), header=True)


def bytes_to_text(data: bytes, charset: str) -> str:
    """Bytes in a declared charset; what does not fit is sniffed, never lost."""
    charset = ALIASES.get(charset.casefold(), charset)
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return sniffed(data)


def sniffed(data: bytes) -> str:
    """Strict UTF-8, else strict GB18030, else with marks where nothing fits."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")


def file_name(part: Part) -> str:
    """The name a person gave the attachment, without folders or control signs; may be empty.

    RFC 2231 with any charset and continuations, RFC 2047 inside parameters, raw bytes.
    """
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        if value := _parameter(str(part.get(header, "")), parameter):
            return safe_name(value)
    return ""


def safe_name(name: str) -> str:
    """A name to show, never a path."""
    name = _CONTROL.sub("", name).replace("\\", "/").rpartition("/")[2].strip(" .")
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        name = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return name[:LONGEST_NAME]


def _parameter(header: str, wanted: str) -> str:
    plain, extended = "", ""
    pieces: list[tuple[int, str, bool]] = []
    for name, value in _PARAMETER.findall(header):
        name, value = name.casefold(), _unquoted(value.strip())
        if name == wanted:
            plain = value
        elif name == f"{wanted}*":
            extended = value
        elif (match := _CONTINUED.fullmatch(name)) and match["name"] == wanted:
            pieces.append((int(match["number"]), value, match["coded"] is not None))
    if extended:
        return _extended(extended)
    if pieces:
        return _joined(sorted(pieces))
    return decoded(plain)


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def _extended(value: str) -> str:
    charset, _, rest = value.partition("'")
    _, _, coded = rest.partition("'")
    if not rest:
        return decoded(value)
    return bytes_to_text(unquote_to_bytes(coded), charset or "utf-8")


def _joined(pieces: Sequence[tuple[int, str, bool]]) -> str:
    """Continuations in order; the charset stands in the first, a character may span two."""
    charset, data = "", b""
    for number, value, coded in pieces:
        if number == 0 and coded:
            charset, _, rest = value.partition("'")
            value = rest.partition("'")[2]
        data += unquote_to_bytes(value) if coded else value.encode("utf-8", "surrogateescape")
    if not charset and data.isascii():
        return decoded(data.decode("ascii"))
    return bytes_to_text(data, charset or "utf-8")
