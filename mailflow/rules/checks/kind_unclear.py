"""What the reader doubts is asked: kind-unclear."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SALES_ADMIN)
def kind_unclear(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A table may be an order and may be a report, of stock or of what was shipped, say."""
    return remarks_on(DoubtKind.KIND_UNCLEAR, appraisal)
