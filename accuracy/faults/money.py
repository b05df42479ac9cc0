"""Prices, amounts and sums that are not what they should be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from accuracy import painting
from accuracy.book import Formula
from accuracy.draft import Draft
from accuracy.faults.fault import Fault, a_form, a_line
from accuracy.truth import Funding
from accuracy.values import amount


def _price(draft: Draft) -> None:
    """Another price; its amount goes with it, or with the list."""
    spot = a_line(draft)
    numbers = spot.row.numbers
    off = draft.rng.choice((Decimal("-8"), Decimal("5.5"), Decimal("10"), Decimal("-0.1")))
    size = spot.row.line.ware.per_case if spot.form.hand.per_case_price else 1
    numbers["price"] = numbers["price"] + off * size
    if draft.rng.random() < 0.7:
        numbers["amount"] = (spot.row.line.ware.price + off) * numbers["tins"]
    draft.truth.spoil(
        spot.order, "price-mismatch amount-mismatch", *spot.at("price", "case_price", "amount")
    )


def _amount(draft: Draft) -> None:
    spot = a_line(draft)
    spot.row.numbers["amount"] += draft.rng.choice(
        (Decimal("100"), Decimal("-0.5"), Decimal("1000"))
    )
    spot.row.raw["amount"] = amount(spot.row.numbers["amount"], "number")
    draft.truth.spoil(spot.order, "amount-mismatch price-mismatch", *spot.at("amount"))


def _total(draft: Draft) -> None:
    """One sum was typed over."""
    order, form = a_form(draft)
    sums = painting.sums(form, form.rows)
    column = draft.rng.choice(list(sums))
    form.total_raw[column] = sums[column] + draft.rng.choice((1, 6, 12, 100, -2))
    draft.truth.spoil(order, "total-mismatch", f"{form.total}_{column}")


def _stale_amount(draft: Draft) -> None:
    """The quantity was changed by a program that does not calculate: the amount is yesterday's."""
    spot = a_line(draft)
    row = spot.row
    old = row.line.ware.price * (row.line.tins + row.line.ware.per_case * 3)
    formula = Formula(f"{{{row.at('price')}}}*{{{row.at('tins')}}}", old)
    row.raw["amount"] = formula
    row.numbers["amount"] = old
    codes = "amount-mismatch price-mismatch formula-without-value readers-disagree value-unreadable"
    draft.truth.spoil(spot.order, codes, *spot.at("amount"))


def _stale_tins(draft: Draft) -> None:
    """Tins are a formula over cases, with a result of other cases."""
    spot = a_line(draft)
    row = spot.row
    tins = row.line.tins + row.line.ware.per_case * 2
    row.raw["tins"] = Formula(f"{{{row.at('cases')}}}*{row.line.ware.per_case}", tins)
    row.numbers["tins"] = tins
    codes = "cases-tins-mismatch amount-mismatch formula-without-value readers-disagree value-unreadable"
    draft.truth.spoil(spot.order, codes, *spot.quantity_keys)


def _expense_sum(draft: Draft) -> None:
    order, form = a_form(draft)
    form.funding_sums = True
    total = sum(
        (r.numbers["amount"] for r in form.rows if r.line.funding is Funding.EXPENSE), start=0
    )
    form.funding_raw["expense"] = Decimal(total) + draft.rng.choice((100, -50, 6))
    draft.truth.spoil(order, "funding-mismatch total-mismatch", f"{form.total}_expense")


def _over_expense(draft: Draft) -> None:
    order, form = a_form(draft)
    spots = [r for r in form.rows if r.line.funding is Funding.EXPENSE]
    row = spots[0]
    cases = 900
    row.line = replace(row.line, cases=cases)
    tins = cases * row.line.ware.per_case
    row.numbers.update(cases=cases, tins=tins, amount=row.line.ware.price * tins)
    draft.truth.spoil(order, "over-expense")


def _gift(draft: Draft) -> None:
    """A tin that is sold is marked as given away."""
    spot = a_line(draft)
    word = "Gift" if spot.form.hand.english else draft.rng.choice(("赠品", "赠送"))
    spot.row.texts["funding"] = word
    draft.truth.spoil(spot.order, "funding-mismatch", *spot.at("funding"))


def _strange_funding(draft: Draft) -> None:
    spot = a_line(draft)
    spot.row.texts["funding"] = draft.rng.choice(
        ("垫付", "老板特批", "待确认", "返利", "现金+费用")
    )
    draft.truth.spoil(spot.order, "funding-mismatch", *spot.at("funding"))


def _matrix_total(draft: Draft) -> None:
    order, form = a_form(draft)
    form.total_raw["qty"] = int(sum(r.numbers["tins"] for r in form.rows)) + 7
    draft.truth.spoil(order, "total-mismatch", f"{form.total}_qty")


def _over_credit(draft: Draft) -> None:
    draft.truth.spoil(0, "over-credit")


LINES = frozenset({"columns"})
MONEY = (
    Fault("wrong price", _price, takes=LINES, needs=frozenset({"price"})),
    Fault("wrong amount", _amount, takes=LINES, needs=frozenset({"amount"})),
    Fault("wrong total", _total, takes=frozenset({"totals"}), needs=frozenset({"totals"})),
    Fault("stale amount", _stale_amount, takes=LINES, needs=frozenset({"formulas", "price", "amount", "plan tins", "totals"}), formats="cached"),
    Fault("stale tins", _stale_tins, takes=LINES, needs=frozenset({"formulas", "plan both"}), formats="cached"),
    Fault("wrong expense total", _expense_sum, takes=frozenset({"totals"}), needs=frozenset({"expense", "amount", "totals"})),
    Fault("over expense balance", _over_expense, takes=LINES | {"lines"}, needs=frozenset({"expense"})),
    Fault("matrix: wrong total", _matrix_total, takes=frozenset({"matrix totals"}), needs=frozenset({"totals"})),
    Fault("over credit limit", _over_credit, needs=frozenset({"poor dealer"})),
    Fault("goods marked as gift", _gift, takes=LINES | {"lines"}, needs=frozenset({"funding"})),
    Fault("unknown funding word", _strange_funding, takes=LINES | {"lines"}, needs=frozenset({"funding"})),
)  # fmt: skip
