"""Who moves goods: warehouses that count and send, logistics that follows what is under way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.quarter.calendar_2026 import is_worked, worked_after
from tests.quarter.desk import Product
from tests.quarter.events import Answered, Counted, Delivered, Event, Line, Load, Ordered, Shipped
from tests.quarter.town import MORNING, Town, is_afternoon

AMPLE, SCARCE = 90_000, 4


class Moving:
    def __init__(self, town: Town) -> None:
        self._town = town
        self._slow: set[str] = set()
        self._parts: set[str] = set()
        self._scene = "before"

    @property
    def _scarce(self) -> Product:
        return self._town.desk.products[-1]

    def stocktaking(self, now: datetime) -> Iterator[Event]:
        """Both warehouses count on the first morning: plenty of all but one product. An order that
        wants more of it than there is; when it has come, the rest is sent."""
        first = next(iter(self._town.desk.warehouses))
        scarce = self._scarce.sku
        ample = {p.sku: AMPLE for p in self._town.desk.products}
        if self._scene == "before":
            for warehouse in self._town.desk.warehouses:
                cases = {**ample, scarce: SCARCE if warehouse == first else AMPLE}
                yield Counted(warehouse, cases, self._town.named("库存盘点"))
            self._scene = "scarce"
        elif self._scene == "scarce" and self._is_day(now, 8):
            who = self._town.awake[0]
            lines = (Line(self._town.desk.products[0], 3), Line(self._scarce, SCARCE + 2))
            yield Ordered(who.manager, who, lines, self._town.named(f"{who.code}订单"))
            self._scene = "short"
        elif self._scene == "short" and self._is_day(now, 14):
            yield Counted(first, ample, self._town.named("库存盘点"))
            self._scene = "there"
        elif self._scene == "there":
            for order in self._town.oracle.goods.short:
                region = self._town.desk.admin(
                    self._town.oracle.orders.known[order].event.of.region
                )
                yield Answered(region, f"FH{order[2:]}-B1", about="supply")
            self._scene = "sent"

    def _is_day(self, now: datetime, day: int) -> bool:
        return is_worked(now.date()) and now.day >= day and now.time() == MORNING

    def trucks(self, now: datetime) -> Iterator[Event]:
        """In the afternoon each warehouse tells what left: all lists of the days before, but some
        that lie for days, and now and then a case less than listed, which follows."""
        if not is_afternoon(now):
            return
        loads: dict[str, list[Load]] = {}
        for sheet in self._town.oracle.goods.sheets.values():
            if sheet.is_sent or sheet.issued.date() >= now.date():
                continue
            if sheet.number not in self._parts and self._town.rng.random() < 0.08:
                self._slow.add(sheet.number)
            self._parts.add(sheet.number)
            waits = worked_after(sheet.begun, 5) if sheet.number in self._slow else sheet.begun
            if now.date() < waits:
                continue
            rest = {s: n - sheet.sent[s] for s, n in sheet.wanted.items() if n > sheet.sent[s]}
            is_rest = bool(sheet.sent)
            if not is_rest and sum(rest.values()) > 3 and self._town.rng.random() < 0.06:
                sku = max(rest, key=lambda s: rest[s])
                rest[sku] -= 1
                rest = {s: n for s, n in rest.items() if n}
            waybill = f"SF{now:%m%d}{self._town.sent['运单']:05}"
            self._town.sent["运单"] += 1
            warehouse = self._town.desk.warehouse(sheet.of.region)
            load = Load(sheet.number, sheet.order, rest, waybill, now.date(), is_rest)
            loads.setdefault(warehouse, []).append(load)
        for warehouse, mine in loads.items():
            yield Shipped(warehouse, tuple(mine), self._town.named("发货明细"))

    def arrivals(self, now: datetime) -> Iterator[Event]:
        """Logistics fills in the sheet of the morning in the afternoon; a fifth is still on its way."""
        if not is_afternoon(now):
            return
        asked = [t for t in self._town.oracle.goods.trips.values() if t.asked[-1:] == [now.date()]]
        arrived = [t.waybill for t in asked if self._town.rng.random() < 0.8]
        if arrived:
            yield Delivered(self._town.desk.logistics, tuple(arrived), now.date())
