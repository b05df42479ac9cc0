"""How many tins the quantity cells of a line mean; None where they do not say it together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.register import Product


def tins_of(quantities: Sequence[Quantity], product: Product) -> int | None:
    """Every filled cell must say the same number of tins, above zero and whole."""
    stated = {tins_in(q, product) for q in quantities if q.text}
    if len(stated) != 1:
        return None
    tins = stated.pop()
    return tins if tins is not None and tins > 0 else None


def tins_in(quantity: Quantity, product: Product) -> int | None:
    """Tins of one cell, negative ones too; None where the unit is not stated or it is not whole.

    Cases typed with few decimals (3.1667 cases of 6) are the tins they round to, if that is
    within half a unit of the last decimal written.
    """
    if quantity.number is None or quantity.unit is None:
        return None
    if quantity.unit is Unit.TINS:
        return _whole(quantity.number, Decimal(0))
    tins = quantity.number * product.tins_per_case
    if quantity.loose:
        return _whole(tins, Decimal(0), quantity.loose)
    digits = -int(quantity.number.normalize().as_tuple().exponent)
    slack = Decimal(0)
    if digits >= 3:
        slack = Decimal(5).scaleb(-digits - 1) * product.tins_per_case
    return _whole(tins, slack)


def _whole(tins: Decimal, slack: Decimal, more: int = 0) -> int | None:
    nearest = tins.to_integral_value()
    return int(nearest) + more if abs(nearest - tins) <= slack else None
