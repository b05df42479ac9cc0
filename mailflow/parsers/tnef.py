"""winmail.dat: what Outlook packs a mail's attachments into when it takes everybody for Outlook."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import field

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.mime_names import safe_name
from mailflow.parsers.mime_text import bytes_to_text

SIGNATURE = 0x223E9F78
MAX_ATTACHMENTS = 50
MAX_PROPERTIES = 2_000
CODE_PAGE, MESSAGE_PROPERTIES = 0x9007, 0x9003
NEW_ATTACHMENT, TITLE, DATA, ATTACHMENT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
LONG_NAME, SHORT_NAME, DISPLAY_NAME, CONTENT = 0x3707, 0x3704, 0x3001, 0x3701
PLAIN_BODY, HTML_BODY, BODY_CODE_PAGE = 0x1000, 0x1013, 0x3FDE
TEXT_8, TEXT_16, BINARY, OBJECT = 0x1E, 0x1F, 0x102, 0x0D
SIZES = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of property types of fixed size; they stand in four bytes at least."""
INTERFACE = 16
"""An attached object begins with so many bytes that say what it is."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An attachment inside; without a name where nobody named it."""

    name: str
    data: bytes


@dataclass(slots=True)
class Unpacked:
    """What was found inside; `html` and `text` are the words of the mail."""

    attachments: list[Packed] = field(default_factory=list)
    html: str = ""
    text: str = ""


@dataclass(slots=True)
class _Attachment:
    names: dict[int, str] = field(default_factory=dict)
    data: bytes = b""

    def packed(self) -> Packed:
        ranked = (LONG_NAME, SHORT_NAME, TITLE, DISPLAY_NAME)
        return Packed(next((n for k in ranked if (n := self.names.get(k, ""))), ""), self.data)


def unpack(raw: bytes) -> Unpacked:
    """Raises `AttachmentRefused` where it is damaged."""
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != SIGNATURE:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "winmail.dat")
    found = Unpacked()
    code_page = ""
    open_: list[_Attachment] = []
    for kind, body in _attributes(raw):
        if kind == CODE_PAGE and len(body) >= 4:
            code_page = _charset(int.from_bytes(body[:4], "little"))
        elif kind == NEW_ATTACHMENT:
            open_.append(_Attachment())
            if len(open_) > MAX_ATTACHMENTS:
                raise AttachmentRefused(RefusedBecause.TOO_LARGE, "winmail.dat")
        elif kind == MESSAGE_PROPERTIES:
            _take_words(found, body, code_page)
        elif open_:
            _take(open_[-1], kind, body, code_page)
    found.attachments = [packed for a in open_ if (packed := a.packed()).data]
    return found


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Each with its kind; raises where one is cut off."""
    at = 6
    while at + 9 <= len(raw):
        kind, _, size = struct.unpack_from("<HHI", raw, at + 1)
        if at + 9 + size > len(raw):
            raise AttachmentRefused(RefusedBecause.CORRUPT, "winmail.dat")
        yield kind, raw[at + 9 : at + 9 + size]
        at += 9 + size + 2


def _take(attachment: _Attachment, kind: int, body: bytes, code_page: str) -> None:
    if kind == DATA:
        attachment.data = body
    elif kind == TITLE:
        attachment.names[TITLE] = _text(body, TEXT_8, code_page)
    elif kind == ATTACHMENT_PROPERTIES:
        for name, sort, value in _properties(body):
            if name == CONTENT and not attachment.data:
                attachment.data = value[INTERFACE:] if sort == OBJECT else value
            elif name in (LONG_NAME, SHORT_NAME, DISPLAY_NAME) and sort in (TEXT_8, TEXT_16):
                attachment.names[name] = _text(value, sort, code_page)


def _take_words(found: Unpacked, body: bytes, code_page: str) -> None:
    values = {name: (sort, value) for name, sort, value in _properties(body)}
    _, stated = values.get(BODY_CODE_PAGE, (0, b""))
    charset = _charset(int.from_bytes(stated[:4], "little")) if stated else code_page
    if HTML_BODY in values:
        sort, value = values[HTML_BODY]
        found.html = _text(value, TEXT_16 if sort == TEXT_16 else TEXT_8, charset)
    if PLAIN_BODY in values:
        sort, value = values[PLAIN_BODY]
        found.text = _text(value, sort, charset)


def _properties(body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Name, type and value of each property as far as they can be made out."""
    if len(body) < 4:
        return
    count, at = int.from_bytes(body[:4], "little"), 4
    for _ in range(min(count, MAX_PROPERTIES)):
        if at + 4 > len(body):
            return
        sort, name = struct.unpack_from("<HH", body, at)
        at += 4
        if name >= 0x8000:
            at = _behind_name(body, at)
        many = sort & 0x1000 or sort in (TEXT_8, TEXT_16, BINARY, OBJECT)
        sort &= 0x0FFF
        values = 1
        if many:
            values, at = int.from_bytes(body[at : at + 4], "little"), at + 4
        for _ in range(min(values, MAX_PROPERTIES)):
            if sort in SIZES:
                size = SIZES[sort]
            elif sort in (TEXT_8, TEXT_16, BINARY, OBJECT) and at + 4 <= len(body):
                size, at = int.from_bytes(body[at : at + 4], "little"), at + 4
            else:
                return
            if at + size > len(body):
                return
            yield name, sort, body[at : at + size]
            at += (size + 3) // 4 * 4


def _behind_name(body: bytes, at: int) -> int:
    """A property with a name of its own bears it between type and value."""
    kind = int.from_bytes(body[at + 16 : at + 20], "little")
    if kind == 0:
        return at + 24
    length = int.from_bytes(body[at + 20 : at + 24], "little")
    return at + 24 + (length + 3) // 4 * 4


def _charset(code_page: int) -> str:
    return {65001: "utf-8", 1200: "utf-16-le"}.get(code_page, f"cp{code_page}")


def _text(value: bytes, sort: int, charset: str) -> str:
    if sort == TEXT_16:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return bytes_to_text(value.rstrip(b"\0"), charset)


def name_of(packed: Packed, number: int) -> str:
    return safe_name(packed.name) or f"part-{number}"
