"""The door to announcements: versions, who gets them, who has confirmed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from mailflow.domain.announcement import Announcement, AnnouncementState, Receipt


class Announcements(Protocol):
    """Within a write transaction."""

    def propose(self, announcement: Announcement) -> None: ...
    def announce(self, announcement: Announcement, tokens: Mapping[str, str], reason: str) -> None:
        """It is out, its recipients with these tokens by their addresses, casefolded. Raises where
        it is not one that waits for its sender's word."""
        ...

    def confirm(self, announcement: Announcement, address: str, mail_id: int) -> None:
        """Raises where he was not asked, or has confirmed it before."""
        ...

    def end(self, announcement: Announcement, state: AnnouncementState, reason: str) -> None:
        """Raises where its state is another one meanwhile."""
        ...

    def urge(self, announcement: Announcement) -> None:
        """Its recipients are asked to confirm it now; raises where it is not open."""
        ...

    def out(self, number: str) -> Announcement | None:
        """The version that is out; None where none ever was."""
        ...

    def proposed(self, number: str) -> Announcement | None:
        """The version that waits for its sender's word."""
        ...

    def newest(self, number: str) -> Announcement | None:
        """The newest version, whatever became of it."""
        ...

    def last_revision(self, number: str) -> int: ...
    def receipts(self, announcement: Announcement) -> tuple[Receipt, ...]: ...
    def tokens(self, announcement: Announcement) -> Mapping[str, str]:
        """By address, casefolded."""
        ...

    def revision_of(
        self, number: str, tokens: Sequence[str], message_ids: Sequence[str]
    ) -> int | None:
        """The newest version whose letters bear one of these; None where none does."""
        ...

    def same_out(self, announcement: Announcement) -> str:
        """The number of another one of the same sender that is out with the same title and text;
        else empty."""
        ...

    def of_tokens(self, tokens: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Number and address of whoever got a letter with one of these, of whatever version."""
        ...
