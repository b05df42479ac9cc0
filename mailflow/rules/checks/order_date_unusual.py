"""An order's own date is neither in the future nor more than 30 days old (rulings, 6)."""

from collections.abc import Iterator
from datetime import timedelta

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check

OLDEST = timedelta(days=30)


@check(severity=Severity.WARNING, asked=Asked.SENDER)
def order_date_unusual(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The order's date cannot be read, lies in the future or far back."""
    dated = appraisal.order.order_date
    if dated is None:
        return
    today = facts.business_day
    if dated.day is None:
        yield Remark(at=dated.at, found=dated.text, variant="unreadable")
    elif dated.day > today:
        yield Remark(at=dated.at, found=dated.text, expected=today.isoformat(), variant="future")
    elif today - dated.day > OLDEST:
        yield Remark(at=dated.at, found=dated.text, expected=today.isoformat(), variant="old")
