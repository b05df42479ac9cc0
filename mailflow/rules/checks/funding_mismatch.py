"""Cash and expense goods are told apart on every line and add up."""

from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Funding, Item
from mailflow.domain.document import Total, TotalOf
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.money import to_cents
from mailflow.domain.register import ProductKind
from mailflow.rules.cells import money, product_cell, product_name
from mailflow.rules.check import Remark, check

FUNDING_OF = {TotalOf.CASH: Funding.CASH, TotalOf.EXPENSE: Funding.EXPENSE}


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def funding_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A funding word is unknown or does not fit its product, or cash and expense do not add up."""
    for item in appraisal.items:
        yield from _of_item(item)
    for total in appraisal.order.totals:
        if total.of in FUNDING_OF:
            yield from _of_total(total, appraisal)


def _of_item(item: Item) -> Iterator[Remark]:
    written = item.line.funding
    if item.product is None:
        return
    at = written.at if written else product_cell(item.line)
    found = written.text if written else ""
    details = (("product", product_name(item)),)
    is_sample = item.product.kind is ProductKind.SAMPLE
    if item.funding is None:
        yield Remark(at=at, found=found, details=details, variant="word")
    elif item.funding is Funding.SAMPLE and not is_sample:
        # Somebody may well have promised it; that is not the sender's to settle.
        yield Remark(at=at, found=found, details=details, variant="gift", asked=Asked.SALES_ADMIN)
    elif is_sample and item.funding is not Funding.SAMPLE:
        yield Remark(at=at, found=found, details=details, variant="sample")


def _of_total(total: Total, appraisal: Appraisal) -> Iterator[Remark]:
    expected = appraisal.amount_of(FUNDING_OF[total.of])
    number = total.number if total.number is not None else Decimal(-1)
    if to_cents(number) != expected:
        yield Remark(
            at=total.at,
            found=total.text,
            expected=money(expected),
            proposal=money(expected),
            variant=f"total-{total.of.value}",
        )
