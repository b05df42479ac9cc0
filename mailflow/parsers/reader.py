"""From raw bytes to a reading: a mail with its attachments, or a bare workbook."""

from __future__ import annotations

from collections.abc import Sequence

from mailflow.domain.document import Document, Reading, Refused, RefusedBecause, Unknown
from mailflow.domain.mail import Head
from mailflow.domain.naming import KnownNames
from mailflow.domain.sheet import Span, Written
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.kinds.order import orders_in
from mailflow.parsers.mime import Attachment, read_mime
from mailflow.parsers.workbook import Book, read_book

PICTURES = frozenset({"image"})
SEEN_CELLS = 12


def read_mail(raw: bytes, known: KnownNames) -> Reading:
    """Raises `MailRefused`; everything else that is wrong is said in the reading."""
    mail = read_mime(raw)
    documents: list[Document] = []
    refused: list[Refused] = []
    for attachment in _worth_reading(mail.attachments):
        hints = (Written(mail.head.subject), Written(attachment.name))
        found, refusals = read_attachment(attachment.name, attachment.data, known, hints)
        documents.extend(found)
        refused.extend(refusals)
    if documents:
        # A picture beside a sheet is a logo or a photograph; without one it may be the order.
        refused = [r for r in refused if r.detail not in PICTURES]
    return Reading(mail.head, tuple(documents), tuple(refused), mail.body)


def read_file(name: str, raw: bytes, known: KnownNames) -> Reading:
    """A workbook without a mail around it."""
    documents, refused = read_attachment(name, raw, known, (Written(name),))
    return Reading(Head(sender=None), documents, refused)


def _worth_reading(attachments: Sequence[Attachment]) -> list[Attachment]:
    """All but pictures that belong to a signature and calendar or contact cards."""
    return [
        a
        for a in attachments
        if not (a.inline and a.content_type.startswith("image/"))
        and a.content_type
        not in ("text/calendar", "text/vcard", "text/x-vcard", "application/pkcs7-signature")
    ]


def read_attachment(
    name: str, raw: bytes, known: KnownNames, hints: Sequence[Written]
) -> tuple[tuple[Document, ...], tuple[Refused, ...]]:
    """Orders of a workbook; one unknown document where it holds none; or why it was refused."""
    try:
        book = read_book(raw)
    except AttachmentRefused as refusal:
        return (), (Refused(name, refusal.reason, refusal.detail),)
    if not any(grid.rows for grid in book.grids):
        return (), (Refused(name, RefusedBecause.EMPTY, "no filled cell"),)
    return _documents(name, book, known, hints), ()


def _documents(
    name: str, book: Book, known: KnownNames, hints: Sequence[Written]
) -> tuple[Document, ...]:
    orders: list[Document] = []
    for grid in book.grids:
        if not grid.hidden:
            orders.extend(orders_in(grid, name, book.format, known, hints))
    for grid in book.grids:
        if grid.hidden and not orders:
            orders.extend(orders_in(grid, name, book.format, known, hints))
    if orders:
        return tuple(orders)
    shown = next((g for g in book.grids if g.rows and not g.hidden), book.grids[0])
    return (Unknown(name, _whole(shown, name), _seen(shown)),)


def _whole(grid: Grid, name: str) -> Span | None:
    if not grid.rows:
        return None
    return Span(name, grid.name, 0, 0, grid.last_row, grid.last_column)


def _seen(grid: Grid) -> str:
    """The first words on the sheet, so that a person knows which one is meant."""
    texts = [c.text for row in grid.rows.values() for c in row.values() if c.text]
    return " | ".join(t[:30] for t in texts[:SEEN_CELLS])
