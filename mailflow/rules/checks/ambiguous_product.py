"""Every line names one product, not several."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_cell, product_text, word_for
from mailflow.rules.check import Remark, check
from mailflow.rules.checks.code_name_mismatch import disagrees


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def ambiguous_product(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line's texts may mean several products, or name and pack disagree."""
    for item in appraisal.items:
        if len(item.candidates) > 1 and not disagrees(item):
            yield Remark(
                at=product_cell(item.line),
                found=_found(item),
                expected=" / ".join(p.name for p in item.candidates),
                details=(("word", word_for(item.line)),),
            )


def _found(item: Item) -> str:
    spec = item.line.spec
    return f"{product_text(item.line)} {spec.text if spec else ''}".strip()
