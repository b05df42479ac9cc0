"""Archives among attachments are opened, so that what is in them is an attachment like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.domain.attached import Refused, RefusedBecause
from mailflow.parsers.archive import MAX_INFLATED, members_of
from mailflow.parsers.formats import Format, format_of
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.mime_limits import MAX_HTML
from mailflow.parsers.mime_parts import Attachment, Body
from mailflow.parsers.tnef import name_of, unpack

UNTYPED = "application/octet-stream"
MOST_LEVELS = 2
"""A winmail.dat may hold a zip, or a mail with its own winmail.dat; nothing goes deeper."""


@dataclass(slots=True)
class Opened:
    """Attachments with those that were packed, in order; the words of packed mails; and what
    cannot be opened."""

    attachments: list[Attachment]
    bodies: list[Body]
    refused: tuple[Refused, ...] = ()
    left: int = MAX_INFLATED


def open_containers(attachments: Sequence[Attachment]) -> Opened:
    opened = Opened([], [])
    for attachment in attachments:
        _open(opened, attachment, MOST_LEVELS)
    return opened


def _open(opened: Opened, attachment: Attachment, levels: int) -> None:
    kind = _kind(attachment.data)
    try:
        if kind is Format.ZIP and not attachment.within:
            members = members_of(attachment.data, opened.left)
            opened.left -= sum(len(m.data) for m in members)
            packed = [(m.name, m.data) for m in members]
        elif kind is Format.TNEF and levels:
            packed = _unpacked(opened, attachment)
        else:
            opened.attachments.append(attachment)
            return
    except AttachmentRefused as refusal:
        told = Refused(attachment.name, refusal.reason, refusal.detail)
        opened.refused = (*opened.refused, told)
        return
    for number, (name, data) in enumerate(packed, start=1):
        path = f"{attachment.path}.{number}"
        within = attachment.name if kind is Format.ZIP else attachment.within
        _open(opened, Attachment(name, data, UNTYPED, False, path, within), levels - 1)


def _kind(data: bytes) -> Format | None:
    """None for what is too damaged to tell: its reader will say so."""
    try:
        return format_of(data)
    except AttachmentRefused:
        return None


def _unpacked(opened: Opened, attachment: Attachment) -> list[tuple[str, bytes]]:
    found = unpack(attachment.data)
    if found.html or found.text:
        cut = max(len(found.html), len(found.text)) > MAX_HTML
        opened.bodies.append(Body(found.html[:MAX_HTML], found.text[:MAX_HTML], False, cut))
    elif not found.attachments:
        # Its words may be in a form that only Outlook reads.
        raise AttachmentRefused(RefusedBecause.UNSUPPORTED, Format.TNEF)
    return [(name_of(packed, n), packed.data) for n, packed in enumerate(found.attachments, 1)]
