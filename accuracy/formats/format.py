"""What a format is and what it can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from accuracy.book import Book


class Unmade(Exception):
    """A format cannot be written here, because a package is not installed."""


@dataclass(frozen=True)
class Format:
    """`can`: pages (several, hidden), merged, typed, cached (results of formulas), attached, struck.

    A format without `attached` is a table in the mail's body, and `write` gives its markup.
    """

    name: str
    write: Callable[[Book, Random], bytes]
    suffix: str
    can: frozenset[str]
    content_type: str = "application/octet-stream"


SHEETS = frozenset({"pages", "merged", "typed", "attached"})
STRUCK = SHEETS | {"struck"}
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
