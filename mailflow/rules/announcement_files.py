"""What may go with an announcement, and to whom: nothing that runs, nothing of consumers, nothing internal
to anybody outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailflow.domain.announcement import Addressee
from mailflow.domain.attached import Attached
from mailflow.domain.document import Document, Order, Reading, Unknown
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.report import ReportKind
from mailflow.rules.announcement_words import Announced

CODE = "announcement-content"
PERSONAL = (ReportKind.CONSUMERS, ReportKind.CALL_BACKS)
MEGABYTE = 1024 * 1024
MOST_BYTES = 15 * MEGABYTE
"""Of one letter: with what base64 adds, larger mails are refused by many servers."""
MOST_BYTES_IN_ALL = 200 * MEGABYTE
"""Each letter is kept whole until it has left."""
LONGEST_TEXT = 19_000


def content_wrong(
    said: Announced, reading: Reading, people: Sequence[Addressee]
) -> Iterator[Finding]:
    attached = reading.attached
    if not said.title and not said.text and not attached:
        yield _finding("nothing")
    if reading.forwarded or (said.is_cut and not said.text and not said.corrects):
        yield _finding("forwarded")
    if len(reading.body) >= LONGEST_TEXT:
        yield _finding("long", str(LONGEST_TEXT))
    if any(not document.attachment for document in reading.documents):
        # What stands around a table that was read is not all that its sender wrote.
        yield _finding("table")
    yield from (_finding("runs", a.name) for a in attached if a.unfit)
    size = sum(a.size for a in attached)
    if size > MOST_BYTES:
        yield _finding("large", _megabytes(size), _megabytes(MOST_BYTES))
    elif size * len(people) > MOST_BYTES_IN_ALL:
        most = MOST_BYTES_IN_ALL // len(people)
        yield _finding("large-for-many", _megabytes(size), _megabytes(most))
    yield from _outside(said, reading, [p for p in people if not p.is_staff or p.relays])


def _outside(said: Announced, reading: Reading, outside: Sequence[Addressee]) -> Iterator[Finding]:
    """Of what is in it, what some of those may not have to whom it would go."""
    for document in reading.documents:
        if document.kind in PERSONAL:
            yield _finding("personal", document.attachment)
        elif outside and is_internal_sheet(document):
            yield _finding("internal-sheet", document.attachment, _names(outside))
    if said.is_internal and outside:
        yield _finding("internal", "", _names(outside))


def is_internal_sheet(document: Document) -> bool:
    """Registers, money, stock, goods of many: what the desk works with is nobody else's."""
    return not isinstance(document, Order | Unknown)


def files_to_pass(reading: Reading) -> tuple[Attached, ...]:
    """What came with an answer; nothing that runs."""
    mine = tuple(a for a in reading.attached if not a.unfit)
    return mine if sum(a.size for a in mine) <= MOST_BYTES else ()


def _names(people: Sequence[Addressee]) -> str:
    shown = [name for p in people for name in (p.relays or (p.name,))]
    more = f" … {len(shown)}" if len(shown) > 3 else ""
    return "、".join(shown[:3]) + more


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB"


def _finding(variant: str, found: str = "", expected: str = "") -> Finding:
    return Finding(
        CODE, Severity.ERROR, Asked.SENDER, found=found, expected=expected, variant=variant
    )
