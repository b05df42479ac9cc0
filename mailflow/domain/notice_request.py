"""The letters of requests: to whoever asks, to the owner of a step, and to all who are told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.answer import Word
from mailflow.domain.asking import Urging
from mailflow.domain.request import CaseFile, Request, RequestKind, Text
from mailflow.domain.value import dataclass


class RequestVerdict(StrEnum):
    """What became of a mail, for whoever wrote it."""

    TAKEN = "taken"
    """A new request, or one that is whole now: its first step was put to its owner."""
    MISSING = "missing"
    """It has its number and waits for what is missing."""
    KNOWN = "known"
    """The same was asked before and is under way."""
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PASSED = "passed"
    """Words or files, filed and passed on."""
    UNREASONED = "unreasoned"
    """A no without why."""
    WANTING = "wanting"
    """A yes without what has to stand behind it."""
    CONDITIONAL = "conditional"
    NOT_YOURS = "not-yours"
    ALREADY = "already"
    OUTDATED = "outdated"
    """The letter that was answered speaks of an earlier step."""
    LATE = "late"
    """Its letter counts no more; the same is asked anew."""
    ENDED = "ended"


class RequestEvent(StrEnum):
    """What the others hear of."""

    MOVED = "moved"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A field that is asked for, and why, as the words name it; `found` is what stood there."""

    title: Text
    why: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody wrote, with his name."""

    who: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswerNotice:
    """To whoever wrote about a request: how it was understood, and what happens next.

    `owners` are those whose turn it is, or to whom his words went. `left_out` are files that nobody
    gets.
    """

    verdict: RequestVerdict
    request: Request
    subject: str
    owners: tuple[str, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    said: str = ""
    left_out: tuple[CaseFile, ...] = ()
    is_urged: bool = False
    more: tuple[str, ...] = ()
    """Lines that ask for something else, of which nothing was made."""
    code: ClassVar[str] = "request-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStepNotice:
    """To the owner of a step: what is wanted of him, with all that was told and sent so far."""

    request: Request
    owner: str
    requester: str
    distributor: str = ""
    urging: Urging = Urging.NONE
    stands_in: bool = False
    """Nobody has the role; a sales admin is asked in its place."""
    files: tuple[CaseFile, ...] = ()
    left_out: tuple[CaseFile, ...] = ()
    notes: tuple[Spoken, ...] = ()
    code: ClassVar[str] = "request-step"

    def takes(self, word: Word) -> str:
        """What stands behind a word of his: a `reason`, what is `wanted`, or nothing."""
        if word is Word.REFUSE:
            return "reason"
        return "wanted" if self.request.at.wants else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestNewsNotice:
    """To those concerned: that a request went on or ended, or what somebody wrote about it.

    `by` is who did it, `said` what he wrote, `owners` those whose turn it is then.
    """

    event: RequestEvent
    request: Request
    by: str
    requester: str = ""
    said: str = ""
    owners: tuple[str, ...] = ()
    distributor: str = ""
    files: tuple[CaseFile, ...] = ()
    left_out: tuple[CaseFile, ...] = ()
    code: ClassVar[str] = "request-news"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTold:
    """A request as whoever asks hears of it: whose turn it is since when."""

    request: Request
    owner: str = ""


@dataclass(frozen=True, slots=True)
class RequestOffer:
    """What kinds somebody may ask for."""

    kinds: tuple[RequestKind, ...] = ()
