"""A mail's parts under their real names, who really wrote it, and whether a machine did."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailflow.domain.answer import SAID_NOTHING, Said
from mailflow.domain.attached import Attached, Refused
from mailflow.domain.mail import Head
from mailflow.domain.value import dataclass
from mailflow.parsers.answers import said_in
from mailflow.parsers.attached import attached_in
from mailflow.parsers.containers import open_containers
from mailflow.parsers.mime_from import sole_address
from mailflow.parsers.mime_headers import Headers
from mailflow.parsers.mime_html import plain_text
from mailflow.parsers.mime_limits import MAX_BODY, MailRefused, check_raw
from mailflow.parsers.mime_marks import LOOP_HEADER, kind_of
from mailflow.parsers.mime_parts import Attachment, Body, Gathered
from mailflow.parsers.mime_proof import signatures_in, verdicts_in
from mailflow.parsers.mime_tree import parsed
from mailflow.parsers.same_names import told_apart

__all__ = ["Attachment", "Body", "MailRefused", "ParsedMail", "read_mime"]

LONGEST_SUBJECT = 500
LONGEST_NAME = 200
MOST_REFERENCES = 20
LONGEST_OPENING = 200
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """`body` is the outer sender's first words, HTML as text, capped; `bodies` are the words of
    all mails in it, for their tables. No two attachments have the same name; archives among them
    are opened, and `refused` are those that cannot be.
    """

    head: Head
    attachments: tuple[Attachment, ...]
    body: str
    bodies: tuple[Body, ...] = ()
    refused: tuple[Refused, ...] = ()
    said: Said = SAID_NOTHING
    attached: tuple[Attached, ...] = ()


def read_mime(raw: bytes) -> ParsedMail:
    """Raises `MailRefused`, and nothing else whatever the bytes are."""
    check_raw(raw)
    gathered = Gathered(parsed(raw))
    opened = open_containers(gathered.attachments)
    bodies = (*gathered.bodies, *opened.bodies)
    own = next((b.html for b in bodies if b.html and not b.forwarded), "")
    words = gathered.text or plain_text(own)[:MAX_BODY]
    head = _head(gathered.head, words)
    return ParsedMail(
        head=replace(head, has_calendar=gathered.has_calendar),
        said=said_in(head.subject, gathered.text, own, head.sender_name),
        attachments=told_apart(opened.attachments),
        body=words,
        bodies=bodies,
        refused=opened.refused,
        attached=attached_in(gathered.attachments),
    )


def _head(headers: Headers, words: str) -> Head:
    sender, name = sole_address(headers.all("from"))
    subject = headers.text("subject")
    kind, marks = kind_of(headers, subject, words[:LONGEST_OPENING])
    return Head(
        sender=sender if _sent_by_himself(headers, sender) else None,
        sender_name=name[:LONGEST_NAME],
        subject=subject[:LONGEST_SUBJECT],
        date=_date(headers.text("date")),
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=next(iter(_ids(headers, "in-reply-to")), ""),
        references=_chain(_ids(headers, "references")),
        kind=kind,
        marks=marks,
        loops=tuple(value[:60] for value in headers.texts(LOOP_HEADER.casefold())),
        signatures=signatures_in(headers),
        verdicts=verdicts_in(headers),
    )


def _sent_by_himself(headers: Headers, sender: str | None) -> bool:
    """A Sender line that names somebody else makes it doubtful who wrote (reliability A06)."""
    values = headers.all("sender")
    return not values or sole_address(values)[0] == sender


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    """Message-IDs of a strict form only: they go into our own headers."""
    return tuple(dict.fromkeys(_ID.findall(headers.raw(name))))


def _chain(references: tuple[str, ...]) -> tuple[str, ...]:
    """The thread's root and its newest mails."""
    if len(references) <= MOST_REFERENCES:
        return references
    return (references[0], *references[1 - MOST_REFERENCES :])


def _date(text: str) -> datetime | None:
    """As its sender wrote it: for showing, never for deadlines (reliability T03)."""
    try:
        date = parsedate_to_datetime(text[:100])
        return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
