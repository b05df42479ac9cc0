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
    if appraisal.customer_candidates:
        return
    named = appraisal.order.distributor
    text = " ".join(w.text for w in named)
    yield Remark(
        at=named[0].at if named else None,
        where=appraisal.order.where,
        found=text,
        proposal=_nearest(text, facts.register) if text else "",
        variant="" if text else "nameless",
    )


def _nearest(text: str, register: Register) -> str:
    names = [n for c in register.customers for n in (c.name, *c.aliases)]
    best = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return str(best[0]) if best else ""
