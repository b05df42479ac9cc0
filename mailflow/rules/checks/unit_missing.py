"""Every quantity says whether it counts cases or tins."""

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import header_over, product_name
from mailflow.rules.check import Remark, check, note
from mailflow.rules.units import Columns, inferred_unit


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def unit_missing(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A quantity states no unit; where what stands beside it leaves one, that is said."""
    columns = Columns(appraisal.items, appraisal.terms)
    for item in appraisal.items:
        for quantity in item.filled:
            if quantity.unit is not None or quantity.number is None:
                continue
            header = header_over(appraisal.order, quantity.at)
            details = (("product", product_name(item)), ("column0", header))
            remark = Remark(at=quantity.at, found=quantity.text, details=details)
            product = item.product
            unit = product and inferred_unit(item.line, quantity, product, appraisal.terms)
            if unit:
                yield note(replace(remark, variant=f"inferred-{unit}"))
            elif columns.unit_of_others(item) is None:
                yield remark
