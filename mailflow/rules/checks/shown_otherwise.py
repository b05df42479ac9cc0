"""What the reader doubts is asked: shown-otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.doubts import remarks_on


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def shown_otherwise(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A cell is struck out, cannot be seen, or is shown as another value than it holds."""
    return remarks_on(DoubtKind.SHOWN_OTHERWISE, appraisal)
