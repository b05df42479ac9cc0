"""What the sheet says of the ship-to is what the register says; absent means as registered."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.ship_to import compared


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def ship_to_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Consignee, phone or address differ from the register: never overwritten, never used unasked."""
    if appraisal.customer is None:
        return
    is_new = facts.confirmed.ship_to
    for field in compared(appraisal.order.ship_to, appraisal.customer.ship_to):
        if field.written is None or not field.differs:
            continue
        yield Remark(
            at=field.written.at,
            found=field.written.text,
            expected=field.registered,
            proposal="" if is_new else field.registered,
            variant=f"new-{field.name}" if is_new else field.name,
            asked=Asked.SALES_ADMIN if is_new else None,
        )
