"""An order stays within the credit limit less what is owed."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Funding
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import money
from mailflow.rules.check import Remark, check


@check(severity=Severity.WARNING, asked=Asked.FINANCE)
def over_credit(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """What is owed and this order's cash goods together exceed the credit limit."""
    customer = appraisal.customer
    if customer is None:
        return
    cash = appraisal.amount_of(Funding.CASH)
    owed = facts.owed(customer)
    if cash > 0 and owed + cash > customer.credit_limit:
        yield Remark(
            where=appraisal.order.where,
            found=money(cash),
            expected=money(customer.credit_limit),
            details=(
                ("owed", money(owed)),
                ("excess", money(owed + cash - customer.credit_limit)),
            ),
        )
