"""A question is put to one person about one revision of an order, and answered once, by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from mailflow.domain.announcement import is_announcement
from mailflow.domain.answer import Word
from mailflow.domain.asking import OPEN_FOR
from mailflow.domain.document import Reading
from mailflow.domain.finding import Asked
from mailflow.domain.order import is_supply, order_of
from mailflow.domain.proposal import Proposal
from mailflow.domain.register_change import is_proposal
from mailflow.domain.request import is_request
from mailflow.domain.sender_proof import asks_for_proof
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays


class QuestionState(StrEnum):
    OPEN = "open"
    USED = "used"
    """Answered, and what followed was done in the same transaction."""
    SUPERSEDED = "superseded"
    """The order was decided otherwise, or read anew."""
    EXPIRED = "expired"
    """An answer came too late; until one comes the row stays open (expiry is checked at use)."""


class QuestionKind(StrEnum):
    """What a question is about, and so what its letter says and which order it can be answered of."""

    APPROVAL = "approval"
    """Whether an order, or a change of one that is listed, goes."""
    CORRECTION = "correction"
    """Of its sender, whether an order is mended as proposed; he is reminded of the order itself."""
    CALL_BACK = "call-back"
    """Whether a list that is out counts no more."""
    SUPPLY = "supply"
    """Whether what was short is sent by a supplementary list."""
    REGISTER = "register"
    """Of whoever mailed a register, whether it holds from now on."""
    ANNOUNCEMENT = "announcement"
    """Of whoever mailed one, whether it goes to those it was resolved to."""
    REQUEST = "request"
    """Of the owner of a step of a request, what came of it; of its requester, what is missing."""
    SENDER_PROOF = "sender-proof"
    """Of the registered sender of a mail that nothing proves, whether he has written it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`token` is empty until the question is put, and `expires` is then said: pure code makes no
    token, and the working days from then on count.

    `role` is the part in which the person is asked, `allowed` the words that answer it. `mail_id`
    is the mail the order came in, `answer_mail_id` the one that answered.
    """

    order: str
    revision: int
    role: Asked
    address: str
    allowed: tuple[Word, ...]
    created: datetime
    expires: datetime
    mail_id: int | None = None
    id: int | None = None
    token: str = ""
    state: QuestionState = QuestionState.OPEN
    answer: Word | None = None
    answered: datetime | None = None
    answered_by: str = ""
    answer_mail_id: int | None = None
    proposal: Proposal | None = None
    """What a yes of the sender takes, where he is the one who is asked."""
    open_for: int = OPEN_FOR
    """Working days it is open from when it is put; kept as `expires`."""

    @property
    def kind(self) -> QuestionKind:
        if is_supply(self.order):
            return QuestionKind.SUPPLY
        if is_proposal(self.order):
            return QuestionKind.REGISTER
        if is_announcement(self.order):
            return QuestionKind.ANNOUNCEMENT
        if is_request(self.order):
            return QuestionKind.REQUEST
        if asks_for_proof(self.order):
            return QuestionKind.SENDER_PROOF
        if Word.CANCEL in self.allowed:
            return QuestionKind.CALL_BACK
        if self.role is Asked.SENDER:
            return QuestionKind.CORRECTION
        return QuestionKind.APPROVAL

    @property
    def cancels(self) -> bool:
        """Whether it asks to call back a list that is out, and not to let an order go."""
        return self.kind is QuestionKind.CALL_BACK

    def is_another_of(self, first: Question) -> bool:
        """Whether it asks the same as another, of somebody else perhaps: of whom it moved on to."""
        mine, theirs = ((q.order, q.revision, q.kind, q.role, q.mail_id) for q in (self, first))
        return mine == theirs

    def put(self, token: str, now: datetime, workdays: Workdays) -> Question:
        return replace(self, token=token, created=now, expires=workdays.due(now, self.open_for))

    def is_put_to(self, address: str | None) -> bool:
        return address is not None and address.casefold() == self.address.casefold()

    def is_late(self, at: datetime) -> bool:
        return at >= self.expires

    def answered_with(self, word: Word, by: str, mail_id: int, at: datetime) -> Question:
        return replace(
            self,
            state=QuestionState.USED,
            answer=word,
            answered=at,
            answered_by=by,
            answer_mail_id=mail_id,
        )

    def expired_by(self, by: str, mail_id: int, at: datetime) -> Question:
        return replace(
            self,
            state=QuestionState.EXPIRED,
            answered=at,
            answered_by=by,
            answer_mail_id=mail_id,
        )


@dataclass(frozen=True, slots=True)
class Clues:
    """Whereby a mail may be an answer: tokens, Message-IDs it refers to, numbers of orders."""

    tokens: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tokens or self.message_ids or self.numbers)


def clues_of(reading: Reading) -> Clues:
    """Of the thread the newest mail first. A list's number names its order."""
    head, said = reading.head, reading.said
    ids = dict.fromkeys((head.in_reply_to, *reversed(head.references)))
    numbers = dict.fromkeys(map(order_of, said.numbers))
    return Clues(said.tokens, tuple(i for i in ids if i), tuple(numbers))


@dataclass(frozen=True, slots=True)
class Pointed:
    """The questions that each kind of clue points to."""

    by_token: tuple[Question, ...] = ()
    by_thread: tuple[Question, ...] = ()
    by_number: tuple[Question, ...] = ()
    orders: tuple[str, ...] = ()
    """The numbers of orders that all clues together point to."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The question that a mail answers. `is_torn`: its clues point to different orders."""

    question: Question
    by_token: bool
    is_torn: bool = False


def filed(pointed: Pointed, clues: Clues, address: str | None) -> Filed | None:
    """The token counts before the thread, the thread before the number in the subject; where they
    speak of different orders, or a token is none of ours, nothing is taken for granted."""
    every = (*pointed.by_token, *pointed.by_thread, *pointed.by_number)
    if not every:
        return None
    chosen = pointed.by_token or pointed.by_thread or pointed.by_number
    named = {order_of(n) for n in (*(q.order for q in every), *clues.numbers)}
    is_forged = set(clues.tokens) > {q.token for q in pointed.by_token}
    question = min(chosen, key=lambda q: _rank(q, address))
    return Filed(question, bool(pointed.by_token), is_torn=len(named) > 1 or is_forged)


def _rank(question: Question, address: str | None) -> tuple[bool, bool, int]:
    """His own first, open ones first, newest first."""
    is_open = question.state is QuestionState.OPEN
    return (not question.is_put_to(address), not is_open, -(question.id or 0))
