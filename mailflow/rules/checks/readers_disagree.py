"""What the reader doubts is asked: readers-disagree."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SALES_ADMIN)
def readers_disagree(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Two readers of the file saw different values in a cell."""
    return remarks_on(DoubtKind.READERS_DISAGREE, appraisal)
