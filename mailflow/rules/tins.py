"""How many tins the quantity cells of a line mean; None where they do not say it together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.register import Product

FLOAT_NOISE = Decimal("1e-9")
"""What a spreadsheet's own arithmetic may leave behind a whole number."""
NOTHING_WRITTEN = ("", "-", "--", "—", "–", "－", "/", "\\", "×", "x")


def is_blank(quantity: Quantity) -> bool:
    """An empty cell, or one with the dash people put where there is nothing."""
    return quantity.number is None and quantity.text.strip() in NOTHING_WRITTEN


def tins_of(quantities: Sequence[Quantity], product: Product) -> int | None:
    """Every filled cell must say the same number of tins, above zero and whole.

    A number without a unit counts where a cell beside it states the unit and only one reading of
    the bare number agrees with that.
    """
    filled = [q for q in quantities if q.text]
    stated = {tins_in(q, product) for q in filled if q.unit is not None}
    if len(stated) != 1:
        return None
    tins = stated.pop()
    if tins is None or tins <= 0:
        return None
    bare = [q for q in filled if q.unit is None]
    return tins if all(unit_beside(q, tins, product) for q in bare) else None


def unit_beside(quantity: Quantity, tins: int, product: Product) -> Unit | None:
    """The one unit in which a bare number says the tins its neighbour says."""
    if quantity.number is None or quantity.loose:
        return None
    fitting = [
        unit
        for unit, size in ((Unit.TINS, 1), (Unit.CASES, product.tins_per_case))
        if quantity.number * size == tins
    ]
    return fitting[0] if len(fitting) == 1 else None


def tins_in(quantity: Quantity, product: Product) -> int | None:
    """Tins of one cell, negative ones too; None where the unit is not stated or it is not whole.

    Cases typed with few decimals (3.1667 cases of 6, or 3.17) are the tins they round to, if that
    is within half a unit of the last decimal written. A whole number of cases never comes of it.
    """
    if quantity.number is None or quantity.unit is None:
        return None
    if quantity.unit is Unit.TINS:
        return _whole(quantity.number, FLOAT_NOISE)
    tins = quantity.number * product.tins_per_case
    if quantity.loose:
        cases = _whole(quantity.number, FLOAT_NOISE)
        if cases is None or is_said_twice(quantity, product):
            return None
        return cases * product.tins_per_case + quantity.loose
    if tins == (whole := int(tins)):
        return whole
    digits = -int(quantity.number.normalize().as_tuple().exponent)
    slack = FLOAT_NOISE
    if digits >= 2:
        slack += Decimal(5).scaleb(-digits - 1) * product.tins_per_case
    return _whole(tins, slack)


def is_said_twice(quantity: Quantity, product: Product) -> bool:
    """`10箱60听` of six a case may be ten cases, or twenty."""
    loose = quantity.loose
    return bool(loose) and quantity.number == Decimal(loose) / product.tins_per_case


def _whole(tins: Decimal, slack: Decimal) -> int | None:
    nearest = tins.to_integral_value()
    return int(nearest) if abs(nearest - tins) <= slack else None
