"""Cases and tins of a line, where both are given, are the same goods."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import product_name
from mailflow.rules.check import Remark, check
from mailflow.rules.tins import tins_in


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def cases_tins_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Cases times tins a case is not the tins stated beside."""
    for item in appraisal.items:
        if item.product is None or len(item.filled) < 2:
            continue
        product = item.product
        read = [(q, tins_in(q, product)) for q in item.filled]
        known = [(q, tins) for q, tins in read if tins is not None]
        if len({tins for _, tins in known}) < 2:
            continue
        cases = next((tins for q, tins in known if q.unit is Unit.CASES), known[0][1])
        last, _ = known[-1]
        yield Remark(
            at=last.at,
            found=" / ".join(q.text for q, _ in known),
            expected=str(cases),
            details=(("product", product_name(item)), ("per_case", str(product.tins_per_case))),
        )
