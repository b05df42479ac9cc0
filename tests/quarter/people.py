"""Who writes what at which moment: chosen by a seed, and by what the desk has sent so far.

What was sent is taken from the oracle, which was held against the desk's own post a moment ago.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from decimal import Decimal
from random import Random

from tests.quarter.calendar_2026 import is_worked, next_worked, worked_after
from tests.quarter.desk import Desk, Distributor, Product
from tests.quarter.events import (
    Answered,
    Approved,
    Counted,
    Delivered,
    Disputed,
    Event,
    FoundWrong,
    Line,
    Load,
    Ordered,
    Paid,
    Reported,
    Settled,
    Shipped,
    Stock,
    Wished,
)
from tests.quarter.oracle import Oracle
from tests.quarter.oracle_month import DUE, REMIND, month_before
from tests.quarter.oracle_orders import Known

AMPLE, SCARCE = 90_000, 4
TUESDAY, FRIDAY = 1, 4
MORNING, NOON, EVENING = time(9, 30), time(15), time(17, 45)


@dataclass
class People:
    """`busy` is how many orders a distributor sends in a month."""

    desk: Desk
    oracle: Oracle
    busy: float = 2.0
    seed: int = 1
    sent: Counter[str] = field(default_factory=Counter)
    _closing: dict[str, int] = field(default_factory=dict)
    _closing_now: dict[str, int] = field(default_factory=dict)
    _ordered: set[frozenset[tuple[str, int, bool]]] = field(default_factory=set)
    _slow: set[str] = field(default_factory=set)
    _silent: set[str] = field(default_factory=set)
    _corrected: set[str] = field(default_factory=set)
    _parts: dict[str, int] = field(default_factory=dict)
    _scene: str = "before"

    def __post_init__(self) -> None:
        self._rng = Random(f"people {self.seed}")
        self._awake = [d for d in self.desk.distributors if d.owed or d.expense or d.limit > 60_000]
        self._awake = [d for d in self._awake if not self._sleeps(d)]

    def _sleeps(self, d: Distributor) -> bool:
        return int(d.code[3:]) == self.desk.per_region

    def happen(self, now: datetime) -> list[Event]:
        """What came in since the desk looked last, in the order in which it came."""
        acts: tuple[Callable[[datetime], Iterator[Event]], ...] = (
            self._stocktaking,
            self._orders,
            self._again,
            self._decisions,
            self._corrections,
            self._trucks,
            self._arrivals,
            self._money,
            self._inventories,
            self._wishes,
        )
        return [event for act in acts for event in act(now)]

    def _next(self, what: str) -> str:
        self.sent[what] += 1
        return f"{what}{self.sent[what]}号"

    @property
    def _scarce(self) -> Product:
        return self.desk.products[-1]

    def _stocktaking(self, now: datetime) -> Iterator[Event]:
        """Both warehouses count on the first morning: plenty of all but one product. An order that
        wants more of it than there is; when it has come, the rest is sent."""
        first = next(iter(self.desk.warehouses))
        scarce = self._scarce.sku
        ample = {p.sku: AMPLE for p in self.desk.products}
        if self._scene == "before":
            for warehouse in self.desk.warehouses:
                cases = {**ample, scarce: SCARCE if warehouse == first else AMPLE}
                yield Counted(warehouse, cases, self._next("库存盘点"))
            self._scene = "scarce"
        elif self._scene == "scarce" and self._is_day(now, 8):
            who = self._awake[0]
            lines = (Line(self.desk.products[0], 3), Line(self._scarce, SCARCE + 2))
            yield Ordered(who.manager, who, lines, self._next(f"{who.code}订单"))
            self._scene = "short"
        elif self._scene == "short" and self._is_day(now, 14):
            yield Counted(first, ample, self._next("库存盘点"))
            self._scene = "there"
        elif self._scene == "there":
            for order in self.oracle.goods.short:
                region = self.desk.admin(self.oracle.orders.known[order].event.of.region)
                yield Answered(region, f"FH{order[2:]}-B1", about="supply")
            self._scene = "sent"

    def _is_day(self, now: datetime, day: int) -> bool:
        return is_worked(now.date()) and now.day >= day and now.time() == MORNING

    def _orders(self, now: datetime) -> Iterator[Event]:
        """On any day; a few with a wrong price, a few from the distributor itself, one now and then
        for a distributor of somebody else's."""
        chance = self.busy / 60 if is_worked(now.date()) else self.busy / 240
        for who in self._awake:
            if self._rng.random() >= chance:
                continue
            sender = who.email if who.email and self._rng.random() < 0.2 else who.manager
            lines = self._lines()
            yield Ordered(
                sender,
                who,
                lines,
                self._next(f"{who.code}订单"),
                is_wrong=self._rng.random() < 0.1,
            )
        if now.day in (5, 16) and now.time() == NOON and len(self.desk.names) > 1:
            who, other = self._awake[1], self.desk.manager(self.desk.names[-1])
            yield Ordered(other, who, self._lines(most=2), self._next(f"{who.code}订单"))

    def _lines(self, most: int = 9) -> tuple[Line, ...]:
        """Never the same goods twice."""
        products = self._rng.sample(self.desk.products[:-1], self._rng.randint(1, 4))
        lines = tuple(
            Line(p, self._rng.randint(1, most), is_cash=self._rng.random() > 0.12) for p in products
        )
        content = frozenset((li.product.sku, li.cases, li.is_cash) for li in lines)
        if content in self._ordered:
            return self._lines(most)
        self._ordered.add(content)
        return lines

    def _again(self, now: datetime) -> Iterator[Event]:
        """Somebody is not sure whether his order came and sends it once more; weeks later somebody
        orders the very same."""
        if now.time() != NOON or not is_worked(now.date()):
            return
        booked = [o for o in self.oracle.orders.known.values() if o.state == "accepted"]
        booked = [o for o in booked if o.revision == 1 and o.event.sender == o.event.of.manager]
        fresh = [o for o in booked if o.received.date() == now.date()]
        old = [o for o in booked if (now - o.received).days > 10]
        if fresh and self.sent["再发"] <= self.sent["月"]:
            self.sent["再发"] += 1
            yield fresh[0].event
        if old and self.sent["月"] and not self.sent["同样"]:
            self.sent["同样"] += 1
            event = old[-1].event
            yield replace(event, subject=self._next(f"{event.of.code}订单"))

    def _decisions(self, now: datetime) -> Iterator[Event]:
        """Who was asked answers at his next look; some say no, some nothing at all."""
        for order in list(self.oracle.orders.known.values()):
            if order.state not in ("held", "review") or order.received == now:
                continue
            is_new = len(order.asked) == len(order.awaiting)
            if order.number not in self._silent and is_new and self._rng.random() < 0.2:
                self._silent.add(order.number)
            if order.number in self._silent or not is_worked(now.date()):
                continue
            is_mistaken = order.event.sender not in (order.event.of.manager, order.event.of.email)
            agrees = not is_mistaken and self._rng.random() < 0.8
            yield Answered(order.awaiting[0], order.number, agrees)

    def _corrections(self, now: datetime) -> Iterator[Event]:
        """Most wrong orders come again, right, at once or when reminded; the others never."""
        for order in list(self.oracle.orders.known.values()):
            if order.state != "returned" or order.received == now or not is_worked(now.date()):
                continue
            if order.number in self._corrected or self._rng.random() < 0.6:
                continue
            self._corrected.add(order.number)
            if self._rng.random() < 0.6:
                yield self._corrected_order(order)

    def _corrected_order(self, order: Known) -> Ordered:
        event = order.event
        subject = f"回复：{event.subject}"
        return Ordered(event.sender, event.of, event.lines, subject, corrects=order.number)

    def _trucks(self, now: datetime) -> Iterator[Event]:
        """In the afternoon each warehouse tells what left: all lists of the days before, but some
        that lie for days, and now and then a case less than listed, which follows."""
        if now.time() != NOON or not is_worked(now.date()):
            return
        loads: dict[str, list[Load]] = {}
        for sheet in self.oracle.goods.sheets.values():
            if sheet.is_sent or sheet.issued.date() >= now.date():
                continue
            if sheet.number not in self._parts and self._rng.random() < 0.08:
                self._slow.add(sheet.number)
            self._parts.setdefault(sheet.number, 0)
            waits = worked_after(sheet.begun, 5) if sheet.number in self._slow else sheet.begun
            if now.date() < waits:
                continue
            rest = {s: n - sheet.sent[s] for s, n in sheet.wanted.items() if n > sheet.sent[s]}
            is_rest = bool(sheet.sent)
            if not is_rest and sum(rest.values()) > 3 and self._rng.random() < 0.06:
                sku = max(rest, key=lambda s: rest[s])
                rest[sku] -= 1
                rest = {s: n for s, n in rest.items() if n}
            waybill = f"SF{now:%m%d}{self.sent['运单']:05}"
            self.sent["运单"] += 1
            warehouse = self.desk.warehouse(sheet.of.region)
            load = Load(sheet.number, sheet.order, rest, waybill, now.date(), is_rest)
            loads.setdefault(warehouse, []).append(load)
        for warehouse, mine in loads.items():
            yield Shipped(warehouse, tuple(mine), self._next("发货明细"))

    def _arrivals(self, now: datetime) -> Iterator[Event]:
        """Logistics fills in the sheet of the morning in the afternoon; a fifth is still on its way."""
        if now.time() != NOON or not is_worked(now.date()):
            return
        asked = [t for t in self.oracle.goods.trips.values() if t.asked[-1:] == [now.date()]]
        arrived = [t.waybill for t in asked if self._rng.random() < 0.8]
        if arrived:
            yield Delivered(self.desk.logistics, tuple(arrived), now.date())

    def _money(self, now: datetime) -> Iterator[Event]:
        """Payments on Tuesdays and Fridays, to the cent; approvals on the first working day."""
        today = now.date()
        if now.time() != NOON or not is_worked(today):
            return
        if today.weekday() in (TUESDAY, FRIDAY):
            owing = [(d, self.oracle.accounts.owed(d.code)) for d in self._awake]
            rows = [
                (d, self._share(owed), f"R{today:%m%d}{d.code}")
                for d, owed in owing
                if owed > 1_000 and self._rng.random() < 0.4
            ]
            if rows:
                yield Paid(self.desk.finance, tuple(rows), today, self._next("回款表"))
        if today == next_worked(today.replace(day=1)):
            chosen = self._rng.sample(self._awake, max(1, len(self._awake) // 4))
            granted = [
                (
                    d,
                    Decimal(self._rng.randint(100_000, 900_000)).scaleb(-2),
                    f"FY{today:%m}{d.code}",
                )
                for d in chosen
            ]
            yield Approved(self.desk.marketing, tuple(granted), today, self._next("已批市场费用"))

    def _share(self, owed: Decimal) -> Decimal:
        return (owed * self._rng.randint(40, 101) / 100).quantize(Decimal("0.01"))

    def _inventories(self, now: datetime) -> Iterator[Event]:
        """From three days before the reminder on, region by region: first most of them, a few wrong,
        later those that were reminded. In the third month everything is in time."""
        today = now.date()
        month = today.replace(day=1)
        if not is_worked(today) or now.time() != NOON or today.day < REMIND - 4:
            return
        late = next_worked(month.replace(day=DUE))
        done = self.oracle.month.reports
        is_last = self.sent["月"] >= 2
        for region in self.desk.names:
            mine = [d for d in self.desk.distributors if d.region == region]
            open_ones = [d for d in mine if not done.get((d.code, month))]
            if not open_ones:
                continue
            chance = 0.25 if today < late else 0.5
            if today > worked_after(late, 2) or (is_last and today.day >= REMIND - 1):
                chance = 1.0
            chosen = [d for d in open_ones if self._rng.random() < chance]
            if not chosen:
                continue
            wrong = 0.0 if chance == 1.0 else 0.15
            stocks = tuple(self._stock(d, wrong) for d in chosen)
            sender = self.desk.manager(region)
            if len(chosen) == 1 and chosen[0].email and self._rng.random() < 0.5:
                sender = chosen[0].email
            yield Reported(sender, month, stocks, self._next(f"{region}库存"))

    def _stock(self, d: Distributor, wrong: float) -> Stock:
        """What was closing a month ago is opening now."""
        rows = []
        for at, product in enumerate(self.desk.products[:3]):
            key = f"{d.code} {at}"
            opening = self._closing.get(key, 10 + at)
            received, sold = self._rng.randint(0, 12), self._rng.randint(0, opening)
            rows.append((product, opening, received, sold, opening + received - sold))
        stock = Stock(d, tuple(rows))
        if self._rng.random() < wrong:
            product, opening, received, sold, closing = rows[0]
            return Stock(d, ((product, opening, received, sold, closing + 1), *rows[1:]))
        self._closing_now.update({f"{d.code} {at}": row[4] for at, row in enumerate(rows)})
        return stock

    def month_over(self) -> None:
        self.sent["月"] += 1
        self._closing.update(self._closing_now)

    def _wishes(self, now: datetime) -> Iterator[Event]:
        """Statements are wanted now and then; one distributor objects to the first that came."""
        if now.time() != NOON or not is_worked(now.date()):
            return
        this = now.date().replace(day=1)
        if now.day % 9 == 0:
            who = self._rng.choice([d for d in self._awake if d.email])
            sender = self._rng.choice((who.email, who.manager, self.desk.finance))
            yield Wished(sender, who, this, f"{who.name} {this.year}年{this.month}月对账单")
        if now.day >= 11 and self.sent["全部"] <= self.sent["月"]:
            self.sent["全部"] += 1
            yield Wished(self._rng.choice(self._awake).manager, None, this, "请发对账单")
        last = month_before(this)
        stated = [
            d for d in self._awake if d.email and self.oracle.accounts.has_statement(d.code, last)
        ]
        is_out = now.date() > next_worked(this)
        if self.sent["月"] == 1 and is_out and not self.sent["异议"] and stated:
            self.sent["异议"] += 1
            yield Disputed(stated[0].email, stated[0], last)
        elif self.oracle.disputes and now.date().weekday() == FRIDAY:
            [dispute] = self.oracle.disputes
            yield Settled(self.desk.finance, dispute.of, dispute.month)

    def finds_wrong(self, now: datetime) -> Iterator[Event]:
        """Once, a report that was taken is found to be wrong."""
        this = now.date().replace(day=1)
        if self.sent["月"] == 0 and now.day == REMIND + 1 and not self.sent["查错"]:
            right = [
                d for d in self.desk.distributors if self.oracle.month.reports.get((d.code, this))
            ]
            if right:
                self.sent["查错"] += 1
                yield FoundWrong(right[0], this)


__all__ = ["EVENING", "MORNING", "NOON", "People"]
