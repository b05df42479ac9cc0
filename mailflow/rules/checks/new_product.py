"""A product that a distributor with settled habits never ordered is looked at by a person."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_cell, product_name
from mailflow.rules.check import Remark, check


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def new_product(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A product this distributor never ordered, though its orders are otherwise always alike."""
    habit = facts.habit(appraisal.customer)
    told: set[str] = set()
    for item in appraisal.items:
        product = item.product
        if product is None or not item.tins or product.sku in told:
            continue
        if habit.is_new(product.sku):
            told.add(product.sku)
            yield Remark(
                at=product_cell(item.line),
                found=product_name(item),
                details=(("orders", str(len(habit.orders))),),
            )
