"""A settlement is what a person settled about one sender's sheets: kept, used next time, revocable.

It says what nothing in the sheet says. Where code, name or header speak clearly they are believed,
and where they contradict it, that is asked as if nothing had been settled.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from mailflow.domain.pattern import pattern
from mailflow.domain.printable import cleaned
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass

_NTH = pattern(r"(.*\S)\s*[#＃]([1-9])", re.DOTALL)


def which_column(said: str) -> tuple[str, int]:
    """`数量#2` is the second column of that word from the left; 0 where only the word is said."""
    match = _NTH.fullmatch(said)
    return (match[1], int(match[2])) if match else (said, 0)


class SettlementKind(StrEnum):
    COLUMN = "column"
    """What a column of his tables counts."""
    PRODUCT = "product"
    """Which product he means by a word."""
    DISTRIBUTOR = "distributor"
    """Which distributor he means by a word."""


class ColumnMeans(StrEnum):
    CASES = "cases"
    TINS = "tins"
    IGNORED = "ignored"
    """It orders nothing, whatever stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """`said` is the word as the person wrote it, `key` as it is compared; `means` a `ColumnMeans`, a
    SKU or a distributor's code. A column's `around` are the compared words of the whole header, in
    alphabetical order: over other columns the word may mean something else. Of one of several
    columns with the same word `key` says which (`数量#2`), and `around` are the words as they stand.
    """

    sender: str
    kind: SettlementKind
    said: str
    key: str
    means: str
    reason: str
    by: str
    around: tuple[str, ...] = ()
    number: int = 0
    since: datetime | None = None

    @property
    def reference(self) -> str:
        """What `mailflow show settlement` and `mailflow forget` take."""
        return f"S{self.number}"


@dataclass(frozen=True, slots=True)
class SettledColumn:
    """A column's settlement as the reader needs it. Without `around` it holds under any header.
    `nth` is the column's place among those with the same word, from 1; 0 where it has none beside it.
    """

    number: int
    key: str
    means: ColumnMeans
    around: tuple[str, ...] = ()
    nth: int = 0


@dataclass(frozen=True, slots=True)
class HeaderSeen:
    """A header of a table: its words as written and as compared, and where it stands. `around` are
    its compared words in alphabetical order, `in_order` as they stand. `key` is the wanted word as
    compared, `columns` how many it stands over."""

    place: str
    words: tuple[str, ...]
    around: tuple[str, ...]
    in_order: tuple[str, ...]
    key: str
    columns: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """Where a settlement was used, and on which words."""

    number: int
    found: str
    at: Place | None = None


def number_in(reference: str) -> int | None:
    """`S12` and `12` are 12; None for anything else."""
    bare = reference.strip().removeprefix("S").removeprefix("s")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 9 else None


TAUGHT = frozenset(
    {"ambiguous-column", "unit-missing", "unknown-product", "ambiguous-product"}
    | {"unknown-distributor", "ambiguous-distributor", "unknown-document"}
)
"""Codes of findings that a person can settle once for all sheets of a sender."""


def next_steps(
    code: str, details: Mapping[str, str], sender: str | None, mail_id: int | None = None
) -> tuple[str, ...]:
    """The commands that settle a finding, one for each column; only the choice itself is left to
    the person. Words of a sheet are quoted, so that no shell takes them for anything else.

    A column is looked for in the mail `mail_id`, where that is known: its header is meant.
    """
    if code not in TAUGHT or not sender:
        return ()
    teach = f"mailflow teach {shlex.quote(sender)}"
    if code in ("ambiguous-column", "unit-missing", "unknown-document"):
        mail = f" --mail {mail_id}" if mail_id else ""
        words = dict.fromkeys(v for k, v in details.items() if k.startswith("column") and v)
        return tuple(
            f"{teach} --column {shlex.quote(cleaned(word))} --means cases/tins/ignored{mail}"
            " --reason ..."
            for word in words
        )
    if not (word := details.get("word", "")):
        return ()
    what = "distributor CODE" if code.endswith("distributor") else "product SKU"
    return (f"{teach} --word {shlex.quote(cleaned(word))} --{what} --reason ...",)
