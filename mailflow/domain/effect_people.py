"""Effects on what goes between people: registers, papers, requests, consumers, announcements."""

from __future__ import annotations

from mailflow.domain.announcement import Announcement, AnnouncementState
from mailflow.domain.archived import Archived
from mailflow.domain.consumer_list import ConsumerList
from mailflow.domain.notice import Letter
from mailflow.domain.register_change import ProposalState, RegisterProposal
from mailflow.domain.request import Request
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class ProposeRegister:
    """Keep a whole table as a mail would have it, until somebody decides."""

    proposal: RegisterProposal


@dataclass(frozen=True, slots=True)
class ApplyRegister:
    """A proposed table is in force from now on."""

    proposal: RegisterProposal
    reason: str


@dataclass(frozen=True, slots=True)
class EndRegister:
    """A proposed table will never be in force."""

    number: str
    state: ProposalState
    reason: str


@dataclass(frozen=True, slots=True)
class KeepPapers:
    """Contracts and other papers that are in the archive from now on."""

    papers: tuple[Archived, ...]


@dataclass(frozen=True, slots=True)
class KeepRequest:
    """A request is as it is said here from now on; a new one is opened."""

    request: Request
    reason: str


@dataclass(frozen=True, slots=True)
class KeepConsumers:
    """Keep the good rows of a list of consumers, until its time is over."""

    taken: ConsumerList


@dataclass(frozen=True, slots=True)
class ForgetConsumers:
    """A list is to be deleted before its time: from now on nothing of it leaves, and the next look at
    what is over deletes it."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassConsumers:
    """All of a list in one region go to this address; the letter is an effect of its own."""

    number: str
    region: str
    to: str


@dataclass(frozen=True, slots=True)
class ProposeAnnouncement:
    """Keep a version of an announcement until its sender says whether it goes."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Announce:
    """A version that was kept is out from now on: each letter goes to one person, with a token of
    its own."""

    announcement: Announcement
    letters: tuple[Letter, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmAnnouncement:
    """One of those who were asked has said that he has it."""

    announcement: Announcement
    address: str
    mail_id: int


@dataclass(frozen=True, slots=True)
class EndAnnouncement:
    """A version has another state: refused, superseded, done or closed."""

    announcement: Announcement
    state: AnnouncementState
    reason: str


@dataclass(frozen=True, slots=True)
class Urge:
    """Those who have yet to confirm it are asked once more."""

    announcement: Announcement
    letters: tuple[Letter, ...]
