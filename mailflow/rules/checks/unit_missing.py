"""Every quantity says whether it counts cases or tins."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.appraise import inferred_unit
from mailflow.rules.cells import product_name, stated
from mailflow.rules.check import Remark, check, note


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def unit_missing(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A quantity states no unit; where only one unit fits the money, that is said."""
    for item in appraisal.items:
        for quantity in stated(item.line):
            if quantity.unit is not None or quantity.number is None:
                continue
            remark = Remark(
                at=quantity.at, found=quantity.text, details=(("product", product_name(item)),)
            )
            unit = inferred_unit(item.line, item.product, appraisal.day) if item.product else None
            if unit is None:
                yield remark
            else:
                yield note(
                    Remark(
                        at=quantity.at,
                        found=quantity.text,
                        variant=f"inferred-{unit}",
                        details=remark.details,
                    )
                )
