"""Header texts and bodies decoded as they were meant, whatever a mail client made of them."""

from __future__ import annotations

import binascii
import codecs
import re
from base64 import b64decode
from functools import lru_cache
from itertools import groupby
from quopri import decodestring

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)(?:\?=|\??$)")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+"
)
_BODY_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_IN_A_WORD = re.compile(r"[A-Za-z][\u0080-\u07ff]|[\u0080-\u07ff][A-Za-z]")
_CHARSET = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")

WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}
"""Codecs that clients name when they mean the wider one beside it."""

CHINESE = {"x-gbk": "gb18030", "gb_2312-80": "gb18030", "gb18030-2005": "gb18030"}
CHINESE_CODECS = ("gb18030", "big5hkscs", "cp950")
SURE_SIGNS = 3
NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Python's own codecs that no mail names; some of them take quadratic time."""


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    """Python's name of a charset, the wider one where there is one; empty for an unknown."""
    name = charset.casefold()
    if name in CHINESE:
        return CHINESE[name]
    if not _CHARSET.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "" if found in NO_CHARSETS else WIDER.get(found, found)


def bytes_to_text(data: bytes, charset: str) -> str:
    """Bytes in a declared charset; what does not fit is sniffed. Never a lone surrogate."""
    codec = _codec(charset)
    if not codec:
        return sniffed(data)
    if codec == "cp1252" and not data.isascii():
        # Latin-1 takes every byte, so its label proves nothing: bad scripts put it on everything.
        likely = _strict(data, "utf-8") or _strict(data, "gb2312")
        return likely or _strict(data, codec) or sniffed(data)
    if codec in CHINESE_CODECS and _is_surely_utf8(data):
        return data.decode("utf-8")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        if error.start > 0 and error.start >= len(data) - 3:
            # Cut in the middle of the last character: the charset was right.
            return _without_surrogates(data[: error.start].decode(codec, "replace")) + "\ufffd"
        return sniffed(data)
    except (LookupError, ValueError):
        return sniffed(data)
    return _without_surrogates(text)


def _is_surely_utf8(data: bytes) -> bool:
    """Under another label. Chinese text in GBK or Big5 is valid UTF-8 only by rare chance, and
    then in very few signs."""
    return len(re.findall(r"[\u2e80-\uffff]", _strict(data, "utf-8"))) >= SURE_SIGNS


def sniffed(data: bytes) -> str:
    """UTF-8 where it is that throughout, else GB18030 with marks where nothing fits.

    A few Chinese signs in GBK are UTF-8 too, of other scripts; `一` by itself is such a one.
    """
    text = _strict(data, "utf-8")
    if not text:
        return data.decode("gb18030", "replace")
    if not text.isascii() and max(text) < "\u0800" and not _IN_A_WORD.search(text):
        return _strict(data, "gb2312") or text
    return text


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _without_surrogates(text: str) -> str:
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def raw_to_text(raw: str) -> str:
    """A header as the parser keeps it, its raw bytes read and its folds undone."""
    if not raw.isascii():
        raw = sniffed(raw.encode("utf-8", "surrogateescape"))
    return unfolded(raw)


def unfolded(raw: str) -> str:
    """A header's lines as one; its raw bytes stay surrogate escapes."""
    return _FOLD.sub(" ", raw)


def decoded(raw: str) -> str:
    """A header's text on one line: encoded words decoded, control signs gone."""
    text = raw_to_text(raw)
    if "=?" in text:
        text = _decode_words(text)
    return _CONTROL.sub(" ", text).strip()


def _decode_words(text: str) -> str:
    """Neighbours of one charset are joined before they are decoded: Chinese clients split one
    character over two words."""
    text = _BETWEEN_WORDS.sub("", text)
    out: list[str] = []
    neighbours: list[tuple[str, str, str]] = []
    position = 0
    for match in _WORD.finditer(text):
        if match.start() > position:
            out += [_joined(neighbours), text[position : match.start()]]
            neighbours = []
        neighbours.append((_codec(match[1]), match[2].upper(), match[3]))
        position = match.end()
    return "".join([*out, _joined(neighbours), text[position:]])


def _joined(words: list[tuple[str, str, str]]) -> str:
    return "".join(
        bytes_to_text(b"".join(_coded_bytes(list(group))), codec)
        for codec, group in groupby(words, key=lambda word: word[0])
    )


def _coded_bytes(words: list[tuple[str, str, str]]) -> list[bytes]:
    texts = [text for _, _, text in words]
    if all(coding == "B" for _, coding, _ in words) and any(len(t) % 4 for t in texts[:-1]):
        return [_base64("".join(texts))]  # the base64 itself was cut anywhere
    return [
        _base64(text) if coding == "B" else decodestring(text.encode("ascii", "replace"), True)
        for _, coding, text in words
    ]


def _base64(text: str) -> bytes:
    try:
        return b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")


def one_line(text: str) -> str:
    """No control signs: none that end a line, none that turn the direction of writing."""
    return _CONTROL.sub("", text)


def clean_body(text: str) -> str:
    """Line feeds only as line ends, no other control signs, so that every database takes it."""
    return _BODY_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
