"""What the reader doubts is asked: value-unreadable."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def value_unreadable(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A cell holds an error or a number that lost digits."""
    return remarks_on(DoubtKind.VALUE_UNREADABLE, appraisal)
