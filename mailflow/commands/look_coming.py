"""What `status` tells of days to come: prices and budgets that the registers hold for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mailflow.domain.coming import MOST_LISTED, coming_budgets, coming_prices
from mailflow.domain.facts import booking_month
from mailflow.domain.register import Register


def coming_told(register: Register, today: date, cut_off: int) -> dict[str, list[dict[str, Any]]]:
    """All of it; amounts are texts, of a budget None where the region has none."""
    budgets = register.budgets
    running = booking_month(today, cut_off)
    return {
        "coming": [
            {
                "sku": p.sku,
                "day": p.day.isoformat(),
                "before": str(p.before),
                "after": str(p.after),
                "for": list(p.whose),
            }
            for p in coming_prices(register, register.customers, today)
        ],
        "coming_budgets": [
            {
                "region": b.region,
                "month": f"{b.month:%Y-%m}",
                "before": None if b.before is None else f"{b.before:.2f}",
                "after": None if b.after is None else f"{b.after:.2f}",
            }
            for b in coming_budgets(budgets, (b.region for b in budgets), running)
        ],
    }


def lines_of_coming(shape: Mapping[str, Any]) -> Iterator[str]:
    """The soonest, as `status` prints them, and how many more there are."""
    for price in shape["coming"][:MOST_LISTED]:
        whose = ", ".join(price["for"]) or "all"
        yield f"from {price['day']} {price['sku']} {price['before']} -> {price['after']} for {whose}"
    yield from _more(shape["coming"], "prices")
    for budget in shape["coming_budgets"][:MOST_LISTED]:
        before, after = (budget[at] or "none" for at in ("before", "after"))
        yield f"from {budget['month']} budget of {budget['region']} {before} -> {after}"
    yield from _more(shape["coming_budgets"], "budgets")


def _more(every: Sequence[Any], what: str) -> Iterator[str]:
    if (more := len(every) - MOST_LISTED) > 0:
        yield f"{more} more {what} are to come: see `mailflow status --json`"
