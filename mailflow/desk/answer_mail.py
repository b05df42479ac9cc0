"""An answer as it is weighed: whose it is, to which question, and whether it decides anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import assert_never

from mailflow.domain.access import may_decide
from mailflow.domain.answer import TAKING, Said, Word
from mailflow.domain.asking import Asking
from mailflow.domain.at_hand import AtHand
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, Origin
from mailflow.domain.notice_asked import Verdict
from mailflow.domain.order import BookedOrder, Listed, OrderState
from mailflow.domain.question import Filed, Question, QuestionKind, QuestionState
from mailflow.domain.value import dataclass
from mailflow.rules.loose_reason import says_more

WAITING = (OrderState.HELD, OrderState.REVIEW)
RETURNED = (OrderState.RETURNED,)
LISTED = (OrderState.ACCEPTED,)
WITH_REASON = (Word.REFUSE, Word.LOOSE)
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class AnswerMail:
    """Everything the desk needs: the mail, the question it was filed to, and the books of it.

    `questions` are all that were ever put about the order; `origin` is the mail it came in.
    """

    mail_id: int
    head: Head
    said: Said
    facts: Facts
    filed: Filed
    order: BookedOrder
    questions: tuple[Question, ...]
    origin: Origin
    today: date
    before: BookedOrder | None = None
    """The revision with the warehouse that the order amends."""
    language: str = "zh"
    asking: Asking = field(default_factory=Asking)
    has_left: bool = False
    """Goods of the order are under way."""
    listed: Listed = Listed.OUT
    at_hand: AtHand = field(default_factory=AtHand)
    """What it may get, where a yes lets it go."""
    supplied: Mapping[str, BookedOrder] = field(default_factory=dict)
    """The supplementary lists of what a yes ends, with the lines that each sends: of `before`, or
    of the order that is to be called back."""

    @property
    def question(self) -> Question:
        return self.filed.question

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""

    @property
    def word(self) -> Word | None:
        """A yes to proposals takes them, and a yes to a cancellation cancels; where more than one
        thing is offered it says nothing."""
        word, allowed = self.said.word, self.question.allowed
        if word is Word.AGREE and self.question.cancels and self.said.ships:
            return None
        is_either = sum(w in allowed for w in TAKING) > 1
        offered = () if is_either else (Word.ACCEPT, Word.CANCEL)
        meant = next((w for w in offered if w in allowed), Word.AGREE)
        return meant if word is Word.AGREE else word

    @property
    def reason(self) -> str:
        """Why loose tins are wanted: behind the word, and below it."""
        return " ".join(filter(None, (self.said.reason, *self.besides)))[:LONGEST_REASON].strip()

    @property
    def besides(self) -> tuple[str, ...]:
        """What stands below the word, without the name he signs with."""
        people = self.facts.sender.people
        names = {p.name.strip().casefold() for p in people} | {
            c.name.strip().casefold() for c in self.facts.sender.customers
        }
        return tuple(line for line in self.said.besides if line.strip().casefold() not in names)

    @property
    def successor(self) -> Question | None:
        """The question that this one moved on to, where that is still open."""
        mine = self.question
        later = (
            q for q in self.questions if q.is_another_of(mine) and (q.id or 0) > (mine.id or 0)
        )
        return next((q for q in later if q.state is QuestionState.OPEN), None)

    @property
    def awaited(self) -> tuple[Question, ...]:
        """Whose yes is still needed besides this one."""
        return tuple(
            q
            for q in self.questions
            if q.revision == self.order.revision
            and q.role is not Asked.SENDER
            and q.id != self.question.id
            # What moved on to a deputy is awaited of him.
            and q.state is not QuestionState.SUPERSEDED
            and not (q.state is QuestionState.USED and q.answer is Word.AGREE)
        )


def verdict_of(mail: AnswerMail) -> Verdict:
    """Only the person asked decides, once, in time, in one word, about the very revision."""
    question, order = mail.question, mail.order
    waits = waits_of(question)
    if mail.filed.is_torn:
        return Verdict.TORN
    if not question.is_put_to(mail.address) or not _has_part(mail):
        return Verdict.NOT_YOURS
    if question.state is QuestionState.USED:
        return Verdict.ALREADY
    is_outdated = question.revision != order.revision or order.state not in waits
    if question.state is QuestionState.SUPERSEDED and not is_outdated and mail.successor:
        return Verdict.MOVED
    if question.state is QuestionState.SUPERSEDED or is_outdated:
        return Verdict.SUPERSEDED
    if question.state is QuestionState.EXPIRED or question.is_late(mail.facts.received):
        return Verdict.EXPIRED
    word = mail.word
    is_change = mail.before is not None and order.state in WAITING and word is Word.AGREE
    if mail.has_left and (question.cancels or is_change):
        return Verdict.TOO_LATE
    if word not in question.allowed or (mail.besides and word not in WITH_REASON):
        # Below a no stands its reason; below a yes, a condition.
        return Verdict.UNCLEAR
    if word is Word.LOOSE and (not mail.reason or says_more(mail.reason, order.lines)):
        return Verdict.UNREASONED
    if word in TAKING:
        return Verdict.ACCEPTED
    if question.cancels:
        return Verdict.CALLED_BACK if word is Word.CANCEL else Verdict.KEPT
    if word is Word.REFUSE:
        return Verdict.REFUSED
    return Verdict.NOTED if mail.awaited else Verdict.AGREED


def waits_of(question: Question) -> tuple[OrderState, ...]:
    """In which state an order is while a question about it can be answered."""
    match question.kind:
        case QuestionKind.SUPPLY | QuestionKind.CALL_BACK:
            return LISTED
        case QuestionKind.CORRECTION:
            return RETURNED
        case (
            QuestionKind.REGISTER
            | QuestionKind.ANNOUNCEMENT
            | QuestionKind.REQUEST
            | QuestionKind.SENDER_PROOF
        ):
            return ()
        case QuestionKind.APPROVAL:
            return WAITING
        case unknown:
            assert_never(unknown)


def _has_part(mail: AnswerMail) -> bool:
    """Whoever lost the part in which he was asked, or stands in for nobody who has it any more,
    decides nothing."""
    register, question = mail.facts.register, mail.question
    if question.role is Asked.SENDER:
        # What he may order is judged with the order.
        return True
    whose = (question.address, *mail.asking.stands_in_for(question.address))
    people = [person for address in whose for person in register.person(address)]
    return may_decide(people, question.role)
