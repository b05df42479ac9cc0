"""A correction or cancellation of an earlier order is never booked as a further order."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.wishes import cancels, corrects


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def amendment(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Subject, file, sheet or remark says that an earlier order is changed or cancelled."""
    order = appraisal.order
    for written in (*order.hints, *order.remarks):
        if cancels(written.text):
            yield Remark(at=written.at, where=order.where, found=written.text, variant="cancels")
            return
        if corrects(written.text) and not _mends_a_returned_one(appraisal, facts):
            yield Remark(at=written.at, where=order.where, found=written.text)
            return


def _mends_a_returned_one(appraisal: Appraisal, facts: Facts) -> bool:
    """Whether this distributor's last order was returned: then mending it is what was asked."""
    if facts.corrects:
        return True
    if appraisal.customer is None:
        return False
    own = [e for e in facts.earlier if e.distributor == appraisal.customer.code]
    return bool(own) and max(own, key=lambda e: e.received).state == "returned"
