"""Ways of writing after which one reasonable person asks and another does not; both are right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from accuracy.draft import Draft
from accuracy.faults.fault import a_line
from accuracy.form import Heading
from accuracy.mails import Part
from accuracy.truth import TrueLine


@dataclass(frozen=True)
class Debatable:
    """As a fault: `needs` go into the choices, `takes` must be among the layout's offers."""

    name: str
    apply: Callable[[Draft], None]
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset({"columns", "lines"})
    formats: str = "any"


def _code_as_number(draft: Draft) -> None:
    """Codes of digits were typed as numbers: zeros in front, or the last digits, are gone."""
    for form in draft.forms:
        for row in form.rows:
            if row.texts["code"].isdigit():
                row.raw["code"] = int(float(row.texts["code"]))


def _code_in_name(draft: Draft) -> None:
    """Code and name stand in one cell."""
    for form in draft.forms:
        for row in form.rows:
            row.texts["name"] = f"{row.line.ware.sku} {row.line.ware.name}"


def _same_line_again(draft: Draft) -> None:
    """One product stands in two lines of the same funding: both, or a slip?"""
    spot = a_line(draft)
    form, row = spot.form, spot.row
    again = replace(row, key=f"{form.key}again", numbers=dict(row.numbers), texts=dict(row.texts))
    form.rows.append(again)
    order = form.order
    line = TrueLine(row.line.ware, row.line.cases, row.line.funding)
    orders = list(draft.truth.orders)
    orders[spot.order] = replace(order, lines=(*order.lines, line))
    draft.truth.orders = tuple(orders)


def _twin_column(draft: Draft) -> None:
    """Two columns of the same word that say the same."""
    for form in draft.forms:
        heading = next(h for h in form.headings if h.field in ("cases", "tins", "qty"))
        source = form.hand.qty_unit if heading.field == "qty" else heading.field
        twin = Heading("twin", heading.word, key=f"{form.key}_header_twin")
        form.headings.insert(form.headings.index(heading) + 1, twin)
        for row in form.rows:
            row.raw["twin"] = row.numbers[source]


def _short_day(draft: Draft) -> None:
    """`26.11.6`, `11/6`: a person guesses rightly."""
    for form in draft.forms:
        label, day = form.label("day"), form.order.day
        if label:
            label.value = draft.rng.choice(
                (
                    f"{day.year % 100}.{day.month}.{day.day}",
                    f"{day.month}.{day.day}",
                    f"{day.month}/{day.day}",
                )
            )


def _other_in_subject(draft: Draft) -> None:
    """The subject still names the distributor of the mail before."""
    ordered = {o.dealer for o in draft.orders}
    other = draft.rng.choice([d for d in draft.world.dealers if d not in ordered])
    draft.hints["subject"] = other.aliases[0]


def _total_in_words(draft: Draft) -> None:
    """The mail says how many cases there are, and it is so."""
    cases = sum(x.cases for o in draft.orders for x in o.lines)
    draft.body = draft.rng.choice(
        ("附件订单共计{}箱，请查收。", "本次订货合计{}箱，请安排。")
    ).format(cases)


def _paper_beside(draft: Draft) -> None:
    """A bank's paper hangs beside the order."""
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    draft.beside.append(Part("打款凭证.pdf", "2047 utf-8", "application/pdf", data))


def _summary_sheet(draft: Draft) -> None:
    """A second sheet adds the same order up once more."""
    draft.choices.need.add("summary sheet")


LINES = frozenset({"columns", "lines"})
DEBATABLE = (
    Debatable("code as a number", _code_as_number, needs=frozenset({"full names", "code", "digit codes"}), formats="typed"),
    Debatable("code in the name's cell", _code_in_name, needs=frozenset({"full names", "no code"})),
    Debatable("same line again", _same_line_again),
    Debatable("two equal quantity columns", _twin_column),
    Debatable("day without a full year", _short_day, needs=frozenset({"day"}), takes=LINES | {"labels"}),
    Debatable("another distributor in the subject", _other_in_subject, takes=LINES | {"labels"}),
    Debatable("total in the mail's text", _total_in_words, takes=LINES | {"labels"}, formats="attached"),
    Debatable("a paper beside the order", _paper_beside, takes=LINES | {"labels"}, formats="attached"),
    Debatable("summary sheet", _summary_sheet, takes=LINES | {"labels"}, formats="pages"),
)  # fmt: skip
