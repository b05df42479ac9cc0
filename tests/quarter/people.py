"""Who writes what at which moment: chosen by a seed, and by what the desk has sent so far.

What was sent is taken from the oracle, which was held against the desk's own post a moment ago.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal

from tests.quarter.calendar_2026 import next_worked, worked_after
from tests.quarter.desk import Desk, Distributor
from tests.quarter.events import (
    Approved,
    Disputed,
    Event,
    FoundWrong,
    Paid,
    Reported,
    Settled,
    Stock,
    Wished,
)
from tests.quarter.oracle import Oracle
from tests.quarter.oracle_month import DUE, REMIND, month_before
from tests.quarter.people_goods import Moving
from tests.quarter.people_orders import Ordering
from tests.quarter.town import Town, is_afternoon

TUESDAY, FRIDAY = 1, 4


class People:
    """Finance, and all who report, ask and object; the others have files of their own."""

    def __init__(self, desk: Desk, oracle: Oracle, busy: float) -> None:
        self._town = Town(desk, oracle, busy)
        self._ordering = Ordering(self._town)
        self._moving = Moving(self._town)
        self._closing: dict[str, int] = {}
        self._closing_now: dict[str, int] = {}

    def happen(self, now: datetime) -> list[Event]:
        """What came in since the desk looked last, in the order in which it came."""
        acts: tuple[Callable[[datetime], Iterator[Event]], ...] = (
            self._found_wrong,
            self._moving.stocktaking,
            self._ordering.orders,
            self._ordering.again,
            self._ordering.decisions,
            self._ordering.corrections,
            self._moving.trucks,
            self._moving.arrivals,
            self._money,
            self._inventories,
            self._wishes,
        )
        return [event for act in acts for event in act(now)]

    def month_over(self) -> None:
        self._town.months += 1
        self._closing.update(self._closing_now)

    def _money(self, now: datetime) -> Iterator[Event]:
        """Payments on Tuesdays and Fridays, to the cent; approvals on the first working day."""
        today = now.date()
        if not is_afternoon(now):
            return
        if today.weekday() in (TUESDAY, FRIDAY):
            owing = [(d, self._town.oracle.accounts.owed(d.code)) for d in self._town.awake]
            rows = [
                (d, self._share(owed), f"R{today:%m%d}{d.code}")
                for d, owed in owing
                if owed > 1_000 and self._town.rng.random() < 0.4
            ]
            if rows:
                yield Paid(self._town.desk.finance, tuple(rows), today, self._town.named("回款表"))
        if today == next_worked(today.replace(day=1)):
            chosen = self._town.rng.sample(self._town.awake, max(1, len(self._town.awake) // 4))
            granted = [
                (
                    d,
                    Decimal(self._town.rng.randint(100_000, 900_000)).scaleb(-2),
                    f"FY{today:%m}{d.code}",
                )
                for d in chosen
            ]
            yield Approved(
                self._town.desk.marketing, tuple(granted), today, self._town.named("已批市场费用")
            )

    def _share(self, owed: Decimal) -> Decimal:
        return (owed * self._town.rng.randint(40, 101) / 100).quantize(Decimal("0.01"))

    def _inventories(self, now: datetime) -> Iterator[Event]:
        """From three days before the reminder on, region by region: first most of them, a few wrong,
        later those that were reminded. In the third month everything is in time."""
        today = now.date()
        month = today.replace(day=1)
        if not is_afternoon(now) or today.day < REMIND - 4:
            return
        late = next_worked(month.replace(day=DUE))
        done = self._town.oracle.month.reports
        is_last = self._town.months >= 2
        for region in self._town.desk.names:
            mine = [d for d in self._town.desk.distributors if d.region == region]
            open_ones = [d for d in mine if not done.get((d.code, month))]
            if not open_ones:
                continue
            chance = 0.25 if today < late else 0.5
            if today > worked_after(late, 2) or (is_last and today.day >= REMIND - 1):
                chance = 1.0
            chosen = [d for d in open_ones if self._town.rng.random() < chance]
            if not chosen:
                continue
            wrong = 0.0 if chance == 1.0 else 0.15
            stocks = tuple(self._stock(d, wrong) for d in chosen)
            sender = self._town.desk.manager(region)
            if len(chosen) == 1 and chosen[0].email and self._town.rng.random() < 0.5:
                sender = chosen[0].email
            yield Reported(sender, month, stocks, self._town.named(f"{region}库存"))

    def _stock(self, d: Distributor, wrong: float) -> Stock:
        """What was closing a month ago is opening now."""
        rows = []
        for at, product in enumerate(self._town.desk.products[:3]):
            key = f"{d.code} {at}"
            opening = self._closing.get(key, 10 + at)
            received, sold = self._town.rng.randint(0, 12), self._town.rng.randint(0, opening)
            rows.append((product, opening, received, sold, opening + received - sold))
        stock = Stock(d, tuple(rows))
        if self._town.rng.random() < wrong:
            product, opening, received, sold, closing = rows[0]
            return Stock(d, ((product, opening, received, sold, closing + 1), *rows[1:]))
        self._closing_now.update({f"{d.code} {at}": row[4] for at, row in enumerate(rows)})
        return stock

    def _wishes(self, now: datetime) -> Iterator[Event]:
        """Statements are wanted now and then; one distributor objects to the first that came."""
        if not is_afternoon(now):
            return
        this = now.date().replace(day=1)
        if now.day % 9 == 0:
            who = self._town.rng.choice([d for d in self._town.awake if d.email])
            sender = self._town.rng.choice((who.email, who.manager, self._town.desk.finance))
            yield Wished(sender, who, this, f"{who.name} {this.year}年{this.month}月对账单")
        if now.day >= 11 and self._town.sent["全部"] <= self._town.months:
            self._town.sent["全部"] += 1
            yield Wished(self._town.rng.choice(self._town.awake).manager, None, this, "请发对账单")
        last = month_before(this)
        stated = [
            d
            for d in self._town.awake
            if d.email and self._town.oracle.accounts.has_statement(d.code, last)
        ]
        is_out = now.date() > next_worked(this)
        if self._town.months == 1 and is_out and not self._town.sent["异议"] and stated:
            self._town.sent["异议"] += 1
            yield Disputed(stated[0].email, stated[0], last)
        elif self._town.oracle.disputes and now.date().weekday() == FRIDAY:
            [dispute] = self._town.oracle.disputes
            yield Settled(self._town.desk.finance, dispute.of, dispute.month)

    def _found_wrong(self, now: datetime) -> Iterator[Event]:
        """Once, a report that was taken is found to be wrong."""
        this = now.date().replace(day=1)
        if self._town.months or now.day <= REMIND or self._town.sent["查错"]:
            return
        reports = self._town.oracle.month.reports
        right = [d for d in self._town.desk.distributors if reports.get((d.code, this))]
        if right and self._town.once("查错"):
            yield FoundWrong(right[0], this)
