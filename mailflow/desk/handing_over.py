"""What is asked of an open order when its distributor has another manager or another region (S9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailflow.desk.people import Desk
from mailflow.desk.reminders import Unanswered, letter_again
from mailflow.desk.returned import Uncorrected, letter_handed_over
from mailflow.domain.access import ROLE_OF, may_for
from mailflow.domain.access_table import Action
from mailflow.domain.asking import Asking, Urging
from mailflow.domain.effect import Ask, Effect, Relocate, VoidQuestion
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Finding
from mailflow.domain.mail import Origin, Trust
from mailflow.domain.order import BookedOrder, Listed
from mailflow.domain.question import Question, QuestionKind
from mailflow.domain.register import Customer, Register
from mailflow.domain.value import dataclass

PASSED_ON = (QuestionKind.APPROVAL, QuestionKind.CALL_BACK)
"""What goes with the region. A supplementary list that was asked about stays with who was asked: it
is sent from the warehouse of the order's day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An open order of a distributor that moved, as it is kept; `customer` and `register` are those
    of now. `questions` are the open ones of its newest revision, `every` all that were ever put.
    `closes`: after which instant it is closed where nobody corrects it."""

    order: BookedOrder
    customer: Customer
    register: Register
    questions: tuple[Question, ...]
    every: tuple[Question, ...]
    findings: tuple[Finding, ...]
    origin: Origin
    asking: Asking
    closes: datetime
    listed: Listed
    language: str = "zh"

    @property
    def as_now(self) -> BookedOrder:
        """For letters: with the people and the region of now, its goods and its ship-to as kept."""
        return replace(self.order, customer=self.customer)

    @property
    def is_elsewhere(self) -> bool:
        before = self.order.customer
        return before is not None and before.region != self.customer.region


def effects_of_moved(moved: Moved) -> Iterator[Effect]:
    """Each question goes to whoever has that part now; who has it still keeps it."""
    if moved.is_elsewhere:
        yield Relocate(moved.order.number, moved.customer.region)
    for question in moved.questions:
        if question.kind is QuestionKind.CORRECTION:
            yield from _to_the_manager(question, moved)
        elif moved.is_elsewhere and question.kind in PASSED_ON:
            yield from _to_the_region(question, moved)


def _to_the_manager(question: Question, moved: Moved) -> Iterator[Effect]:
    register, address = moved.register, moved.customer.regional_manager
    if may_correct(question.address, moved.customer, register):
        return
    uncorrected = Uncorrected(
        order=moved.as_now,
        findings=moved.findings,
        origin=moved.origin,
        question=None,
        closes=moved.closes,
        register=register,
        language=moved.language,
    )
    letter = letter_handed_over(uncorrected)
    if letter is not None:
        yield VoidQuestion(question, f"moved on to {address}")
        yield Ask(replace(question, id=None, token="", address=letter.to[0]), letter)


def may_correct(address: str, customer: Customer, register: Register) -> bool:
    """Whether somebody orders for that distributor, by the register of now."""
    people, customers = register.person(address), register.customers_of(address)
    return may_for(Sender(address, Trust.A, people, customers), Action.ORDER, customer, register)


def _to_the_region(question: Question, moved: Moved) -> Iterator[Effect]:
    register, region = moved.register, moved.customer.region
    role = ROLE_OF[question.role]
    mine = {p.email.casefold() for p in register.people(role, region)}
    person = Desk(register).asked(question.role, region, moved.origin.sender)
    if question.address.casefold() in mine or person is None:
        return
    unanswered = Unanswered(
        question=question,
        order=moved.as_now,
        findings=moved.findings,
        questions=moved.every,
        sender=moved.origin.sender,
        register=register,
        asking=moved.asking,
        language=moved.language,
        listed=moved.listed,
    )
    yield VoidQuestion(question, f"moved on to {person.email}")
    letter = letter_again(unanswered, None, replace(person, role=role), Urging.HANDOVER, "handover")
    yield Ask(replace(question, id=None, token="", address=person.email), letter)
