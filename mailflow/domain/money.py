"""Money is `Decimal`, exact to the cent, rounded half up (rulings of the desk: "Money")."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
TENTH = Decimal("0.1")


MOST_DIGITS = 25
"""Before the point: with more of them a number cannot be rounded to cents."""


def to_cents(amount: Decimal) -> Decimal:
    """The amount with two decimals, half up; one beyond all money stays what it is."""
    if amount.adjusted() >= MOST_DIGITS:
        return amount
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def of_cents(number: int) -> Decimal:
    """The amount of whole cents."""
    return Decimal(number).scaleb(-2) if number else ZERO


def line_amount(price: Decimal, tins: int) -> Decimal:
    """What `tins` cost at `price` per tin."""
    return to_cents(price * tins)


def shown(amount: Decimal | None) -> str | None:
    """Two decimals without thousands separators, as the JSON contract wants it."""
    return None if amount is None else f"{to_cents(amount):f}"


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """With one decimal, half up; None of nothing, and of less than nothing."""
    if whole <= 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, rounding=ROUND_HALF_UP)
