"""Every line names a product we sell."""

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import normalised
from mailflow.domain.register import Register
from mailflow.rules.cells import product_cell, product_text, word_for
from mailflow.rules.check import Remark, check

LIKENESS = 75
"""Below this a proposal would mislead; likeness only ever proposes, it never books."""

MOST_PROPOSALS = 100
"""A sheet with more unknown lines than this is no order of ours; looking for each is idle."""


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def unknown_product(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line names a product that is not in the catalogue."""
    unknown = [item for item in appraisal.items if not item.candidates]
    names = _names(facts.register) if unknown else {}
    for number, item in enumerate(unknown):
        text = product_text(item.line)
        yield Remark(
            at=product_cell(item.line),
            found=text,
            proposal=_nearest(text, names) if number < MOST_PROPOSALS else "",
            variant="" if text else "nameless",
            details=(("word", word_for(item.line)),),
        )


def _names(register: Register) -> Mapping[str, str]:
    """Every name, alias and code of what is sold, normalised, with the product's own name."""
    active = [p for p in register.products if p.active]
    return {
        normalised(name): p.name
        for p in active
        for name in (p.sku, *p.aliases, p.english_name, p.name)
        if name
    }


def _nearest(text: str, names: Mapping[str, str]) -> str:
    best = process.extractOne(
        normalised(text), list(names), scorer=fuzz.ratio, score_cutoff=LIKENESS
    )
    return names[best[0]] if best else ""
