"""Code, name and pack of a line speak of the same product."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import fits, normalised
from mailflow.domain.sheet import Written
from mailflow.rules.cells import product_cell
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def code_name_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line's code and name, or its name and pack, are not of one product."""
    for item in appraisal.items:
        line = item.line
        if disagrees(item) or _unknown_half(item):
            other = line.name or line.spec
            yield Remark(
                at=line.code.at if line.code else product_cell(line),
                found=line.code.text if line.code else "",
                expected=other.text if other else "",
                proposal=" / ".join(f"{p.sku} {p.name}" for p in item.candidates),
                variant="" if line.name else "code-and-pack",
            )
        elif pack := _foreign_pack(item):
            yield Remark(
                at=pack.at, found=pack.text, expected=item.candidates[0].spec, variant="pack"
            )


def disagrees(item: Item) -> bool:
    """Whether a code that is known stands beside a name or pack of another product."""
    code = item.line.code
    if code is None or len(item.candidates) < 2:
        return False
    if item.line.name is None and item.line.spec is None:
        return False
    return any(normalised(code.text) == normalised(p.sku) for p in item.candidates)


def _unknown_half(item: Item) -> bool:
    """One of code and name is ours, the other is nobody's: which of them is the slip?"""
    line = item.line
    if not item.candidates or line.code is None or line.name is None:
        return False
    return not (item.code_known and item.name_known)


def _foreign_pack(item: Item) -> Written | None:
    """The text whose pack is not that of the one product the line names."""
    if item.product is not None or len(item.candidates) != 1:
        return None
    line = item.line
    if line.spec is not None and not fits(item.candidates[0], None, line.spec.text):
        return line.spec
    return line.name or line.code
