"""The history as a chain: each of its rows bears a link made of the row before and of its own words.

Whoever changes, removes, moves or inserts a row breaks every link after it (reliability Z08). Whoever
makes all later links anew as well is found by a seal that was told before and lies where he cannot
reach it: in the digests that were sent.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

BEGINNING = ""
"""What the first row is linked to."""
SHOWN = 20
"""Hexadecimal digits of a link that a letter tells: nobody finds another history with the same."""
_TOLD = pattern(r"\s*([0-9]{1,18})\s*[-:]\s*([0-9a-f\s]{1,100})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of the history as it is kept; `at` in microseconds since 1970 UTC."""

    id: int
    at: int
    kind: str
    subject_id: str
    before: str
    after: str
    by: str
    reason: str
    link: str


@dataclass(frozen=True, slots=True)
class Seal:
    """How far a history went, as a letter tells it: `1234-3f2a9c1b7d0e55aa3f2a`."""

    id: int
    link: str

    def __str__(self) -> str:
        return f"{self.id}-{self.link[:SHOWN]}"


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a history is not what it was: the first row that does not fit, None where rows are missing
    that were told of."""

    id: int | None
    after: int | None
    """The last row before it, where there is one."""


def link_of(previous: str, words: tuple[int | str, ...]) -> str:
    """The link of a row after one whose link is `previous`; `words` as they are kept, `at` to `reason`.

    This is the form of the chain for ever: another one would be another chain.
    """
    said = json.dumps([previous, *words], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def seal_told(text: str) -> Seal | None:
    """A seal as a person copied it from a letter; None where it is none."""
    match = _TOLD.fullmatch(text)
    if match is None:
        return None
    link = "".join(match[2].split()).casefold()
    return Seal(int(match[1]), link) if len(link) >= SHOWN else None


def breaks(rows: Iterable[Noted], told: Iterable[Seal] = ()) -> Iterator[Broken]:
    """Where a history, in the order of its ids, is broken, and which seals it does not bear out.

    After a break the chain is taken up again, so that each place is named once.
    """
    seals = {seal.id: seal.link for seal in told}
    previous, before = BEGINNING, None
    for row in rows:
        words = (row.at, row.kind, row.subject_id, row.before, row.after, row.by, row.reason)
        is_right = link_of(previous, words) == row.link
        promised = seals.pop(row.id, None)
        if not is_right or (promised is not None and not row.link.startswith(promised)):
            yield Broken(row.id, before)
        previous, before = row.link, row.id
    for _ in seals:
        yield Broken(None, before)
