"""A mail's parts under their real names, who really wrote it, and whether a machine did."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message as Part
from email.utils import parsedate_to_datetime

from mailflow.domain.mail import Head
from mailflow.parsers.mime_from import sole_address
from mailflow.parsers.mime_marks import LOOP_HEADER, marks_of
from mailflow.parsers.mime_text import bytes_to_text, decoded, file_name

MAX_DEPTH = 20
MAX_PARTS = 200
MAX_HEADER = 256 * 1024
MAX_BODY = 20_000
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[^>]*>", re.DOTALL | re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/h\d|/li)\b[^>]*>", re.IGNORECASE)


class MailRefused(Exception):
    """A mail that is no mail a person sends: too deep, too many parts, a header without end."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """`path` is the part's place in the mail, such as `1.2`; `inline` as its sender marked it."""

    name: str
    data: bytes
    content_type: str
    inline: bool
    path: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    head: Head
    attachments: tuple[Attachment, ...]
    body: str
    html: str = ""


def read_mime(raw: bytes) -> ParsedMail:
    """Raises `MailRefused` beyond the limits of reliability M06, and for nothing else."""
    end = min(
        (at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), default=len(raw)
    )
    if end > MAX_HEADER:
        raise MailRefused(f"a header of {end} bytes")
    try:
        mail = message_from_bytes(raw)
    except (ValueError, LookupError, RecursionError) as error:
        raise MailRefused(f"not readable as a mail: {error}") from error
    gathered = _Parts()
    gathered.walk(mail, "1", 0)
    text = gathered.text or _plain(gathered.html)
    return ParsedMail(
        head=_head(mail),
        attachments=tuple(gathered.attachments),
        body=text[:MAX_BODY],
        html=gathered.html[: 50 * MAX_BODY],
    )


class _Parts:
    """Walks the tree of parts once; a forwarded mail is entered one level deep."""

    def __init__(self) -> None:
        self.attachments: list[Attachment] = []
        self.text = ""
        self.html = ""
        self.count = 0
        self.forwarded = 0

    def walk(self, part: Part, path: str, depth: int) -> None:
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_PARTS:
            raise MailRefused(f"more than {MAX_PARTS} parts or {MAX_DEPTH} levels")
        content_type = part.get_content_type()
        payload = part.get_payload()
        if content_type == "message/rfc822":
            self.forwarded += 1
        if isinstance(payload, list):
            if content_type == "message/rfc822" and self.forwarded > 1:
                return
            for number, child in enumerate(payload, start=1):
                if isinstance(child, Part):
                    self.walk(child, f"{path}.{number}", depth + 1)
            return
        self._leaf(part, path, content_type)

    def _leaf(self, part: Part, path: str, content_type: str) -> None:
        name = file_name(part)
        is_text = content_type in ("text/plain", "text/html")
        attached = str(part.get("content-disposition", "")).strip().casefold()
        if is_text and not name and not attached.startswith("attachment"):
            self._body(part, content_type)
            return
        data = _bytes(part)
        inline = attached.startswith("inline") or bool(part.get("content-id"))
        self.attachments.append(Attachment(name or path, data, content_type, inline, path))

    def _body(self, part: Part, content_type: str) -> None:
        text = bytes_to_text(_bytes(part), str(part.get_content_charset("utf-8")))
        if content_type == "text/html":
            self.html = self.html or text
        else:
            self.text = self.text or text


def _bytes(part: Part) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else b""


def _plain(markup: str) -> str:
    """The text of an HTML body, a line a block; for showing, not for tables."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup[: 20 * MAX_BODY])))
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip()


def _head(mail: Part) -> Head:
    sender, name = sole_address([str(v) for v in mail.get_all("from", [])])
    subject = decoded(mail.get("subject", ""))

    def header(wanted: str) -> str:
        return decoded(mail.get(wanted, "")).casefold()

    kind, marks = marks_of(header, subject, sender)
    return Head(
        sender=sender,
        sender_name=name[:200],
        subject=subject[:500],
        date=_date(str(mail.get("date", ""))),
        message_id=next(iter(_ids(mail, "message-id")), ""),
        in_reply_to=next(iter(_ids(mail, "in-reply-to")), ""),
        references=_ids(mail, "references")[-20:],
        kind=kind,
        marks=marks,
        loops=tuple(decoded(v) for v in mail.get_all(LOOP_HEADER, [])),
    )


def _ids(mail: Part, header: str) -> tuple[str, ...]:
    """Message-IDs of a strict form only: they go into our own headers."""
    return tuple(dict.fromkeys(_ID.findall(str(mail.get(header, "")))))


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
