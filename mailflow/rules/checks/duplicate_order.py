"""The same order is booked once."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import normalised
from mailflow.rules.check import Remark, check

ENDED = ("returned", "closed")


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def duplicate_order(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """An earlier order of this distributor has the same content or the same number."""
    if appraisal.customer is None:
        return
    content = appraisal.fingerprint
    number = normalised(appraisal.order.number.text) if appraisal.order.number else ""
    for earlier in facts.earlier:
        if earlier.distributor != appraisal.customer.code or earlier.state in ENDED:
            continue
        same_content = earlier.fingerprint == content
        if same_content or (number and normalised(earlier.their_number) == number):
            yield Remark(
                where=appraisal.order.where,
                found=earlier.number,
                variant="" if same_content else "number",
                details=(
                    ("received", earlier.received.astimezone(facts.zone).strftime("%Y-%m-%d")),
                ),
            )
            return
