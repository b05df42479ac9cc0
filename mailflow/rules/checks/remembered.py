"""What was read as a person settled it before is said, with who settled it and when."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.settlement import SettlementKind
from mailflow.rules.check import Remark, check, note
from mailflow.rules.recall import by_number


@check(severity=Severity.ERROR, asked=Asked.SALES_ADMIN)
def remembered(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Something was settled before and used; asked where it was taken back meanwhile."""
    settlements = by_number(facts.settlements)
    for recalled in appraisal.recalled:
        settled = settlements.get(recalled.number)
        if settled is None:
            # Read while it held, decided after a person took it back.
            yield Remark(
                at=recalled.at,
                where=appraisal.order.where,
                found=recalled.found,
                variant="revoked",
                details=(("settlement", f"S{recalled.number}"),),
            )
            continue
        since = settled.since.astimezone(facts.zone).date().isoformat() if settled.since else ""
        details = (("settlement", settled.reference), ("by", settled.by), ("since", since))
        is_column = settled.kind is SettlementKind.COLUMN
        variant = f"column-{settled.means}" if is_column else settled.kind.value
        yield note(
            Remark(
                at=recalled.at,
                found=recalled.found,
                expected=settled.means,
                variant=variant,
                details=details,
            )
        )
