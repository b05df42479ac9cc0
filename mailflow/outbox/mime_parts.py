"""Bodies and attachments as parts of a mail: base64 throughout, names every client can read."""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from collections.abc import Sequence
from urllib.parse import quote

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass
from mailflow.outbox.mime_headers import encoded_words, one_line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_FILE_NAME = 80
OCTETS = "application/octet-stream"
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "zip": "application/zip",
    "xlsx": XLSX,
    "xls": "application/vnd.ms-excel",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
    "mp4": "video/mp4",
}
"""What a program on a phone shows by itself; everything else is bytes."""
_LINES = struct.Struct("76s")
_FORBIDDEN = pattern(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class File:
    """A workbook, or what somebody sent, with the name its receiver sees; never a path."""

    name: str
    data: bytes
    content_type: str = XLSX


@dataclass(frozen=True, slots=True)
class Inline:
    """A picture that the HTML shows by its `cid`; both it and the name are ASCII of our own making."""

    cid: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    html: str
    pictures: Sequence[Inline] = ()


def alternative(body: Body, boundary: str) -> list[str]:
    """The lines of text and HTML side by side, the richer one last, its pictures with it."""
    html = _text("html", body.html)
    if body.pictures:
        inner = f"{boundary}p"
        parts = (html, *(_picture(picture) for picture in body.pictures))
        html = [
            f'Content-Type: multipart/related; type="text/html"; boundary="{inner}"',
            "",
            *(line for part in parts for line in (f"--{inner}", *part)),
            f"--{inner}--",
        ]
    text = _text("plain", body.text)
    return [f"--{boundary}", *text, f"--{boundary}", *html, f"--{boundary}--"]


def _text(kind: str, content: str) -> list[str]:
    return [
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        _base64(content.encode("utf-8", "replace")),
    ]


def _picture(picture: Inline) -> list[str]:
    return [
        f'Content-Type: image/png; name="{picture.name}"',
        "Content-Transfer-Encoding: base64",
        f"Content-ID: <{picture.cid}>",
        f'Content-Disposition: inline; filename="{picture.name}"',
        "",
        _base64(picture.data),
    ]


def attached(file: File) -> list[str]:
    """The name three times: for readers of RFC 2231, for those who read encoded words where they
    should not stand (most webmail), and in ASCII for the rest. Some take the first they find."""
    name = shown_name(file.name)
    words = "\r\n ".join(encoded_words(name))
    names = (f"filename*=utf-8''{quote(name, safe='')}", f'filename="{ascii_name(name)}"')
    return [
        f'Content-Type: {file.content_type};\r\n name="{name if name.isascii() else words}"',
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: " + ";\r\n ".join(("attachment", *names)),
        "",
        _base64(file.data),
    ]


def type_of(name: str) -> str:
    """By its ending alone: what its sender's program called it is not believed."""
    return TYPES.get(name.rpartition(".")[2].casefold(), OCTETS)


def shown_name(name: str) -> str:
    """No folder, no sign that a file system forbids, its ending kept when it is cut."""
    name = _FORBIDDEN.sub("_", one_line(name, 400)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_FILE_NAME and dot and len(ending) < 10:
        name = f"{stem[: LONGEST_FILE_NAME - len(ending) - 1].rstrip()}.{ending}"
    return name[:LONGEST_FILE_NAME] or "attachment"


def ascii_name(name: str) -> str:
    """`FH261109-0042_R1.xlsx`: what is left of a name in ASCII, still telling which list it is."""
    stem, dot, ending = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9.+()-]+", "_", stem if dot else name).strip("_. ")
    ending = re.sub(r"[^A-Za-z0-9]+", "", ending) if dot else ""
    return (plain or "attachment") + (f".{ending}" if ending else "")


def _base64(data: bytes) -> str:
    """Lines of 76 signs, as RFC 2045 has them; cut from one piece, which is ten times faster."""
    whole = b64encode(data)
    most = len(whole) - len(whole) % 76
    lines = [line for (line,) in _LINES.iter_unpack(whole[:most])]
    if most < len(whole):
        lines.append(whole[most:])
    return b"\r\n".join(lines).decode("ascii")
