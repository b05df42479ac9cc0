"""Where in a mail a header has a word, found as the reader of orders finds headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.naming import KnownNames
from mailflow.domain.settlement import ColumnMeans, HeaderSeen, SettledColumn
from mailflow.parsers.body_tables import grids_of_words
from mailflow.parsers.grid import AttachmentRefused, Grid, may_be_order
from mailflow.parsers.headers import headers_in
from mailflow.parsers.mime import ParsedMail, read_mime
from mailflow.parsers.page import Page
from mailflow.parsers.reader import worth_reading
from mailflow.parsers.settled_columns import header_words, words_in_order
from mailflow.parsers.vocabulary import key
from mailflow.parsers.workbook import read_book

MOST_HEADERS = 50


def headers_of(raw: bytes, header: str, known: KnownNames) -> list[HeaderSeen]:
    """The headers of all tables in a mail, of which some hold the word; found as if it counted
    cases, since a table whose only quantity nobody understands is none. Raises `MailRefused`.
    """
    word = key(header)
    trial = (SettledColumn(0, word, ColumnMeans.CASES, nth=nth) for nth in (0, 1))
    known = replace(known, settled=tuple(trial))
    seen = (s for name, grid in _grids(read_mime(raw)) for s in _seen(name, grid, known, header))
    return [one for one, _ in zip(dict.fromkeys(seen), range(MOST_HEADERS), strict=False)]


def _grids(mail: ParsedMail) -> Iterator[tuple[str, Grid]]:
    for attachment in worth_reading(mail.attachments):
        try:
            grids = read_book(attachment.data).grids
        except AttachmentRefused:
            continue
        yield from ((attachment.name, grid) for grid in grids if may_be_order(grid))
    for grid in grids_of_words(mail.bodies, mail.head.subject):
        yield "", grid


def _seen(name: str, grid: Grid, known: KnownNames, header: str) -> Iterator[HeaderSeen]:
    page = Page(grid, name, known)
    for found in headers_in(page):
        texts = found.row_texts
        yield HeaderSeen(
            place=f"{name} {page.place(found.top, found.left)}".strip(),
            words=tuple(text for _, text in sorted(texts.items())),
            around=header_words(texts),
            in_order=words_in_order(texts),
            key=key(header),
            columns=sum(key(text) == key(header) for text in texts.values()),
        )
