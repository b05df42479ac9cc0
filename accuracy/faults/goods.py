"""Goods that nobody can find, or that are found twice."""

from __future__ import annotations

from decimal import Decimal

from accuracy.draft import Draft
from accuracy.faults.fault import Fault, Spot, a_line

STRANGE = ("至尊", "金典", "优选", "冠军", "妙味")
UNKNOWN = "unknown-product ambiguous-product code-name-mismatch"


def _unknown_product(draft: Draft) -> None:
    """A series that does not exist, the code too where there is one."""
    spot = a_line(draft)
    ware, texts = spot.row.line.ware, spot.row.texts
    strange = draft.rng.choice(STRANGE)
    texts["name"] = ware.name.replace(ware.series, strange)
    texts["code"] = f"ZZ-{ware.stage}{ware.weight}"
    draft.truth.spoil(spot.order, UNKNOWN, *spot.at("name", "code"))


def _misspelt(draft: Draft) -> None:
    """One sign of the series is wrong: a person guesses, but asks."""
    spot = a_line(draft)
    ware, texts = spot.row.line.ware, spot.row.texts
    wrong = {"臻": "珍", "启": "起", "羊": "洋", "有": "友", "舒": "苏", "金": "全", "牧": "枚"}[
        ware.series[0]
    ]
    texts["name"] = ware.name.replace(ware.series, wrong + ware.series[1:])
    draft.truth.spoil(spot.order, UNKNOWN, *spot.at("name"))


def _inactive(draft: Draft) -> None:
    spot = a_line(draft)
    ware = draft.world.retired[0]
    _becomes(spot, ware.sku, ware.name, ware.spec)
    spot.row.raw["x_per_case"] = ware.per_case
    spot.row.numbers["price"] = ware.price * (ware.per_case if spot.form.hand.per_case_price else 1)
    cases = spot.row.line.cases
    tins = cases * ware.per_case
    spot.row.numbers.update(cases=cases, tins=tins, amount=ware.price * tins)
    draft.truth.spoil(spot.order, "inactive-product unknown-product", *spot.at("name", "code"))


def _becomes(spot: Spot, code: str, name: str, spec: str) -> None:
    spot.row.texts.update(code=code, name=name, spec=spec)


def _code_of_another(draft: Draft) -> None:
    """The code is of another ware than the name; price and pack go with the name."""
    spot = a_line(draft)
    others = [w for w in draft.world.regular if w != spot.row.line.ware]
    spot.row.texts["code"] = draft.rng.choice(others).sku
    spot.row.texts["name"] = spot.row.line.ware.name
    draft.truth.spoil(spot.order, "code-name-mismatch ambiguous-product", *spot.at("name", "code"))


def _pack_left_out(draft: Draft) -> None:
    """The name fits two tins of different weight, and nothing beside it says which."""
    spot = a_line(draft)
    twins = [
        w
        for w in draft.world.regular
        if len([v for v in draft.world.regular if (v.series, v.stage) == (w.series, w.stage)]) > 1
        and w.packless != w.name
    ]
    ware = draft.rng.choice(twins)
    spot.row.texts["name"] = ware.packless
    draft.truth.spoil(spot.order, "ambiguous-product unknown-product", *spot.at("name"))


def _pack_of_another(draft: Draft) -> None:
    """The name ends in one weight, the pack beside it says another."""
    spot = a_line(draft)
    ware = spot.row.line.ware
    spot.row.texts["name"] = ware.name
    others = [w for w in draft.world.regular if w.weight != ware.weight]
    spot.row.texts["spec"] = draft.rng.choice(others).spec
    draft.truth.spoil(
        spot.order, "code-name-mismatch ambiguous-product unknown-product", *spot.at("spec", "name")
    )


def _lost_digits(draft: Draft) -> None:
    """A code of 18 digits was kept as a number: the last digits are gone."""
    spot = a_line(draft)
    spot.row.raw["code"] = Decimal(float(spot.row.line.ware.sku))
    codes = "unknown-product ambiguous-product value-unreadable code-name-mismatch"
    draft.truth.spoil(spot.order, codes, *spot.at("code"))


def _two_in_one(draft: Draft) -> None:
    """One row orders two stages at once: so many of each, or together?"""
    spot = a_line(draft)
    ware = spot.row.line.ware
    other = ware.stage % 3 + 1
    text = draft.rng.choice(("{0}段、{1}段", "{0}段/{1}段", "{0}、{1}段", "{0}段+{1}段"))
    spot.row.texts["name"] = ware.name.replace(f"{ware.stage}段", text.format(ware.stage, other))
    draft.truth.spoil(spot.order, UNKNOWN, *spot.at("name"))


def _other_count(draft: Draft) -> None:
    """The weight is right, the number of tins in a case is not the register's."""
    spot = a_line(draft)
    ware = spot.row.line.ware
    spot.row.texts["name"] = ware.name
    wrong = {6: 12, 12: 6, 24: 12}[ware.per_case]
    spot.row.texts["spec"] = f"{ware.weight}g*{wrong}听/箱"
    codes = "code-name-mismatch ambiguous-product unknown-product cases-tins-mismatch"
    draft.truth.spoil(spot.order, codes, *spot.at("spec", "name"))


def _matrix_product(draft: Draft) -> None:
    spot = a_line(draft)
    ware = spot.row.line.ware
    spot.row.raw["name"] = ware.name.replace(ware.series, draft.rng.choice(STRANGE))
    for order, form in enumerate(draft.forms):
        for row in (r for r in form.rows if r.line.ware == ware):
            row.raw["name"] = spot.row.raw["name"]
            draft.truth.spoil(order, UNKNOWN, row.at("name"))


LINES = frozenset({"columns", "lines"})
NAMED = frozenset({"full names"})
GOODS = (
    Fault("unknown product", _unknown_product, takes=LINES, needs=NAMED),
    Fault("product misspelt", _misspelt, takes=LINES, needs=NAMED | {"no code"}),
    Fault("inactive product", _inactive, takes=LINES, needs=NAMED),
    Fault("code and name disagree", _code_of_another, takes=LINES, needs=NAMED | {"code"}),
    Fault("pack left out", _pack_left_out, takes=LINES, needs=NAMED | {"no code", "no spec", "no price"}, avoids=frozenset({"price", "amount"})),
    Fault("name and pack disagree", _pack_of_another, takes=LINES, needs=NAMED | {"spec"}),
    Fault("two products in one row", _two_in_one, takes=LINES, needs=NAMED | {"no code"}),
    Fault("tins in a case wrong", _other_count, takes=LINES, needs=NAMED | {"spec"}),
    Fault("matrix: unknown product", _matrix_product, takes=frozenset({"matrix"}), needs=frozenset({"no code"})),
    Fault("digits of a code lost", _lost_digits, takes=LINES, needs=frozenset({"code only", "long codes"}), formats="typed"),
)  # fmt: skip
