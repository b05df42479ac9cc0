"""A report in the terminal: what its labels say, what told its kind, its first rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from mailflow.domain.document import AnyReport
from mailflow.domain.register import Customer
from mailflow.outbox.report_view import customers_said, report_view
from mailflow.outbox.typeset_words import Words


def report_lines(report: AnyReport, customers: Sequence[Customer], words: Words) -> Iterator[Text]:
    """`customers` are those that it is certainly of."""
    view, colon = report_view(report, words), words["colon"]
    if customers:
        yield Text(f"{words['of_customers']}{colon}{customers_said(customers, words)}")
    for title, text in view.head:
        yield Text(f"{title}{colon}{text}")
    yield Text(f"{words['spoke']}{colon}{words['comma'].join(view.spoke)}", "dim")
    yield Text(words("rows_read", n=len(report.rows)), "bold")
    if view.variant:
        yield Text(view.variant)
    for place, texts in view.rows:
        line = Text(f"{place:<6}", "dim")
        said = [(t, x) for t, x in zip(view.titles, texts, strict=True) if x]
        for number, (title, text) in enumerate(said):
            line.append(" · " if number else "", "dim").append(f"{title} ", "dim").append(text)
        yield line
    if view.left:
        yield Text(words("rows_more", n=view.left), "dim")
