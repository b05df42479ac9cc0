"""The doors to what the books say, for people and for letters; nothing is changed through them but settlements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.announcement import LostLetter
from mailflow.domain.batch import Traced
from mailflow.domain.budget import Spent
from mailflow.domain.chase import Chased
from mailflow.domain.consumer_list import Personal
from mailflow.domain.goods_clock import UnderWay, Unshipped
from mailflow.domain.kept_inventory import InventoryState, StockLine
from mailflow.domain.matter import DayCounts, Matter
from mailflow.domain.period import Period
from mailflow.domain.settlement import Settlement
from mailflow.domain.statistics import Books
from mailflow.domain.vitals import Waiting


class Records(Protocol):
    """What people and digests look at; nothing here changes anything."""

    def counts(self) -> Mapping[str, Mapping[str, int]]: ...
    def listing(self, kind: str, state: str | None) -> Iterator[Mapping[str, Any]]: ...
    def story(self, kind: str, subject_id: str) -> Mapping[str, Any] | None: ...
    def matters(self, since: datetime, until: datetime) -> Sequence[Matter]:
        """All open cases, whenever opened; mails nobody answered that came in the time given;
        and messages that failed or are in doubt (domain/matter.py)."""
        ...

    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        """How each distributor's report of each month stands; who sent none is not among them."""
        ...

    def stock_rows(self, first: date, last: date) -> Iterator[tuple[object, ...]]:
        """Every line of every report that holds of these months: distributor, product, month, and the
        tins of `StockLine` in its order. They are not held; whoever reads them reads to the end."""
        ...

    def expiring(self, month: date, before: date) -> Sequence[tuple[str, StockLine]]:
        """Lines of a month, by distributor, of which tins are left that expire before this day."""
        ...

    def used(self, month: date) -> Mapping[str, Decimal]:
        """What each region has used of its budget of a month."""
        ...

    def used_by_month(self) -> Mapping[date, Mapping[str, Decimal]]:
        """The same of every month."""
        ...

    def spent(self, first: date, after: date) -> Sequence[Spent]:
        """Every order that takes expense goods of these months, by month and region."""
        ...

    def open_amounts(self, codes: Collection[str], after: date) -> Mapping[str, Decimal]:
        """What these distributors have still to pay of all months before the one that begins on
        `after`, whenever they paid; who owes nothing is not among them."""
        ...

    def inventories_changed(self, month: date) -> Mapping[str, datetime] | None:
        """The distributors of whose month another report holds since its last summary was told, or
        none any more, and when that was first so; None where none was told."""
        ...

    def is_done(self, job: str, period: str) -> bool:
        """Whether somebody has taken this job for this period (`Work.take_job`)."""
        ...

    def done_lately(self, job: str, most: int) -> Sequence[tuple[str, datetime]]:
        """The last periods for which it was taken, the latest first, and when that was."""
        ...

    def has_come(self, sign: str, since: datetime) -> bool:
        """Whether a mail came since then whose subject has these letters in it."""
        ...

    def ledger(self) -> Mapping[str, Any]:
        """What all distributors together owe and have left, as texts."""
        ...

    def traced(self, batch: str) -> Traced:
        """As `Work.traced`."""
        ...

    def unshipped(self) -> Sequence[Unshipped]:
        """Lists in force of which goods are still to leave, oldest first."""
        ...

    def under_way(self, zone: ZoneInfo) -> Sequence[UnderWay]:
        """Loads that nobody has said to be delivered, oldest first."""
        ...

    def asked_on(self, names: Sequence[str]) -> Mapping[str, tuple[date, ...]]:
        """Of jobs whose periods are days: on which days each was done."""
        ...

    def short_goods(self) -> Sequence[ShortGoods]:
        """What accepted orders lack now, by region and product."""
        ...

    def open_announcements(self) -> Sequence[tuple[str, datetime]]:
        """Numbers of those that wait for confirmations, each with when these were last asked for."""
        ...

    def lost_announcements(self, since: datetime) -> Sequence[LostLetter]:
        """Letters of announcements, made since then, that did not arrive, and of which nobody was
        told."""
        ...

    def chased(self) -> Chased:
        """All that waits for an answer, and which of its stages were done."""
        ...

    def consumers_wait(self) -> bool:
        """Whether there are consumers whom nobody calls."""
        ...

    def consumers_expired(self, before: date) -> Sequence[Personal]:
        """Mails that came before a day, or are to be deleted before their time, and of which anything
        is left."""
        ...

    def day_counts(self, since: datetime, until: datetime) -> Sequence[DayCounts]:
        """What came in and went out in the time given, by the region of the distributor."""
        ...

    def last_poll(self) -> datetime | None: ...
    def waiting(self) -> Waiting:
        """What waits for the daemon itself, and for a person because it could not be sent."""
        ...


class Settlements(Protocol):
    """What people settled about senders' sheets. Every method commits before it returns."""

    def active(self) -> Sequence[Settlement]:
        """All that is in force, the oldest first."""
        ...

    def add(self, settlement: Settlement, now: datetime) -> Settlement:
        """With its number; the known one where the same was settled before. Raises `Refusal`
        where something else was."""
        ...

    def revoke(self, number: int, reason: str, now: datetime) -> Settlement:
        """Safe to repeat; raises `Refusal` where there is none."""
        ...


class Sums(Protocol):
    """What the books sum up to; nothing here changes anything."""

    def books(self, period: Period) -> Books:
        """Of a period; orders count to their month, which ends at the cut-off."""
        ...
