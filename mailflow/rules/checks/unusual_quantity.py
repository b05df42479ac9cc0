"""A quantity that no distributor orders, or not this one, is looked at by a person first."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_name, quantity_cell, shown
from mailflow.rules.check import Remark, check

MOST_CASES = 1_000
"""A full lorry of one product; a figure beyond it is more likely a slip or a misread column."""


FEWEST_MORE = 20
"""Cases beyond the limit of habit below which a surprise costs less than asking."""


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def unusual_quantity(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line orders more cases than any distributor does, or far more than this one ever did."""
    for item in appraisal.items:
        if item.product is None or item.tins is None:
            continue
        cases = item.tins // item.product.tins_per_case
        if cases > MOST_CASES:
            yield Remark(
                at=quantity_cell(item.line),
                found=str(cases),
                expected=str(MOST_CASES),
                details=(("product", product_name(item)),),
            )
    yield from _against_habit(appraisal, facts)


def _against_habit(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """One product on several lines counts together, as it did in the orders before; the largest of
    its lines is where to look."""
    habit = facts.habit(appraisal.customer)
    tins: Counter[str] = Counter()
    largest: dict[str, Item] = {}
    for item in appraisal.items:
        if item.product is not None and item.tins is not None:
            sku = item.product.sku
            tins[sku] += item.tins
            if sku not in largest or item.tins > (largest[sku].tins or 0):
                largest[sku] = item
    for sku, item in largest.items():
        usual = habit.usual(sku)
        assert item.product is not None
        pack = item.product.tins_per_case
        is_told = (item.tins or 0) // pack > MOST_CASES
        if usual is None or is_told or tins[sku] <= usual.limit + FEWEST_MORE * pack:
            continue
        yield Remark(
            at=quantity_cell(item.line),
            found=_cases(tins[sku], pack),
            expected=_cases(usual.median, pack),
            variant="habit",
            details=(
                ("product", product_name(item)),
                ("orders", str(usual.orders)),
                ("most", _cases(usual.most, pack)),
            ),
        )


def _cases(tins: float, pack: int) -> str:
    return shown(round(Decimal(tins) / pack, 1))
