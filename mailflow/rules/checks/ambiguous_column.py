"""What the reader doubts is asked: ambiguous-column."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def ambiguous_column(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A column cannot be told from another, or holds numbers nobody understands."""
    return remarks_on(DoubtKind.AMBIGUOUS_COLUMN, appraisal)
