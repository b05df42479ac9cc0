"""Values taken out of one row of a master table; a bad one is named by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

Row = Mapping[str, str]
T = TypeVar("T")
_MONTH = pattern(r"(\d{4})-(\d{1,2})(?:-0?1)?(?: 00:00:00)?|(\d{4})年(\d{1,2})月")
_DAY = pattern(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class BadValue:
    """`row` counts from 0 within the rows given."""

    row: int
    column: str
    text: str
    expected: str


class BadRows(Exception):
    """Some rows cannot be used; none was taken."""

    def __init__(self, bad: tuple[BadValue, ...]) -> None:
        super().__init__(f"{len(bad)} bad values")
        self.bad = bad


@dataclass(slots=True)
class RowReader:
    """Takes values out of one row and remembers what was wrong."""

    number: int
    row: Row
    bad: list[BadValue]

    def text(self, column: str) -> str:
        return self.row.get(column, "").strip()

    def needed(self, column: str) -> str:
        return self.text(column) or self.complain(column, "a value", "")

    def money(self, column: str, default: str | None = None) -> Decimal:
        text = self.text(column) or default or ""
        try:
            value = Decimal(text)
        except InvalidOperation:
            return self.complain(column, "an amount such as 168.00", Decimal(0))
        if not value.is_finite() or value < 0 or value != round(value, 2):
            return self.complain(column, "an amount of 0 or more, two decimals", Decimal(0))
        return value

    def month(self, column: str) -> date | None:
        """Its first day; None where nothing is written. A spreadsheet makes a day of a month."""
        text = self.text(column)
        if not text:
            return None
        if written := _MONTH.fullmatch(text):
            with suppress(ValueError):
                return date(int(written[1] or written[3]), int(written[2] or written[4]), 1)
        return self.complain(column, "a month such as 2026-11, or nothing for every month", None)

    def day(self, column: str) -> date | None:
        """None where nothing is written."""
        text = self.text(column)
        if not text:
            return None
        if written := _DAY.fullmatch(text):
            with suppress(ValueError):
                return date(int(written[1]), int(written[2]), int(written[3]))
        return self.complain(column, "a day such as 2026-12-01", None)

    def count(self, column: str) -> int:
        text = self.text(column)
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            return self.complain(column, "a whole number of 1 or more", 1)
        return int(text)

    def word(self, column: str, words: Mapping[str, T], default: T | None = None) -> T | None:
        text = self.text(column).casefold()
        if not text and default is not None:
            return default
        if text in words:
            return words[text]
        return self.complain(column, f"one of {', '.join(words)}", default)

    def mail_address(self, column: str, *, optional: bool = False) -> str:
        text = self.text(column).casefold()
        if not text and optional:
            return ""
        local, at, domain = text.partition("@")
        if not (local and at and domain) or any(
            c.isspace() or c in "<>,;@" for c in local + domain
        ):
            return self.complain(column, "one e-mail address", "")
        return text

    def parts(self, column: str, separators: str) -> tuple[str, ...]:
        text = self.text(column)
        for separator in separators[1:]:
            text = text.replace(separator, separators[0])
        return tuple(dict.fromkeys(p.strip() for p in text.split(separators[0]) if p.strip()))

    def complain(self, column: str, expected: str, instead: T) -> T:
        self.bad.append(BadValue(self.number, column, self.text(column), expected))
        return instead


def each(rows: Iterable[Row], make: Callable[[RowReader], T]) -> tuple[T, ...]:
    bad: list[BadValue] = []
    made = tuple(make(RowReader(number, row, bad)) for number, row in enumerate(rows))
    if bad:
        raise BadRows(tuple(bad))
    return made
