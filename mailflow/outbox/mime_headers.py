"""Header values are cleaned and encoded in one place; nothing else writes a header's text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence

from mailflow.domain.pattern import pattern

LONGEST_SUBJECT = 200
LONGEST_NAME = 60
MOST_REFERENCES = 10
_UNFIT = pattern(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)
"""C0 and C1, line ends of Unicode, signs that turn or hide text, halves of surrogates."""
_ID = pattern(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-@:\[\]]{1,250}>")
_ADDRESS = pattern(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
_NAMED = pattern(r"(?P<name>.*?)\s*<(?P<address>[^<>]*)>")
_WORD_BYTES = 45
"""Bytes of text in an encoded word, which may have 75 signs in all (RFC 2047)."""


class HeaderRefused(Exception):
    """A header that cannot be written, or came out otherwise than it went in; nothing is sent."""


def one_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    """Text fit for a header: no control signs, no line ends, not endless."""
    return " ".join(_UNFIT.sub(" ", text).split())[:longest].rstrip()


def encoded(text: str) -> str:
    """One line as RFC 2047 wants it, folded; plain where it is ASCII and cannot be mistaken."""
    if text.isascii() and "=?" not in text:
        return text
    return "\r\n ".join(encoded_words(text))


def encoded_words(text: str) -> Iterator[str]:
    """Whole characters a word: some readers decode each word by itself."""
    piece = b""
    for sign in text:
        data = sign.encode("utf-8")
        if len(piece) + len(data) > _WORD_BYTES:
            yield _word(piece)
            piece = b""
        piece += data
    if piece:
        yield _word(piece)


def _word(data: bytes) -> str:
    return f"=?utf-8?B?{b64encode(data).decode('ascii')}?="


def token(text: str) -> str:
    """A name of ours as a header's bare word."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text)[:60] or "mailflow"


def address_field(text: str) -> str:
    """`Name <address>` or a bare address. Raises `HeaderRefused` for what is no address."""
    name, address = _split(text)
    if not name:
        return address
    if name.isascii() and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{encoded(name)} <{address}>"


def addresses_field(texts: Sequence[str]) -> str:
    """One address a line, so that many recipients never make an overlong line."""
    return ",\r\n ".join(address_field(text) for text in texts)


def bare_address(text: str) -> str:
    return _split(text)[1]


def domain_of(text: str) -> str:
    return bare_address(text).rpartition("@")[2]


def _split(text: str) -> tuple[str, str]:
    line = one_line(text, 400)
    named = _NAMED.fullmatch(line)
    name, address = (named["name"], named["address"]) if named else ("", line)
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise HeaderRefused(f"{text!r} is no address to write to: mend it in the register")
    return one_line(name.strip().strip('"'), LONGEST_NAME), address


def thread_fields(in_reply_to: str, references: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Only identifiers of a strict form are repeated; the first and the last ones are kept."""
    if not _ID.fullmatch(in_reply_to):
        return
    chain = [i for i in dict.fromkeys(references) if _ID.fullmatch(i) and i != in_reply_to]
    if len(chain) >= MOST_REFERENCES:
        chain = [chain[0], *chain[2 - MOST_REFERENCES :]]
    yield "In-Reply-To", in_reply_to
    yield "References", "\r\n ".join([*chain, in_reply_to])
