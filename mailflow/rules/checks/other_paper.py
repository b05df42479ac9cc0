"""Lists of goods that are not to be sent now are not taken for orders."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.wishes import is_for_another_month, is_other_paper


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def other_paper(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Title, subject or name are those of a stock list, a return, an example, or no order of now."""
    order = appraisal.order
    month = facts.business_day.month
    for written in order.hints:
        if is_other_paper(written.text) or is_for_another_month(written.text, month):
            yield Remark(at=written.at, where=order.where, found=written.text)
            return
