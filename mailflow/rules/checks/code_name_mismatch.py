"""Code, name and pack of a line speak of the same product."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import fits, normalised
from mailflow.rules.cells import product_cell
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def code_name_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line's code and name, or its name and pack, are not of one product."""
    for item in appraisal.items:
        line = item.line
        if disagrees(item) or _unknown_half(item):
            yield Remark(
                at=line.code.at if line.code else product_cell(line),
                found=line.code.text if line.code else "",
                expected=line.name.text if line.name else "",
                proposal=" / ".join(f"{p.sku} {p.name}" for p in item.candidates),
            )
        elif item.product and line.spec and not fits(item.product, None, line.spec.text):
            yield Remark(
                at=line.spec.at, found=line.spec.text, expected=item.product.spec, variant="pack"
            )


def disagrees(item: Item) -> bool:
    """Whether a code that is known stands beside a name of another product."""
    code = item.line.code
    if code is None or item.line.name is None or len(item.candidates) < 2:
        return False
    return any(normalised(code.text) == normalised(p.sku) for p in item.candidates)


def _unknown_half(item: Item) -> bool:
    """One of code and name is ours, the other is nobody's: which of them is the slip?"""
    line = item.line
    if item.product is None or line.code is None or line.name is None:
        return False
    return not (item.code_known and item.name_known)
