"""Which mails should leave, told from what happened and the calendar; nothing here asks mailflow.

The order is that of a pass: first what came in, then what is due by the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import assert_never

from tests.quarter import events as happened
from tests.quarter.accounts import Accounts
from tests.quarter.desk import Desk
from tests.quarter.events import Event, FoundWrong
from tests.quarter.oracle_goods import Goods
from tests.quarter.oracle_month import Month
from tests.quarter.oracle_orders import Orders
from tests.quarter.seen import Mail


class Oracle:
    def __init__(self, desk: Desk, opened: datetime) -> None:
        self._desk = desk
        self.accounts = Accounts(desk)
        self.accounts.open(opened.date())
        self.goods = Goods(desk)
        self.orders = Orders(desk, self.accounts, self.goods)
        self.month = Month(desk, self.accounts, opened.date())
        self._mails = 0
        self.disputes: list[happened.Disputed] = []
        """Those that nobody has settled."""

    def expected(self, events: Sequence[Event], now: datetime) -> list[Mail]:
        """All that leaves in a pass, each as often as it should."""
        return [*self._answers(events, now), *self._due(now)]

    def _answers(self, events: Sequence[Event], now: datetime) -> Iterator[Mail]:
        for event in events:
            if not isinstance(event, FoundWrong):
                self._mails += 1
            yield from self._of(event, now)

    def _of(self, event: Event, now: datetime) -> Iterator[Mail]:
        match event:
            case happened.Ordered():
                yield from self.orders.ordered(event, now, self._mails)
            case happened.Answered(about="supply"):
                yield from self.goods.supplied(event, now)
            case happened.Answered():
                yield from self.orders.answered(event, now)
            case happened.Shipped():
                yield from self.goods.shipped(event)
            case happened.Delivered():
                yield from self.goods.delivered(event)
            case happened.Counted():
                yield from self.goods.counted(event, now)
            case happened.Paid():
                for distributor, amount, _ in event.rows:
                    self.accounts.paid(distributor.code, amount, event.day)
                yield Mail(event.sender, "money-entered", f"{event.subject} subject_entered")
            case happened.Approved():
                for distributor, amount, _ in event.rows:
                    self.accounts.approved(distributor.code, amount, event.day)
                yield Mail(event.sender, "money-entered", f"{event.subject} subject_entered")
            case happened.Reported():
                yield from self.month.reported(event, now)
            case happened.FoundWrong():
                self.month.found_wrong(event, now)
            case happened.Wished():
                kind, whose = ("statement", f"{event.of.code}-") if event.of else ("statements", "")
                yield Mail(event.sender, kind, f"DZ-{whose}{event.month:%Y%m}")
            case happened.Disputed():
                yield from self._disputed(event)
            case happened.Settled():
                yield from self._settled(event)
            case _:
                assert_never(event)

    def _disputed(self, event: happened.Disputed) -> Iterator[Mail]:
        """Who objects hears that it is noted, his manager too; sales admin and finance look into it."""
        number = f"DZ-{event.of.code}-{event.month:%Y%m}"
        self.disputes.append(event)
        for person in dict.fromkeys((event.sender, event.of.manager)):
            yield Mail(person, "statement-dispute", f"{number} tag_received")
        for person in (self._desk.admin(event.of.region), self._desk.finance):
            yield Mail(person, "statement-dispute", f"{number} tag_raised")

    def _settled(self, event: happened.Settled) -> Iterator[Mail]:
        """All who know of it hear what came of it."""
        number = f"DZ-{event.of.code}-{event.month:%Y%m}"
        [dispute] = self.disputes
        self.disputes.remove(dispute)
        admin = self._desk.admin(event.of.region)
        for person in (dispute.sender, event.of.manager, admin, self._desk.finance):
            yield Mail(person, "statement-dispute", f"{number} tag_settled")

    def _due(self, now: datetime) -> Iterator[Mail]:
        yield from self.orders.due(now)
        yield from self.month.reports_due(now)
        yield from self.month.payments(now)
        yield from self.goods.due(now)
        yield from self.month.budgets(now)
        yield from self.month.digests(now, self.to_decide)
        yield from self.month.statements(now)
        yield from self.month.statistics(now)

    def to_decide(self, regions: tuple[str, ...]) -> int:
        """How many matters lie with the sales admin of some regions."""
        every = [*self.orders.to_decide(), *self.goods.overdue.values()]
        every += (dispute.of.region for dispute in self.disputes)
        return sum(not region or region in regions for region in every)
