"""Every order says for which distributor it is, and we know him."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.register import Register
from mailflow.rules.check import Remark, check

LIKENESS = 80


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def unknown_distributor(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The distributor is not named, or not in the register."""
    where = appraisal.order.where
    for written in appraisal.strange_names:
        yield Remark(
            at=written.at,
            where=where,
            found=written.text,
            proposal=_nearest(written.text, facts.register),
            details=(("word", written.text),),
        )
    if not appraisal.customer_candidates and not appraisal.strange_names:
        yield Remark(where=where, variant="nameless")


def _nearest(text: str, register: Register) -> str:
    names = [n for c in register.customers for n in (c.name, *c.aliases)]
    best = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return str(best[0]) if best else ""
