"""From raw bytes to a reading: a mail with its attachments, or a bare workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from mailflow.domain.answer import without_tokens
from mailflow.domain.attached import Refused, RefusedBecause
from mailflow.domain.document import Document, Order, Reading, Unknown
from mailflow.domain.mail import Head, MailKind
from mailflow.domain.naming import KnownNames
from mailflow.domain.only_head import WHOLE, is_only_head
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.body_forms import form_in_words
from mailflow.parsers.body_tables import beside, forwarded_words, may_hold_table, tables_in_words
from mailflow.parsers.containers import UNTYPED, open_containers
from mailflow.parsers.grid import AttachmentRefused, Grid, may_be_order
from mailflow.parsers.kinds.reports import documents_of_book
from mailflow.parsers.mime import Attachment, read_mime
from mailflow.parsers.same_names import told_apart
from mailflow.parsers.uncounted import uncounted_headers
from mailflow.parsers.workbook import Book, read_book

PICTURES = frozenset({"image"})
NO_SHEETS = frozenset({"text/calendar", "text/vcard", "text/x-vcard"}) | frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
SEEN_CELLS = 12
MOST_CELLS, LONGEST_CELL = 300, 500
_MOBILE = re.compile(r"(?<!\d)(1\d{2})[\s-]?\d{4}[\s-]?(\d{4})(?!\d)")


def read_mail(raw: bytes, known: KnownNames) -> Reading:
    """Raises `MailRefused`; everything else that is wrong is said in the reading."""
    mail = read_mime(raw)
    if mail.head.kind is MailKind.OWN:
        return Reading(mail.head, body=mail.body)
    if is_only_head(raw):
        return Reading(mail.head, refused=(Refused("", RefusedBecause.TOO_LARGE, WHOLE),))
    known = known.of_sender(mail.head.sender)
    subject = without_tokens(mail.head.subject)  # chance puts any words and numbers into a token
    documents, refused = _read(worth_reading(mail.attachments), (subject,), known)
    refused = [*mail.refused, *refused]
    attached = [d for d in documents if isinstance(d, Order)]
    words = mail.body
    form = () if attached else form_in_words(mail.bodies, subject)
    if not attached or may_hold_table(mail.bodies):
        found = tables_in_words(mail.bodies, subject, known)
        documents.extend(beside(attached, found.orders))
        if all(isinstance(d, Unknown) for d in documents):
            documents.extend(found.reports)
        refused.extend(found.refused if not documents else ())
        words = found.words if found.orders else words
    told = tuple(_worth_telling(refused, documents))
    passed_on = forwarded_words(mail.bodies, subject)
    read = Reading(mail.head, tuple(documents), told, words, mail.said, passed_on)
    return replace(read, attached=mail.attached, form=form)


def read_file(name: str, raw: bytes, known: KnownNames) -> Reading:
    """A workbook, or an archive of them, without a mail around it."""
    opened = open_containers([Attachment(name, raw, UNTYPED, False, "1")])
    documents, refused = _read(told_apart(opened.attachments), (), known)
    found = tables_in_words(opened.bodies, "", known)
    read = (*documents, *(found.orders or found.reports))
    return Reading(Head(sender=None), read, (*opened.refused, *_worth_telling(refused, read)))


def _read(
    attachments: Sequence[Attachment], hints: Sequence[str], known: KnownNames
) -> tuple[list[Document], list[Refused]]:
    documents: list[Document] = []
    refused: list[Refused] = []
    for attachment in attachments:
        names = (*hints, attachment.within, attachment.name)
        texts = tuple(Written(text) for text in names if text)
        found, refusals = read_attachment(attachment.name, attachment.data, known, texts)
        documents.extend(found)
        refused.extend(refusals)
    return _without_words(documents), refused


def _without_words(documents: Sequence[Document]) -> list[Document]:
    """A text file without any table, as some servers add them, is no document beside others."""
    told = [d for d in documents if not _is_words(d)]
    return list(told or documents)


def _is_words(document: Document) -> bool:
    where = document.where
    return isinstance(document, Unknown) and where is not None and where.right == 0


def _worth_telling(refused: Sequence[Refused], documents: Sequence[Document]) -> list[Refused]:
    """A picture beside a sheet is a logo or a photograph; without one it may be the order."""
    return [r for r in refused if not (documents and r.detail in PICTURES)]


def worth_reading(attachments: Sequence[Attachment]) -> list[Attachment]:
    """All but pictures that belong to a signature and what no person attached as a document."""
    return [
        a
        for a in attachments
        if not (a.inline and a.content_type.startswith("image/"))
        and a.content_type not in NO_SHEETS
    ]


def read_attachment(
    name: str, raw: bytes, known: KnownNames, hints: Sequence[Written]
) -> tuple[tuple[Document, ...], tuple[Refused, ...]]:
    """Orders and reports of a workbook; one unknown document where it holds neither; or why it was
    refused."""
    try:
        book = read_book(raw)
    except AttachmentRefused as refusal:
        return (), (Refused(name, refusal.reason, refusal.detail),)
    if not any(grid.rows for grid in book.grids):
        return (), (Refused(name, RefusedBecause.EMPTY, "no filled cell"),)
    if documents := documents_of_book(book, name, known, hints):
        return documents, ()
    if not all(map(may_be_order, book.grids)):
        return (), (Refused(name, RefusedBecause.TOO_LARGE, "more rows than an order has"),)
    return _unknown(name, book, known), ()


def _unknown(name: str, book: Book, known: KnownNames) -> tuple[Document, ...]:
    shown = next((g for g in book.grids if g.rows and not g.hidden), book.grids[0])
    columns = uncounted_headers(shown, known)
    cells = tuple(_cells(name, book.grids))
    return (Unknown(name, _whole(shown, name), _seen(shown), columns, cells=cells),)


def _cells(name: str, grids: Sequence[Grid]) -> Iterator[Written]:
    """Of the sheets that a person sees, as far as a form has cells."""
    filled = (
        Written(cell.text[:LONGEST_CELL], Place(name, grid.name, row, column))
        for grid in grids
        if not grid.hidden
        for row, cells in sorted(grid.rows.items())
        for column, cell in sorted(cells.items())
        if cell.text
    )
    return islice(filled, MOST_CELLS)


def _whole(grid: Grid, name: str) -> Span | None:
    if not grid.rows:
        return None
    return Span(name, grid.name, 0, 0, grid.last_row, grid.last_column)


def _seen(grid: Grid) -> str:
    """The first words on the sheet, so that a person knows which one is meant. Whose telephones stand
    there is nobody's business who reads a digest: it may be a list of consumers."""
    texts = [c.text for row in grid.rows.values() for c in row.values() if c.text]
    return " | ".join(_MOBILE.sub(r"\1****\2", t[:30]) for t in texts[:SEEN_CELLS])
