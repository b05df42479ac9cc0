"""Which day an order is of: its own where that is certain, else the day it was received."""

from __future__ import annotations

from datetime import date, timedelta

from mailflow.domain.document import Order

OLDEST = timedelta(days=30)
"""An order is not written longer than this before it is sent (rulings of the desk, 6)."""


def stated_day(order: Order, today: date) -> date | None:
    """The order's own date. One without a year, or with day and month in doubt, is the only day it
    can mean in the time before today; None where there are several or none."""
    return order.order_date.day_before(today, OLDEST) if order.order_date else None
