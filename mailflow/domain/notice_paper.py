"""The letter that answers a request for a paper of the library."""

from __future__ import annotations

from typing import ClassVar

from mailflow.domain.paper import Paper, PaperVerdict
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNotice:
    """To whoever asked for a paper: here it is, or which one, or why not and whom to ask.

    `asked` are his words. `papers` are those enclosed, those he may mean, or those that have
    expired; nothing that he may not have is named. `contact` is the sales admin. `has_more`: others
    may be meant too.
    """

    verdict: PaperVerdict
    subject: str
    asked: str
    papers: tuple[Paper, ...] = ()
    contact: Person | None = None
    has_more: bool = False
    code: ClassVar[str] = "document-answer"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file of the library as it is."""

    paper: Paper
