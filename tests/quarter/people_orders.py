"""Who orders and who decides: managers, distributors, finance, the marketing head, sales admins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tests.quarter.calendar_2026 import is_worked
from tests.quarter.events import Answered, Event, Line, Ordered
from tests.quarter.oracle_orders import Known
from tests.quarter.town import NOON, Town, is_afternoon


class Ordering:
    def __init__(self, town: Town) -> None:
        self._town = town
        self._ordered: set[frozenset[tuple[str, int, bool]]] = set()
        self._silent: set[str] = set()
        self._corrected: set[str] = set()

    def orders(self, now: datetime) -> Iterator[Event]:
        """On any day; a few with a wrong price, a few from the distributor itself, one now and then
        for a distributor of somebody else's."""
        chance = self._town.busy / 60 if is_worked(now.date()) else self._town.busy / 240
        for who in self._town.awake:
            if self._town.rng.random() >= chance:
                continue
            sender = who.email if who.email and self._town.rng.random() < 0.2 else who.manager
            lines = self._lines()
            yield Ordered(
                sender,
                who,
                lines,
                self._town.named(f"{who.code}订单"),
                is_wrong=self._town.rng.random() < 0.1,
            )
        if now.day in (5, 16) and now.time() == NOON and len(self._town.desk.names) > 1:
            who, other = self._town.awake[1], self._town.desk.manager(self._town.desk.names[-1])
            yield Ordered(other, who, self._lines(most=2), self._town.named(f"{who.code}订单"))

    def _lines(self, most: int = 9) -> tuple[Line, ...]:
        """Never the same goods twice."""
        products = self._town.rng.sample(
            self._town.desk.products[:-1], self._town.rng.randint(1, 4)
        )
        lines = tuple(
            Line(p, self._town.rng.randint(1, most), is_cash=self._town.rng.random() > 0.12)
            for p in products
        )
        content = frozenset((li.product.sku, li.cases, li.is_cash) for li in lines)
        if content in self._ordered:
            return self._lines(most)
        self._ordered.add(content)
        return lines

    def again(self, now: datetime) -> Iterator[Event]:
        """Somebody is not sure whether his order came and sends it once more; weeks later somebody
        orders the very same."""
        if not is_afternoon(now):
            return
        booked = [o for o in self._town.oracle.orders.known.values() if o.state == "accepted"]
        booked = [o for o in booked if o.revision == 1 and o.event.sender == o.event.of.manager]
        fresh = [o for o in booked if o.received.date() == now.date()]
        old = [o for o in booked if (now - o.received).days > 10]
        if fresh and self._town.sent["再发"] <= self._town.months:
            self._town.sent["再发"] += 1
            yield fresh[0].event
        if old and self._town.months and not self._town.sent["同样"]:
            self._town.sent["同样"] += 1
            event = old[-1].event
            yield replace(event, subject=self._town.named(f"{event.of.code}订单"))

    def decisions(self, now: datetime) -> Iterator[Event]:
        """Who was asked answers at his next look; some say no, some nothing at all."""
        for order in list(self._town.oracle.orders.known.values()):
            if order.state not in ("held", "review") or order.received == now:
                continue
            is_new = len(order.asked) == len(order.awaiting)
            if order.number not in self._silent and is_new and self._town.rng.random() < 0.2:
                self._silent.add(order.number)
            if order.number in self._silent or not is_worked(now.date()):
                continue
            is_mistaken = order.event.sender not in (order.event.of.manager, order.event.of.email)
            agrees = not is_mistaken and self._town.rng.random() < 0.8
            yield Answered(order.awaiting[0], order.number, agrees)

    def corrections(self, now: datetime) -> Iterator[Event]:
        """Most wrong orders come again, right, at once or when reminded; the others never."""
        for order in list(self._town.oracle.orders.known.values()):
            if order.state != "returned" or order.received == now or not is_worked(now.date()):
                continue
            if order.number in self._corrected or self._town.rng.random() < 0.6:
                continue
            self._corrected.add(order.number)
            if self._town.rng.random() < 0.6:
                yield _corrected(order)


def _corrected(order: Known) -> Ordered:
    event = order.event
    subject = f"回复：{event.subject}"
    return Ordered(event.sender, event.of, event.lines, subject, corrects=order.number)
