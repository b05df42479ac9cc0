"""The letters of announcements: to those they concern, and to whoever sent them (S15)."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from mailflow.domain.announcement import Addressee, Announcement, Reached, Receipt
from mailflow.domain.audience import Audience
from mailflow.domain.finding import Finding
from mailflow.domain.printable import visible
from mailflow.domain.value import dataclass

MOST_SHOWN = 120
"""People in a table of a letter; webmail cuts longer ones."""
MOST_NAMED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementNotice:
    """To each one it concerns: the text as its sender wrote it. `by` is his name. `is_urged`: he was
    asked to confirm it before."""

    title: str
    text: str
    by: str
    confirm: bool
    audience: Audience
    files: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    is_corrected: bool = False
    is_urged: bool = False
    code: ClassVar[str] = "announcement"

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(visible(self.text).split("\n"))


class AnnouncementVerdict(StrEnum):
    """What became of a mail that would announce something, or answers for one that did."""

    PROPOSED = "proposed"
    """It goes once its sender says so."""
    SENT = "sent"
    BAD = "bad"
    """Something is not certain, or may not be: nothing went out."""
    NOT_YOURS = "not-yours"
    """Whoever sent it may announce nothing."""
    REFUSED = "refused"
    OUTDATED = "outdated"
    """The registers name other recipients meanwhile, or another version came."""
    ALREADY = "already"
    UNCLEAR = "unclear"
    """One word is needed, and more or none stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementAnswerNotice:
    """To whoever sent it: who would get it or gets it, or why nobody does."""

    verdict: AnnouncementVerdict
    subject: str
    announcement: Announcement | None = None
    findings: tuple[Finding, ...] = ()
    said: str = ""
    is_urged: bool = False
    is_cut: bool = False
    """What he quoted below is no part of it."""
    again: str = ""
    """The number of one that is out already and says the same."""
    code: ClassVar[str] = "announcement-answer"

    @property
    def people(self) -> tuple[Addressee, ...]:
        return self.announcement.people if self.announcement else ()

    @property
    def has_more_people(self) -> bool:
        """It names people, and not all of them."""
        names = (AnnouncementVerdict.PROPOSED, AnnouncementVerdict.SENT)
        return self.verdict in names and len(self.people) > MOST_NAMED

    @property
    def named(self) -> tuple[Addressee, ...]:
        return self.people[:MOST_NAMED]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(visible(self.announcement.text).split("\n")) if self.announcement else ()

    @property
    def relayed(self) -> tuple[tuple[str, str], ...]:
        """Distributors without an address, each with who tells it."""
        return tuple((name, p.name) for p in self.people for name in p.relays)


class Told(StrEnum):
    """Why its sender is told how it stands."""

    ASKED = "asked"
    COMPLETE = "complete"
    """The last one has confirmed it."""
    CLOSED = "closed"
    LOST = "lost"
    """It did not get to somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementStatusNotice:
    """To whoever sent it: who has it, who has confirmed it, whom it did not reach. `lost` are those
    of whom that is news: the letter is about them alone."""

    why: Told
    announcement: Announcement
    receipts: tuple[Receipt, ...]
    lost: tuple[Receipt, ...] = ()
    code: ClassVar[str] = "announcement-status"

    def those(self, reached: str) -> tuple[Receipt, ...]:
        return tuple(r for r in self.receipts if r.reached == reached)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many stand how, what needs somebody first; those that are none left out."""
        counted = ((reached.value, len(self.those(reached))) for reached in Reached)
        return tuple((name, n) for name, n in counted if n)

    @property
    def sorted(self) -> tuple[Receipt, ...]:
        rank = list(Reached)
        return tuple(sorted(self.lost or self.receipts, key=lambda r: rank.index(r.reached)))

    @property
    def shown(self) -> tuple[Receipt, ...]:
        return self.sorted[:MOST_SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementReplyNotice:
    """To whoever sent it: what one of those who got it wrote back."""

    announcement: Announcement
    who: str
    address: str
    said: tuple[str, ...]
    files: tuple[str, ...] = ()
    confirmed: bool = False
    code: ClassVar[str] = "announcement-reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementHeardNotice:
    """To whoever wrote back something else than that he has it: who reads it, and what is still
    asked of him."""

    announcement: Announcement
    by: str
    confirm: bool
    is_outdated: bool = False
    """He answered a version that was corrected since."""
    code: ClassVar[str] = "announcement-heard"
