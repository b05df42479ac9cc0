"""Every stated total is the sum of its lines, in cases, tins and money."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import MOST_TOTALS, TotalOf
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import money, shown
from mailflow.rules.check import Remark, check
from mailflow.rules.sums import agrees, sums_of


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def total_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A total is not the sum of the lines it stands under."""
    totals = appraisal.order.totals
    for total in totals[MOST_TOTALS : MOST_TOTALS + 1]:
        yield Remark(at=total.at, found=total.text, variant="too-many", asked=Asked.SALES_ADMIN)
    for total in totals[:MOST_TOTALS]:
        if total.of in (TotalOf.CASH, TotalOf.EXPENSE):
            continue
        sums = sums_of(total, appraisal)
        if total.number is not None and (not sums or agrees(total, sums, appraisal)):
            continue
        expected = (money if total.of is TotalOf.AMOUNT else shown)(sums[0] if sums else None)
        yield Remark(
            at=total.at,
            found=total.text,
            expected=expected,
            proposal=expected,
            variant=total.of.value if expected else "unreadable",
        )
