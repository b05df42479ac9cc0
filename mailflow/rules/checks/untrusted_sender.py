"""Only a sender who is proven to be the registered one books goods."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.mail import Trust
from mailflow.rules.check import Remark, check


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def untrusted_sender(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The sender's address is registered, but nothing proves that he wrote the mail."""
    if facts.sender.trust is not Trust.A:
        yield Remark(where=appraisal.order.where, found=facts.sender.address or "")
