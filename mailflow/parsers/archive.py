"""A zip with sheets in it is opened one level deep, under limits that are counted, not believed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.mime_names import safe_name
from mailflow.parsers.mime_text import sniffed
from mailflow.parsers.spoiled_zip import SPOILED

MAX_MEMBERS = 50
MAX_ENTRIES = 2_000
MAX_INFLATED = 64 * 1024 * 1024
MAX_RATIO = 200
RATIO_FREE = 1024 * 1024
PIECE = 256 * 1024
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
UNICODE_PATH = 0x7075
LITTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
"""What file managers leave in archives, lower case."""


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    data: bytes


def members_of(raw: bytes, left: int = MAX_INFLATED) -> tuple[Member, ...]:
    """Every file in it, `left` bytes at most; raises `AttachmentRefused`. Archives among them
    stay as they are."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except SPOILED as error:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "zip") from error
    if len(archive.infolist()) > MAX_ENTRIES:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "zip")
    infos = [
        (name, i) for i in archive.infolist() if (name := _name(i)) and not i.filename.endswith("/")
    ]
    if len(infos) > MAX_MEMBERS:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "zip")
    if any(info.flag_bits & ENCRYPTED_FLAG for _, info in infos):
        raise AttachmentRefused(RefusedBecause.ENCRYPTED, "zip")
    members: list[Member] = []
    for name, info in infos:
        data = b"".join(_pieces(archive, info, left))
        left -= len(data)
        members.append(Member(name, data))
    if not members:
        raise AttachmentRefused(RefusedBecause.EMPTY, "zip")
    return tuple(members)


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > left or size > max(RATIO_FREE, MAX_RATIO * info.compress_size):
                    raise AttachmentRefused(RefusedBecause.TOO_LARGE, "zip")
                yield piece
    except SPOILED as error:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "zip") from error
    except RuntimeError as error:
        raise AttachmentRefused(RefusedBecause.ENCRYPTED, "zip") from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name its maker gave it, without folders; empty for what no person put there."""
    path = _decoded(info).replace("\\", "/")
    name = safe_name(path)
    if name.startswith("~$") or any(part.casefold() in LITTER for part in path.split("/")):
        return ""
    return name


def _decoded(info: zipfile.ZipInfo) -> str:
    """Names without a mark are in the code page of whoever packed it: Chinese, mostly."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _unicode_path(info.extra, raw) or sniffed(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name once more in UTF-8, as some packers add it; valid for this very name only."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        at += 4 + size
        stated = kind == UNICODE_PATH and len(body) > 5 and body[0] == 1
        if stated and int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
    return ""
