"""A report as a person looks at it, in the terminal and on a page: the first rows, as texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mailflow.domain.document import AnyReport
from mailflow.domain.money import shown
from mailflow.domain.printable import cleaned
from mailflow.domain.register import Customer
from mailflow.domain.report import Count, ReportRow
from mailflow.domain.value import dataclass
from mailflow.outbox.typeset_words import Words

MOST_ROWS = 20
MOST_CUSTOMERS = 5
LONGEST = 40


@dataclass(frozen=True, slots=True)
class ReportView:
    """`titles` are the fields the report has, `rows` a cell's address with a text for each;
    `left` counts the rows that are not shown. `head` are what labels say, title and text."""

    head: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    left: int
    spoke: tuple[str, ...]
    variant: str
    """What is to be said of the whole in words of its own; empty where there is nothing."""


def report_view(report: AnyReport, words: Words) -> ReportView:
    columns = sorted(report.columns, key=lambda column: column.at.column)
    fields = tuple(dict.fromkeys(column.field for column in columns))
    if any(row.section for row in report.rows[:MOST_ROWS]):
        fields = ("section", *fields)
    rows: Sequence[ReportRow] = report.rows[:MOST_ROWS]
    return ReportView(
        head=tuple(
            (_title(said.field, words), cleaned(said.text, LONGEST)) for said in report.head
        ),
        titles=tuple(_title(field, words) for field in fields),
        rows=tuple(
            (
                report.first_cell(row).address,
                tuple(text_of(getattr(row, field), words) for field in fields),
            )
            for row in rows
        ),
        left=len(report.rows) - len(rows),
        variant=words[f"filled_{report.variant}"] if report.variant else "",
        spoke=tuple(dict.fromkeys(cleaned(s.word, LONGEST) for s in report.spoke if s.weight > 0)),
    )


def customers_said(customers: Sequence[Customer], words: Words) -> str:
    """Of whom a report is: the first few, and how many more."""
    said = [f"{c.code} {cleaned(c.name, LONGEST)}" for c in customers[:MOST_CUSTOMERS]]
    text = words["comma"].join(said)
    left = len(customers) - len(said)
    return f"{text} {words('customers_more', n=left)}" if left else text


def _title(field: str, words: Words) -> str:
    return words["row_section"] if field == "section" else words[f"means_{field.replace('_', '-')}"]


def text_of(value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, Count):
        loose = Decimal(value.loose) if value.loose else None
        said = (
            ("n_cases", value.cases),
            ("n_tins", value.tins if loose is None else loose),
            ("n_units", value.units),
        )
        return " ".join(words(name, n=_plain(n)) for name, n in said if n is not None)
    if isinstance(value, Decimal):
        return shown(value) or ""
    if isinstance(value, date):
        return value.isoformat()
    return cleaned(str(value), LONGEST) if value else ""


def _plain(number: Decimal) -> str:
    return f"{number:,f}"
