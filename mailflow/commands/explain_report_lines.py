"""A report in the terminal: what its labels say, what told its kind, its first rows."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from mailflow.domain.document import AnyReport
from mailflow.outbox.report_view import report_view
from mailflow.outbox.typeset_words import Words


def report_lines(report: AnyReport, words: Words) -> Iterator[Text]:
    view, colon = report_view(report, words), words["colon"]
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
