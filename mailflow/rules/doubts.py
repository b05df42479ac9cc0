"""The reader's doubts become remarks of the check that is named as the doubt."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import DoubtKind
from mailflow.rules.check import Remark


def remarks_on(kind: DoubtKind, appraisal: Appraisal) -> Iterator[Remark]:
    for doubt in appraisal.order.doubts:
        if doubt.kind is kind:
            yield Remark(
                at=doubt.at,
                where=appraisal.order.where,
                found=doubt.found,
                expected=doubt.expected,
                variant="rivals" if doubt.expected else "",
                details=tuple((f"column{n}", text) for n, text in enumerate(doubt.headers)),
            )
