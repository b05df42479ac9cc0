"""What the reader doubts is asked: formula-without-value."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def formula_without_value(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A formula's result is not stored in the file."""
    return remarks_on(DoubtKind.FORMULA_WITHOUT_VALUE, appraisal)
