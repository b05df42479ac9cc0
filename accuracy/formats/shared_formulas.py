"""Formulas of a column that are alike: written once, and then only referred to."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from accuracy.book import Formula, Page, address


@dataclass
class SharedFormulas:
    """Formulas of a column that are alike are written once, with the rows they hold for."""

    page: Page
    first: dict[int, tuple[int, str]] = field(default_factory=dict)

    def markup(self, row: int, column: int, formula: Formula) -> str:
        text = self.page.formula(formula)
        pattern = text.replace(str(row + 1), "#")
        known = self.first.get(column)
        if known is None:
            span = [r for r in range(row, row + 500) if self._alike(r, column, pattern)]
            until = row
            while until + 1 in span:
                until += 1
            if until > row:
                self.first[column] = (until, pattern)
                ref = f"{address(row, column)}:{address(until, column)}"
                return f'<@f t="shared" ref="{ref}" si="{column}">{escape(text)}</@f>'
        elif row <= known[0] and pattern == known[1]:
            return f'<@f t="shared" si="{column}"/>'
        return f"<@f>{escape(text)}</@f>"

    def _alike(self, row: int, column: int, pattern: str) -> bool:
        value = self.page.cells.get((row, column))
        if not isinstance(value, Formula):
            return False
        return self.page.formula(value).replace(str(row + 1), "#") == pattern
