"""Archives and winmail.dat as senders' programs write them, byte by byte where none here does."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping


def zipped(
    files: Mapping[str, bytes], *, encoding: str = "gbk", unicode_path: bool = False
) -> bytes:
    """Names in a code page without any mark, as archivers in China write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files.values()):
            info = zipfile.ZipInfo(f"{number:04d}")
            info.compress_type = zipfile.ZIP_DEFLATED
            raw = list(files)[number].encode(encoding)
            if unicode_path:
                again = list(files)[number].encode()
                body = struct.pack("<BI", 1, zlib.crc32(raw)) + again
                info.extra = struct.pack("<HH", 0x7075, len(body)) + body
            archive.writestr(info, data)
    packed = out.getvalue()
    for number, name in enumerate(files):
        packed = _renamed(packed, f"{number:04d}".encode(), name.encode(encoding))
    return packed


def _renamed(packed: bytes, old: bytes, new: bytes) -> bytes:
    """The same archive with another name of the same member; offsets are mended."""
    more = len(new) - len(old)
    out, at, moved = bytearray(), 0, 0
    places: dict[int, int] = {}
    while packed[at : at + 4] == b"PK\x03\x04":
        size, name, extra = (
            *struct.unpack_from("<I", packed, at + 18),
            *struct.unpack_from("<HH", packed, at + 26),
        )
        places[at] = at + moved
        entry = bytearray(packed[at : at + 30 + name + extra + size])
        if entry[30 : 30 + name] == old:
            entry[30 : 30 + name] = new
            struct.pack_into("<H", entry, 26, len(new))
            moved += more
        out += entry
        at += 30 + name + extra + size
    start = len(out)
    while packed[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", packed, at + 28)
        entry = bytearray(packed[at : at + 46 + name + extra + comment])
        (place,) = struct.unpack_from("<I", entry, 42)
        struct.pack_into("<I", entry, 42, places[place])
        if entry[46 : 46 + name] == old:
            entry[46 : 46 + name] = new
            struct.pack_into("<H", entry, 28, len(new))
        out += entry
        at += 46 + name + extra + comment
    end = bytearray(packed[at:])
    struct.pack_into("<II", end, 12, len(out) - start, start)
    return bytes(out + end)


def _attribute(level: int, kind: int, body: bytes) -> bytes:
    check = sum(body) & 0xFFFF
    return struct.pack("<BHHI", level, kind, 6, len(body)) + body + struct.pack("<H", check)


def _property(name: int, sort: int, value: bytes) -> bytes:
    filled = value + bytes(-len(value) % 4)
    return struct.pack("<HHII", sort, name, 1, len(value)) + filled


def winmail(
    files: Mapping[str, bytes], *, code_page: int = 936, html: str = "", long_names: bool = True
) -> bytes:
    """Short names in the code page, long ones in UTF-16 beside them."""
    encoding = {936: "gbk", 950: "big5", 1252: "cp1252"}[code_page]
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += _attribute(1, 0x9006, struct.pack("<I", 0x10000))
    out += _attribute(1, 0x9007, struct.pack("<II", code_page, 0))
    if html:
        body = _property(0x1013, 0x102, html.encode(encoding))
        out += _attribute(1, 0x9003, struct.pack("<I", 1) + body)
    for name, data in files.items():
        out += _attribute(2, 0x9002, bytes(14))
        out += _attribute(2, 0x8010, name.encode(encoding) + b"\0")
        out += _attribute(2, 0x800F, data)
        if long_names:
            long = _property(0x3707, 0x1F, (name + "\0").encode("utf-16-le"))
            out += _attribute(2, 0x9005, struct.pack("<I", 1) + long)
    return out
