"""A case is one matter that waits on a person."""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.finding import Asked
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`kind` is `order` or `mail`; `subject_id` the order number or the mail's number.

    `region` is empty where nobody can tell: such a case stands in every admin's digest.
    """

    number: str
    kind: str
    subject_id: str
    waits_on: Asked
    region: str
    reason: str
    since: datetime
    state: str = "open"


def case_of_mail(mail_id: int, why: tuple[str, Asked], since: datetime, region: str = "") -> Case:
    """The case of a mail that waits: why, and on whom."""
    reason, waits_on = why
    return Case(
        number=f"M{mail_id}",
        kind="mail",
        subject_id=str(mail_id),
        waits_on=waits_on,
        region=region,
        reason=reason,
        since=since,
    )
