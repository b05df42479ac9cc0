"""The doors to receipts and to the messages that wait to leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from mailflow.domain.held_outbox import HeldOutbox
from mailflow.domain.mail import Aside, MailKey, MailState
from mailflow.domain.message import Message
from mailflow.domain.pace import Slowed
from mailflow.domain.withheld import Withheld


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail that lies in the spool, or one that was left on the server and why."""

    key: MailKey
    received: datetime
    size: int
    sha256: str | None
    left: str = ""
    """Empty, or why its bytes are not kept: `before-start`, `too-large`."""


@dataclass(frozen=True, slots=True)
class MailRow:
    """A receipt: one logical mail, whatever number of arrivals it had."""

    id: int
    sha256: str | None
    received: datetime
    state: MailState
    reason: str
    attempts: int
    revision: int = 1
    """1 at first, one more each time a person had the mail read again."""
    is_acknowledged: bool = False
    """Its registered sender, or an operator, has said that it is his."""


class Journal(Protocol):
    """Receipts. Every method commits before it returns; all are safe to repeat."""

    def known(self, account: str, folder: str, uidvalidity: int) -> frozenset[int]: ...
    def knows_otherwise(self, account: str, folder: str, uidvalidity: int) -> bool:
        """Whether mails of the folder are known by other numbers than these alone."""
        ...

    def fetched_since(self, since: datetime) -> int:
        """Bytes of the mails that were fetched since then."""
        ...

    def record(self, arrivals: Sequence[Arrival], now: datetime) -> None: ...
    def withheld(self, account: str, folder: str) -> Sequence[Withheld]:
        """Mails of the folder that were asked for in vain, under whatever numbering."""
        ...

    def withhold(self, refused: Sequence[Withheld], now: datetime) -> None:
        """Keep their counts; one asked for in vain often enough is shown to a person."""
        ...

    def renumber(
        self, moved: Mapping[MailKey, MailKey], gone: Sequence[MailKey], now: datetime
    ) -> None:
        """Withheld mails that have another number now, and those that are listed no more."""
        ...

    def waiting(self, limit: int) -> Sequence[MailRow]:
        """The oldest mails that wait and that no other living worker has; they are ours now."""
        ...

    def begin_attempts(self, mail_ids: Collection[int], now: datetime) -> Mapping[int, int]:
        """Counts one for each and says which it is; mails that do not wait any more have none."""
        ...

    def give_back(self, mail_ids: Collection[int], now: datetime) -> None:
        """Attempts that came to nothing through no fault of their mails count no more."""
        ...

    def set_aside(self, mail_id: int, why: Aside, detail: str, now: datetime) -> None:
        """State failed, raw bytes kept, a case for a person; `detail` is for the operator."""
        ...

    def unfiled(self, limit: int) -> Sequence[tuple[MailKey, MailState]]: ...
    def filed(self, keys: Sequence[MailKey], now: datetime) -> None: ...
    def completed_poll(self, now: datetime) -> None: ...


class Shelf(Protocol):
    """Messages that are committed and wait to leave; every method commits before it returns."""

    def take_due(self, now: datetime, limit: int) -> Sequence[Message]:
        """Messages to send now, already marked as begun; those of one recipient keep order."""
        ...

    def doubtful(self, now: datetime) -> Sequence[Message]:
        """Messages in `unknown` whose time to look for evidence has come."""
        ...

    def held(self) -> HeldOutbox | None:
        """Whether nothing leaves until a person says so: then nothing is due and nothing in doubt."""
        ...

    def departed(self, since: datetime) -> Sequence[datetime]:
        """When messages were sent to their end, taken or not, since an instant, and those taken to be
        sent now; oldest first."""
        ...

    def overdue(self, now: datetime) -> int:
        """How many could leave now."""
        ...

    def slowed(self) -> Slowed | None:
        """What the provider's last "too many" asked for."""
        ...

    def slow_down(self, asked_for: timedelta, why: str, now: datetime) -> None:
        """The provider said "too many"; every worker heeds it, also after a restart."""
        ...

    def put_back(self, message: Message, now: datetime) -> None:
        """Its new state, unless another worker has it since; raises `StoreTrouble` where it has
        and the final dot is about to be sent."""
        ...
