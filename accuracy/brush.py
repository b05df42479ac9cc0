"""A place on a page that moves down while it is written on."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from accuracy.book import Page, Value


@dataclass
class Brush:
    """Where and how to paint; `row` moves down."""

    page: Page
    rng: Random
    row: int = 0
    left: int = 0
    head: str = "beside"
    header: str = "plain"
    sum_up: bool = True
    """Whether a table ends with its total."""
    flat: bool = True
    """Whether nothing but lines stands between the first and the last line."""

    def put(self, column: int, value: Value | None, key: str = "") -> None:
        self.page.put(self.row, self.left + column, value, key)

    def line(self, text: str, width: int) -> None:
        """A text of its own over the whole width."""
        self.put(0, text)
        if width > 1 and self.rng.random() < 0.7:
            self.page.merge(self.row, self.left, self.row, self.left + width - 1)
        self.row += 1
