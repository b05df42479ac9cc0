"""What the reader doubts is asked: table-unclear."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SALES_ADMIN)
def table_unclear(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A second or hidden table cannot be told to be more of the order or another one."""
    return remarks_on(DoubtKind.TABLE_UNCLEAR, appraisal)
