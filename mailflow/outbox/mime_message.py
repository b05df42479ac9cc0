"""Messages are built once, header by header, so that no text of a mail becomes a header."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.parser import BytesHeaderParser
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import quote

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SUBJECT = 200
LOOP_HEADER = "X-Mailflow-Loop"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\ud800-\udfff]+")
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")
_ADDRESS = re.compile(r"[\x21-\x7e]+@[\x21-\x7e]+")


class HeaderRefused(Exception):
    """A header that came out otherwise than it went in; our own mistake, nothing is sent."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """`sender` is `Name <address>`; `automatic` the word of RFC 3834."""

    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    message_id: str
    date: datetime
    automatic: str
    instance: str
    reply_to: str | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


def one_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    """Text fit for a header: no control signs, no line ends, not endless."""
    return " ".join(_CONTROL.sub(" ", text).split())[:longest]


def build(envelope: Envelope, text: str, html: str, files: Sequence[File]) -> bytes:
    """The whole mail with CRLF line ends. Raises `HeaderRefused`."""
    headers = list(_headers(envelope))
    boundary = "=_" + hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]
    alternative = _alternative(text, html, f"{boundary}a")
    if files:
        body = [f"--{boundary}m", *alternative]
        for file in files:
            body += [f"--{boundary}m", *_attached(file)]
        body.append(f"--{boundary}m--")
        headers.append(("Content-Type", f'multipart/mixed; boundary="{boundary}m"'))
    else:
        body = alternative[2:]
        headers.append(("Content-Type", f'multipart/alternative; boundary="{boundary}a"'))
    lines = [f"{name}: {value}" for name, value in headers]
    raw = "\r\n".join([*lines, "", *body, ""]).encode("ascii")
    _check(raw, headers)
    return raw


def _headers(envelope: Envelope) -> list[tuple[str, str]]:
    found = [
        ("From", _address(envelope.sender)),
        ("To", ", ".join(_address(a) for a in envelope.to)),
    ]
    if envelope.cc:
        found.append(("Cc", ", ".join(_address(a) for a in envelope.cc)))
    if envelope.reply_to:
        found.append(("Reply-To", _address(envelope.reply_to)))
    found += [
        ("Subject", _encoded(one_line(envelope.subject))),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", envelope.message_id),
    ]
    if _ID.fullmatch(envelope.in_reply_to):
        chain = [i for i in envelope.references if _ID.fullmatch(i)][-10:]
        chain = [i for i in chain if i != envelope.in_reply_to] + [envelope.in_reply_to]
        found.append(("In-Reply-To", envelope.in_reply_to))
        found.append(("References", "\r\n ".join(chain)))
    found += [
        ("Auto-Submitted", envelope.automatic),
        ("X-Auto-Response-Suppress", "All"),
        (LOOP_HEADER, one_line(envelope.instance, 60)),
        ("MIME-Version", "1.0"),
    ]
    found += [(name, _encoded(one_line(value))) for name, value in envelope.extra]
    return found


def _address(text: str) -> str:
    name, address = parseaddr(one_line(text, 320))
    if not _ADDRESS.fullmatch(address):
        raise HeaderRefused(f"{text!r} is no address to write to: mend it in the register")
    return formataddr((name, address), "utf-8")


def _encoded(text: str) -> str:
    if text.isascii():
        return text
    return Header(text, "utf-8", maxlinelen=74).encode(linesep="\r\n")


def _alternative(text: str, html: str, boundary: str) -> list[str]:
    lines = [f'Content-Type: multipart/alternative; boundary="{boundary}"', ""]
    for kind, content in (("plain", text), ("html", html)):
        lines += [
            f"--{boundary}",
            f"Content-Type: text/{kind}; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            _base64(content.encode("utf-8")),
        ]
    return [*lines, f"--{boundary}--"]


def _attached(file: File) -> list[str]:
    """The name twice: RFC 2231 for those who read it, an encoded word for the rest."""
    name = one_line(file.name, 120).replace("/", "_").replace("\\", "_").replace('"', "'")
    coded = f"utf-8''{quote(name, safe='')}"
    plain = name if name.isascii() else f"=?utf-8?B?{base64.b64encode(name.encode()).decode()}?="
    return [
        f'Content-Type: {XLSX};\r\n name="{plain}"',
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment;\r\n filename*={coded}",
        "",
        _base64(file.data),
    ]


def _base64(data: bytes) -> str:
    return base64.encodebytes(data).decode("ascii").replace("\n", "\r\n").rstrip("\r\n")


def _check(raw: bytes, headers: Sequence[tuple[str, str]]) -> None:
    """What a receiver parses must be the headers that were meant, no more (CVE-2024-6923)."""
    parsed = BytesHeaderParser().parsebytes(raw)
    if parsed.keys() != [name for name, _ in headers]:
        raise HeaderRefused(f"headers came out as {parsed.keys()}")


def message_id(parts: Sequence[str], sender: str) -> str:
    """The same for the same letter on every attempt; its domain is the sender's own."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    domain = parseaddr(sender)[1].partition("@")[2] or "localhost"
    return f"<{digest}.mailflow@{domain}>"
