"""What a write transaction does with those who are asked: cases, questions, where mails came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailflow.domain.case import Case
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Origin
from mailflow.domain.order import BookedOrder
from mailflow.domain.question import Clues, Pointed, Question


class CaseWork(Protocol):
    """Of cases and of questions that wait on people."""

    def open_case(self, case: Case) -> None: ...
    def close_cases(self, kind: str, subject_id: str, reason: str) -> None: ...
    def read_again(self, mail_id: int, reason: str) -> None:
        """It waits to be dealt with, and is taken for its sender's from now on. Raises
        `NotUnacknowledged` where it does not wait for his word."""
        ...

    def close_case(self, number: str, reason: str) -> None:
        """One case of a thing ends; others of it wait on."""
        ...

    def cases_for(self, reason: str) -> tuple[str, ...]:
        """Numbers of the open cases that have just this reason."""
        ...

    def relocate(self, order: str, region: str) -> None:
        """The open cases of an order are those of another region from now on."""
        ...

    def pass_on(self, kind: str, subject_id: str, waits_on: Asked) -> None:
        """The open case of a thing waits on somebody else from now on."""
        ...

    def ask(self, question: Question) -> None:
        """Put it with its token."""
        ...

    def answer(self, question: Question) -> None:
        """Keep what was answered; raises where the question is open no more."""
        ...

    def void(self, question: Question, reason: str) -> None:
        """Nobody may answer it any more; raises where it is open no more."""
        ...

    def escalate(self, kind: str, subject_id: str, reason: str) -> None:
        """The open case of a thing is everybody's from now on."""
        ...

    def findings(self, order: BookedOrder) -> tuple[Finding, ...]:
        """What was found when this very revision was judged."""
        ...

    def pointed(self, clues: Clues) -> Pointed: ...
    def questions(self, order: str) -> tuple[Question, ...]:
        """All that were ever put about an order, oldest first."""
        ...

    def answered_idly(self, sender: str, since: datetime) -> int:
        """His mails since then that were answered without anything being decided."""
        ...

    def idle_answers(self, since: datetime) -> int:
        """Everybody's."""
        ...

    def is_ours(self, codes: Sequence[str]) -> bool:
        """Whether any of these codes was ever in a letter of ours."""
        ...

    def note_guess(self, mail_id: int, who: tuple[str, bool], at: datetime) -> None:
        """A mail whose codes are none of ours. `who`: a casefolded address, and whether it is proven."""
        ...

    def forget_guesses(self, who: tuple[str, bool]) -> None: ...
    def guesses_since(self, who: tuple[str, bool], since: datetime) -> int: ...
    def has_just_left(self, question: Question, after: datetime, until: datetime) -> bool:
        """Whether a letter about what is asked left to whom it is asked of, after the one and until
        the other."""
        ...

    def origin(self, mail_id: int) -> Origin: ...
    def sent_by(self, mail_id: int) -> str:
        """Who sent a mail that was dealt with; empty where there is none of that number."""
        ...

    def orders_of(self, mail_id: int) -> tuple[str, ...]:
        """The numbers of all orders that came in one mail."""
        ...
