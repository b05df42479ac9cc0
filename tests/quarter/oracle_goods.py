"""What moving goods should lead to: lists, reminders, news of trucks, shortages (S2, S3, S4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.quarter.calendar_2026 import is_worked, next_worked, worked_after
from tests.quarter.desk import Desk, Distributor
from tests.quarter.events import Answered, Counted, Delivered, Shipped
from tests.quarter.seen import Mail

SHIP_WITHIN = 3
MORNING, EVENING = time(9), time(18)


@dataclass
class Sheet:
    """A list: cases to send and sent, by SKU."""

    number: str
    revision: int
    order: str
    of: Distributor
    issued: datetime
    wanted: dict[str, int]
    sent: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        return f"{self.number} R{self.revision}"

    @property
    def is_sent(self) -> bool:
        return all(self.sent[sku] >= cases for sku, cases in self.wanted.items())

    @property
    def begun(self) -> date:
        day = self.issued.date()
        if not is_worked(day) or self.issued.time() > EVENING:
            return worked_after(day, 1)
        return day

    @property
    def due(self) -> date:
        return worked_after(self.begun, SHIP_WITHIN)


@dataclass
class Trip:
    """A load under way, and on which days logistics was asked for it."""

    waybill: str
    sheet: Sheet
    day: date
    asked: list[date] = field(default_factory=list)

    def is_due(self, today: date) -> bool:
        first = next_worked(self.day + timedelta(days=3))
        return (next_worked(self.asked[-1] + timedelta(days=2)) if self.asked else first) <= today


class Goods:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sheets: dict[str, Sheet] = {}
        self.trips: dict[str, Trip] = {}
        self.short: dict[str, Counter[str]] = {}
        """What is still owed to an order, in cases by SKU."""
        self._free: dict[str, Counter[str]] = {}
        self._supplies: dict[str, tuple[Sheet, str]] = {}
        self._told: set[str] = set()
        self.overdue: dict[str, str] = {}
        """Regions of the orders that are late, by order."""
        self._looked: date | None = None

    def listed(
        self, order: str, revision: int, of: Distributor, wanted: dict[str, int], now: datetime
    ) -> Generator[Mail, None, dict[str, int]]:
        """What is there goes on the list; returns what is not."""
        free = self._free.get(self._desk.warehouse(of.region))
        short = {
            sku: cases - max(0, free[sku])
            for sku, cases in wanted.items()
            if free is not None and cases > max(0, free[sku])
        }
        going = {sku: cases - short.get(sku, 0) for sku, cases in wanted.items()}
        if short:
            self.short[order] = Counter(short)
        yield from self._issued(Sheet(f"FH{order[2:]}", revision, order, of, now, going))
        return short

    def _issued(self, sheet: Sheet) -> Iterator[Mail]:
        if not any(sheet.wanted.values()):
            return
        warehouse = self._desk.warehouse(sheet.of.region)
        if warehouse in self._free:
            self._free[warehouse].subtract(sheet.wanted)
        self.sheets[sheet.number] = sheet
        yield Mail(warehouse, "dispatch-list", f"{sheet.name} {sum(sheet.wanted.values())}")

    def shipped(self, event: Shipped) -> Iterator[Mail]:
        """A warehouse hears only of what is wrong; manager and distributor of every truck."""
        wrong: list[Sheet] = []
        for load in event.loads:
            sheet = self.sheets[load.sheet]
            sheet.sent.update(load.cases)
            self.trips[load.waybill] = Trip(load.waybill, sheet, load.day)
            if not sheet.is_sent:
                wrong.append(sheet)
            elif not any(self.short.get(sheet.order, {}).values()):
                self._end_of(sheet.order)
        if wrong:
            every = dict.fromkeys(
                self._desk.admin(self.sheets[load.sheet].of.region) for load in event.loads
            )
            for person in (event.sender, *every):
                yield Mail(person, "shipping-answer", min(s.number for s in wrong))
        for load in event.loads:
            sheet = self.sheets[load.sheet]
            for person in filter(None, (sheet.of.manager, sheet.of.email)):
                yield Mail(person, "goods-sent", sheet.order)

    def _end_of(self, order: str) -> None:
        """An order of which all has left is nobody's to decide any more."""
        if all(sheet.is_sent for sheet in self.sheets.values() if sheet.order == order):
            self.overdue.pop(order, None)

    def delivered(self, event: Delivered) -> Iterator[Mail]:
        trips = [self.trips.pop(waybill) for waybill in event.waybills]
        for sheet in {trip.sheet.number: trip.sheet for trip in trips}.values():
            yield Mail(sheet.of.manager, "goods-delivered", sheet.order)

    def counted(self, event: Counted, now: datetime) -> Iterator[Mail]:
        """What lies there, less what lists have still to take; what was short is proposed."""
        free = Counter(event.cases)
        for sheet in self.sheets.values():
            if self._desk.warehouse(sheet.of.region) == event.sender:
                free.subtract({s: n - sheet.sent[s] for s, n in sheet.wanted.items()})
        self._free[event.sender] = free
        yield Mail(event.sender, "stock-answer", f"{event.subject} tag_taken")
        for order, short in self.short.items():
            first = self.sheets[f"FH{order[2:]}"]
            there = {sku: min(n, free[sku]) for sku, n in short.items() if free[sku] > 0 and n}
            if there and self._desk.warehouse(first.of.region) == event.sender:
                number = f"{first.number}-B1"
                sheet = Sheet(number, first.revision, order, first.of, now, there)
                self._supplies[number] = sheet, self._desk.admin(first.of.region)
                yield Mail(self._desk.admin(first.of.region), "supply-request", number)

    def supplied(self, event: Answered, now: datetime) -> Iterator[Mail]:
        sheet, admin = self._supplies.pop(event.order)
        sheet.issued = now
        self.short[sheet.order].subtract(sheet.wanted)
        yield from self._issued(sheet)
        for person in filter(None, (sheet.of.manager, sheet.of.email)):
            yield Mail(person, "shortage", f"{sheet.order}")
        yield Mail(admin, "question-answered", f"{sheet.order} subject_agreed")

    def due(self, now: datetime) -> Iterator[Mail]:
        """On working mornings, once a day."""
        today = now.date()
        if not is_worked(today) or now.time() < MORNING or self._looked == today:
            return
        self._looked = today
        open_sheets = [sheet for sheet in self.sheets.values() if not sheet.is_sent]
        self.overdue = {
            order: region
            for order, region in self.overdue.items()
            if any(sheet.order == order for sheet in open_sheets)
        }
        late = [s for s in open_sheets if today >= worked_after(s.begun, SHIP_WITHIN - 1)]
        for warehouse, regions in self._desk.warehouses.items():
            mine = [s for s in late if s.of.region in regions]
            if mine:
                yield Mail(warehouse, "ship-reminder", _naming("reminder", mine))
        for admin, regions in self._desk.admins.items():
            over = [s for s in late if s.of.region in regions and s.due < today]
            new = [s for s in over if s.name not in self._told]
            if new:
                yield Mail(admin, "ship-reminder", _naming("escalated", new))
            self._told.update(s.name for s in new)
            self.overdue.update({s.order: s.of.region for s in new})
        asked = [trip for trip in self.trips.values() if trip.is_due(today)]
        for trip in asked:
            trip.asked.append(today)
        if asked:
            waybills = ", ".join(sorted(trip.waybill for trip in asked))
            yield Mail(self._desk.logistics, "waybill-request", waybills)


def _naming(what: str, sheets: list[Sheet]) -> str:
    return ", ".join([what, *sorted(sheet.name for sheet in sheets)])
