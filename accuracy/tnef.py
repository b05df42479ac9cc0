"""`winmail.dat`: how Outlook packs attachments for itself."""

from __future__ import annotations

import struct
from collections.abc import Iterable

SIGNATURE, KEY = 0x223E9F78, 0x1234
MESSAGE, ATTACHMENT = 1, 2
VERSION, CODE_PAGE, CLASS = 0x00089006, 0x00069007, 0x00078008
RENDER, TITLE, DATA = 0x00069002, 0x00018010, 0x0006800F
GBK = 936


def winmail(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files under their names in GBK."""
    out = struct.pack("<IH", SIGNATURE, KEY)
    out += _attribute(MESSAGE, VERSION, struct.pack("<I", 0x00010000))
    out += _attribute(MESSAGE, CODE_PAGE, struct.pack("<II", GBK, 0))
    out += _attribute(MESSAGE, CLASS, b"IPM.Microsoft Mail.Note\0")
    for name, data in files:
        out += _attribute(ATTACHMENT, RENDER, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0))
        out += _attribute(ATTACHMENT, TITLE, name.encode("gb18030") + b"\0")
        out += _attribute(ATTACHMENT, DATA, data)
    return out


def _attribute(level: int, number: int, data: bytes) -> bytes:
    head = struct.pack("<BII", level, number, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)
