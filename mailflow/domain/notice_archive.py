"""The letters about papers that are kept: which were, and which were found."""

from __future__ import annotations

from typing import ClassVar

from mailflow.domain.archived import Archived, Found
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedNotice:
    """To whoever mailed papers to be kept: under which numbers they are.

    `known` were kept before, under these numbers; `dangerous` are names of programs, which are not.
    `is_read`: a person reads what else the mail says.
    """

    subject: str
    kept: tuple[Archived, ...] = ()
    known: tuple[Archived, ...] = ()
    dangerous: tuple[str, ...] = ()
    is_read: bool = False
    code: ClassVar[str] = "archive-answer"

    @property
    def unread(self) -> tuple[Archived, ...]:
        """Found by subject and name alone."""
        return tuple(paper for paper in self.kept if not paper.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNotice:
    """To whoever looked for kept papers: those in which all his words stand, the newest first.

    `is_enclosed`: the only one goes with the letter.
    """

    subject: str
    words: str
    found: tuple[Found, ...] = ()
    has_more: bool = False
    is_enclosed: bool = False
    code: ClassVar[str] = "find-answer"
