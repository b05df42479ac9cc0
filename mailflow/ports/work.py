"""One write transaction: receipts, orders, letters, and all that other rooms of the books do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailflow.domain.barred import Stopped
from mailflow.domain.bounce import Sent
from mailflow.domain.decision import Decision
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.mail import Head, MailState
from mailflow.domain.message import Message
from mailflow.domain.order import BookedOrder, DispatchList
from mailflow.ports.announcements import Announcements
from mailflow.ports.archive import Archive
from mailflow.ports.calls import Calls
from mailflow.ports.consumers import Consumers
from mailflow.ports.goods import GoodsWork
from mailflow.ports.journal import MailRow
from mailflow.ports.money import MoneyWork
from mailflow.ports.people import CaseWork
from mailflow.ports.registers import Registers
from mailflow.ports.requests import Requests
from mailflow.ports.retention import Retention
from mailflow.ports.samples import Samples
from mailflow.ports.status import Status


class Work(GoodsWork, CaseWork, MoneyWork, Protocol):
    """One write transaction; leaving the context commits, an exception leaves no trace."""

    @property
    def status(self) -> Status: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def announcements(self) -> Announcements: ...
    @property
    def samples(self) -> Samples: ...
    @property
    def archive(self) -> Archive: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def consumers(self) -> Consumers: ...
    @property
    def retention(self) -> Retention: ...
    def claim(self, mail_id: int) -> MailRow | None:
        """The receipt where it still waits, for us alone; None when it does not."""
        ...

    def facts(self, head: Head, received: datetime) -> Facts: ...
    def book(
        self, order: BookedOrder, decision: Decision, dispatch_list: DispatchList | None
    ) -> None: ...
    def issue(self, dispatch_list: DispatchList) -> None: ...
    def load_order(self, number: str) -> BookedOrder | None:
        """The revision of an order that is in force: the newest that is not closed, else the
        newest."""
        ...

    def load_revision(self, number: str, revision: int) -> BookedOrder | None: ...
    def last_revision(self, number: str) -> int:
        """The highest there ever was, in force or not; 0 where there is none."""
        ...

    def set_order_state(self, order: BookedOrder, reason: str) -> None: ...
    def post(self, message: Message) -> bool:
        """False where the same notice to the same recipient was queued before."""
        ...

    def stop_letter(self, stopped: Stopped) -> None:
        """Keep that a letter was not queued for somebody, once."""
        ...

    def sent_as(self, message_ids: Sequence[str]) -> Sequence[Sent]:
        """Messages that bear one of these Message-IDs, one for each recipient."""
        ...

    def come_back(self, message: Sent, why: str) -> None:
        """A message that had left did not arrive; nothing happens to one that is not out."""
        ...

    def settle(
        self, mail_id: int, state: MailState, reason: str, head: Head, findings: Sequence[Finding]
    ) -> None: ...
    def take_job(self, job: str, period: str) -> bool:
        """True the first time for this job and period, false ever after."""
        ...
