"""Quantities that cannot be shipped, or that nobody can be sure of."""

from __future__ import annotations

from decimal import Decimal

from accuracy.book import Error, Formula
from accuracy.draft import Draft
from accuracy.faults.fault import Fault, a_line
from accuracy.form import Number

OUTSIDE = (
    "约{}",
    "{}左右",
    "待定",
    "1e3",
    "{}-{}",
    "{}?",
    "1.2万",
    "若干",
    "{}+5",
    "TBD",
    "同上",
    "半箱",
    "{}箱左右",
    "一些",
)
BAD = "quantity-invalid quantity-missing value-unreadable unit-missing"


def _loose_tins(draft: Draft) -> None:
    spot = a_line(draft)
    size = spot.row.line.ware.per_case
    tins = spot.row.line.tins + draft.rng.randint(1, size - 1)
    cases: Number = (Decimal(tins) / size).quantize(Decimal("0.0001")).normalize()
    if draft.rng.random() < 0.4:
        tins, cases = spot.row.line.tins + size // 2, spot.row.line.cases + Decimal("0.5")
    spot.restate(tins=tins, cases=cases)
    draft.truth.spoil(spot.order, "loose-tins quantity-invalid", *spot.quantity_keys)


def _cases_and_tins(draft: Draft) -> None:
    """`3箱2听` in one cell."""
    spot = a_line(draft)
    size, cases = spot.row.line.ware.per_case, spot.row.line.cases
    loose = draft.rng.randint(1, size - 1)
    spot.restate(tins=cases * size + loose, cases=cases + Decimal(loose) / size)
    text = f"{cases}箱{loose}听"
    spot.row.raw.update(cases=text, tins=text, qty=text)
    draft.truth.spoil(
        spot.order, "loose-tins quantity-invalid value-unreadable", *spot.quantity_keys
    )


def _missing(draft: Draft) -> None:
    spot = a_line(draft)
    spot.row.raw.update(cases=None, tins=None, qty=None, amount=None)
    spot.restate(cases=0)
    draft.truth.spoil(spot.order, "quantity-missing", *spot.quantity_keys)


def _zero(draft: Draft) -> None:
    spot = a_line(draft)
    spot.restate(cases=0)
    spot.row.raw.update(cases=0, tins=0, qty=0)
    draft.truth.spoil(spot.order, "quantity-invalid quantity-missing", *spot.quantity_keys)


def _negative(draft: Draft) -> None:
    spot = a_line(draft)
    spot.restate(cases=-spot.row.line.cases)
    draft.truth.spoil(spot.order, "quantity-invalid", *spot.quantity_keys)


def _outside(draft: Draft) -> None:
    """What only the one who wrote it can turn into a number."""
    spot = a_line(draft)
    unit = spot.form.hand.qty_unit
    number = int(spot.row.numbers["tins" if spot.form.has("tins") else unit])
    text = draft.rng.choice(OUTSIDE).format(number, number + 2)
    spot.row.raw.update(cases=text, tins=text, qty=text)
    draft.truth.spoil(spot.order, BAD, *spot.quantity_keys)


def _unit_missing(draft: Draft) -> None:
    """Nobody says what the numbers count, and no money settles it."""
    order = draft.rng.randrange(len(draft.forms))
    form = draft.forms[order]
    keys = [r.at("qty") for r in form.rows] + [f"{form.key}_header_qty"]
    for number in range(len(draft.forms)):
        draft.truth.spoil(number, "unit-missing", *keys)
        keys = [r.at("qty") for r in draft.forms[number].rows]
    draft.truth.spoil(0, "unit-missing", *(r.at("qty") for r in draft.forms[0].rows))


def _disagree(draft: Draft) -> None:
    """Cases and tins are both whole and say different things."""
    spot = a_line(draft)
    spot.row.numbers["cases"] = spot.row.line.cases + draft.rng.choice((1, 2, 10))
    draft.truth.spoil(spot.order, "cases-tins-mismatch", *spot.quantity_keys)


def _error_cell(draft: Draft) -> None:
    spot = a_line(draft)
    error = Error(draft.rng.choice(("#REF!", "#N/A", "#VALUE!", "#NAME?")))
    spot.row.raw.update(cases=error, tins=error, qty=error)
    draft.truth.spoil(spot.order, BAD + " formula-without-value", *spot.quantity_keys)


def _matrix_loose(draft: Draft) -> None:
    spot = a_line(draft)
    spot.row.raw["qty"] = draft.rng.choice((Decimal("3.5"), Decimal("10.25"), -6))
    draft.truth.spoil(spot.order, "loose-tins quantity-invalid", *spot.quantity_keys)


def _matrix_unit(draft: Draft) -> None:
    """Nobody says what the numbers of a matrix count."""
    for number, form in enumerate(draft.forms):
        draft.truth.spoil(number, "unit-missing", *(r.at("qty") for r in form.rows))


def _hidden_column(draft: Draft) -> None:
    """The column of the quantities, or one of them, is hidden."""
    columns = [c for c in ("cases", "tins", "qty") if draft.forms[0].has(c)]
    hidden = draft.rng.choice(columns)
    for number, form in enumerate(draft.forms):
        draft.hidden_columns.add(f"{form.key}_header_{hidden}")
        keys = (f"{form.key}_header_{hidden}", *(r.at(hidden) for r in form.rows))
        draft.truth.spoil(number, "hidden-quantity", *keys)


def _elsewhere(draft: Draft) -> None:
    """The quantity is looked up in another workbook, and no result was kept."""
    spot = a_line(draft)
    formula = Formula("VLOOKUP(1,[1]Sheet1!A1:B9,2,0)", 0)
    spot.row.raw.update(cases=formula, tins=formula, qty=formula)
    codes = BAD + " formula-without-value readers-disagree"
    draft.truth.spoil(spot.order, codes, *spot.quantity_keys)


LINES = frozenset({"columns", "lines"})
FEW = frozenset({"few lines"})
"""A list of most of the catalogue is a pre-printed form, on which an empty row is no fault."""
NO_MORE = frozenset({"expense", "samples"})
ANY_LINE = frozenset({"columns"})
QUANTITIES = (
    Fault("loose tins", _loose_tins, takes=ANY_LINE, needs=frozenset({"plain quantities"})),
    Fault("cases and loose tins in one cell", _cases_and_tins, takes=ANY_LINE, avoids=frozenset({"plan both", "plan both_swapped"})),
    Fault("quantity missing", _missing, takes=LINES, needs=FEW, avoids=NO_MORE),
    Fault("quantity zero", _zero, takes=LINES, needs=FEW, avoids=NO_MORE),
    Fault("quantity negative", _negative, takes=ANY_LINE, needs=frozenset({"plain quantities"})),
    Fault("quantity outside the grammar", _outside, takes=ANY_LINE, avoids=frozenset({"plan both", "plan both_swapped"})),
    Fault("quantity outside the grammar, matrix", _outside, takes=frozenset({"matrix"})),
    Fault("unit missing", _unit_missing, takes=LINES, needs=frozenset({"plan unitless"})),
    Fault("cases and tins disagree", _disagree, takes=ANY_LINE, needs=frozenset({"plan both"})),
    Fault("matrix: not whole, or negative", _matrix_loose, takes=frozenset({"matrix"})),
    Fault("matrix: unit missing", _matrix_unit, takes=frozenset({"matrix"}), needs=frozenset({"no unit"})),
    Fault("hidden column of quantities", _hidden_column, takes=LINES, formats="pages"),
    Fault("quantity from another workbook", _elsewhere, takes=LINES, formats="uncached"),
    Fault("quantity is an error", _error_cell, takes=ANY_LINE, formats="typed"),
)  # fmt: skip
