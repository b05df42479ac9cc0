"""A decision says what becomes of one document, with the findings that made it so."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import Document
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import MailState
from mailflow.domain.register import Customer
from mailflow.domain.value import dataclass


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    HELD = "held"
    REVIEW = "review"


OUTCOME_OF = {
    Asked.NOBODY: Outcome.ACCEPTED,
    Asked.SENDER: Outcome.RETURNED,
    Asked.SALES_ADMIN: Outcome.REVIEW,
    Asked.FINANCE: Outcome.HELD,
    Asked.MARKETING_GM: Outcome.HELD,
    Asked.OWNER: Outcome.HELD,
}

WORST_FIRST = (Outcome.RETURNED, Outcome.REVIEW, Outcome.HELD, Outcome.ACCEPTED)
"""Several at once: returned before review before held (rulings of the desk, 2)."""

STATE_OF = {
    Outcome.ACCEPTED: MailState.DONE,
    Outcome.RETURNED: MailState.RETURNED,
    Outcome.HELD: MailState.HELD,
    Outcome.REVIEW: MailState.REVIEW,
}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome that a person must see first; accepted when there is none."""
    found = set(outcomes)
    return next((o for o in WORST_FIRST if o in found), Outcome.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """`appraisal` is None for a document that is no order. `customers` are the distributors that a
    report is certainly of."""

    document: Document
    appraisal: Appraisal | None
    findings: tuple[Finding, ...]
    outcome: Outcome
    customers: tuple[Customer, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Who is asked, those of the deciding outcome first, each once."""
        people = [f.asked for f in self.findings if f.asked is not Asked.NOBODY]
        people.sort(key=lambda a: WORST_FIRST.index(OUTCOME_OF[a]))
        return tuple(dict.fromkeys(people))
