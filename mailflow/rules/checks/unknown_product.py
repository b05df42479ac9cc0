"""Every line names a product we sell."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import normalised
from mailflow.domain.register import Register
from mailflow.rules.cells import product_cell, product_text
from mailflow.rules.check import Remark, check

LIKENESS = 75
"""Below this a proposal would mislead; likeness only ever proposes, it never books."""


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def unknown_product(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line names a product that is not in the catalogue."""
    for item in appraisal.items:
        if item.candidates:
            continue
        text = product_text(item.line)
        yield Remark(
            at=product_cell(item.line),
            found=text,
            proposal=_nearest(text, facts.register),
            variant="" if text else "nameless",
        )


def _nearest(text: str, register: Register) -> str:
    active = [p for p in register.products if p.active]
    names = [(n, p.name) for p in active for n in (p.name, p.english_name, *p.aliases, p.sku) if n]
    best = process.extractOne(
        normalised(text),
        [normalised(n) for n, _ in names],
        scorer=fuzz.ratio,
        score_cutoff=LIKENESS,
    )
    return names[best[2]][1] if best else ""
