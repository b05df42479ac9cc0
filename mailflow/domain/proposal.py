"""A returned order as it would be with everything taken as proposed, kept until its sender says so."""

from __future__ import annotations

from mailflow.domain.document import Order
from mailflow.domain.finding import Finding
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """`changes` are the findings whose proposals were taken; `mail_text` what its sender wrote
    beside the order, which is judged with it."""

    order: Order
    changes: tuple[Finding, ...]
    mail_text: str = ""
