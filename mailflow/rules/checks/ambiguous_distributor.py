"""Every order is for one distributor, not for several."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def ambiguous_distributor(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """What the sheet says of its distributor may mean several."""
    if len(appraisal.customer_candidates) < 2:
        return
    stated = appraisal.order.distributor
    named = stated or appraisal.order.hints
    yield Remark(
        at=named[0].at if named else None,
        where=appraisal.order.where,
        found=" / ".join(w.text for w in named),
        expected=" / ".join(f"{c.code} {c.name}" for c in appraisal.customer_candidates[:5]),
        details=(("word", stated[0].text),) if len(stated) == 1 else (),
    )
