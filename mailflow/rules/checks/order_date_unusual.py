"""An order's own date is neither in the future nor more than 30 days old (rulings, 6)."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.dates import OLDEST, stated_day


@check(severity=Severity.WARNING, asked=Asked.SENDER)
def order_date_unusual(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The order's date cannot be read, lies in the future or far back."""
    dated = appraisal.order.order_date
    if dated is None:
        return
    today = facts.business_day
    day = stated_day(appraisal.order, today)
    if day is None:
        yield Remark(at=dated.at, found=dated.text, variant="unreadable")
    elif day > today:
        yield Remark(at=dated.at, found=dated.text, expected=today.isoformat(), variant="future")
    elif today - day > OLDEST:
        yield Remark(at=dated.at, found=dated.text, expected=today.isoformat(), variant="old")
