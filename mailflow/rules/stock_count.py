"""What a warehouse's stock mail comes to in tins of each product, or why it cannot be taken (S4).

It is taken as a whole or not at all: each doubt is named at its cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from mailflow.domain.access import granted
from mailflow.domain.access_table import Action, Scope
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.inventory_balance import in_tins
from mailflow.domain.naming import Lexicon, plain
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Product, regions_of, served_by
from mailflow.domain.report import Count, ReportKind
from mailflow.domain.sheet import Place
from mailflow.domain.stock import Stock, StockRow
from mailflow.domain.value import dataclass
from mailflow.rules.reports import judged_report

OLDEST = timedelta(days=7)
"""A count that is older says nothing of today."""
MOST_TINS = 10**9
"""No warehouse holds so many: such a figure is a slip."""
_DAY = pattern(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:日|号|(?!\d))")
_BLOCKED = pattern("不良|残次|次品|待检|冻结|报废|退货|破损|隔离|不合格|待处理")
"""Places whose goods nobody sends."""


@dataclass(frozen=True, slots=True)
class Counted:
    """`left_out` are tins that lie there and may not be sent: damaged, blocked, past their date.

    `tins` holds nothing where anything was found.
    """

    day: date
    tins: Mapping[str, int]
    left_out: int
    findings: tuple[Finding, ...]


def warehouses_of(facts: Facts) -> tuple[str, ...]:
    """The warehouses whose stock a sender may tell: his own, or those of a sales admin's regions."""
    register, found = facts.register, []
    for person, scope in granted(facts.sender.people, Action.TELL_STOCK):
        if scope is Scope.WAREHOUSE:
            found.append(served_by(person))
        else:
            regions = person.regions or regions_of(register.customers)
            found += [register.warehouse_of(region) for region in regions]
    return tuple(dict.fromkeys(found))


def counted(stock: Stock, facts: Facts, lexicon: Lexicon) -> Counted:
    judged = judged_report(stock, facts, lexicon).findings
    doubts = [_to_sender(f) for f in judged if f.code != ReportKind.STOCK.received]
    reading = _Counting(stock, facts, lexicon)
    day, found = reading.day()
    doubts += [*found, *reading.several_warehouses(), *reading.rows()]
    tins = {} if doubts else dict(reading.tins)
    return Counted(day, tins, reading.left_out, tuple(_once(doubts)))


class _Counting:
    def __init__(self, stock: Stock, facts: Facts, lexicon: Lexicon) -> None:
        self._stock = stock
        self._lexicon = lexicon
        self._today = facts.business_day
        self.tins: Counter[str] = Counter()
        self.left_out = 0

    def day(self) -> tuple[date, tuple[Finding, ...]]:
        said = self._stock.said("date")
        if said is None:
            return self._today, ()
        day = _day_in(said.text, self._today)
        if day is None:
            return self._today, (self._doubt("day", said.text, said.at),)
        if day > self._today or day < self._today - OLDEST:
            variant = "future" if day > self._today else "old"
            return day, (self._doubt(variant, day.isoformat(), said.at),)
        return day, ()

    def several_warehouses(self) -> Iterator[Finding]:
        """Which of them sends the orders of which region, no register tells."""
        names = dict.fromkeys(w for row in self._stock.rows if (w := row.warehouse.strip()))
        if len(names) > 1:
            yield self._doubt("warehouses", "、".join(names)[:200], None)

    def rows(self) -> Iterator[Finding]:
        doubted = {d.at.row for d in self._stock.doubts if d.at is not None}
        for row in self._stock.rows:
            if row.row not in doubted:
                yield from self._row(row)

    def _row(self, row: StockRow) -> Iterator[Finding]:
        match = self._lexicon.match(row.code or None, row.name or None, row.spec or None)
        product = match.product
        if product is None:
            named = " ".join(t for t in (row.code, row.name, row.spec) if t)
            yield self._doubt("product", named, self._at(row, "code", "name"))
            return
        lies = [self._tins(row, slot, product) for slot in ("on_hand", "available", "reserved")]
        on_hand, available, reserved = (tins for tins, _ in lies)
        damaged, bad = self._tins(row, "damaged", product)
        if wrong := [f for _, f in (*lies, (damaged, bad)) if f]:
            yield from wrong
            return
        if on_hand is None:
            # What only may be promised lies there beside what is put aside for our lists.
            on_hand = (available or 0) + (reserved or 0)
        good = max(0, on_hand - (damaged or 0))
        if available is not None and reserved is not None:
            good = min(good, available + reserved)
        if self._is_blocked(row):
            good = 0
        self.left_out += on_hand - good
        self.tins[product.sku] += good

    def _is_blocked(self, row: StockRow) -> bool:
        places = (row.location, row.section, row.warehouse)
        is_past = row.expires is not None and row.expires < self._today
        return is_past or any(_BLOCKED.search(place) for place in places)

    def _tins(
        self, row: StockRow, slot: str, product: Product
    ) -> tuple[int | None, Finding | None]:
        count: Count | None = getattr(row, slot)
        if count is None:
            return None, None
        tins = in_tins(count, product.tins_per_case)
        if tins is None or tins != int(tins) or not 0 <= tins <= MOST_TINS:
            variant = "unit" if count.units is not None else "figure"
            return None, self._doubt(variant, _said(count), self._at(row, slot))
        return int(tins), None

    def _at(self, row: StockRow, *slots: str) -> Place:
        places = (place for slot in slots for place in self._stock.places(row, slot))
        return next(places, self._stock.first_cell(row))

    def _doubt(self, variant: str, found: str, at: Place | None) -> Finding:
        return Finding(
            "stock-value",
            Severity.ERROR,
            Asked.SENDER,
            at=at,
            where=self._stock.where,
            found=found,
            variant=variant,
        )


def _said(count: Count) -> str:
    return " ".join(f"{n:f}" for n in (count.cases, count.tins, count.units) if n is not None)


def _day_in(text: str, today: date) -> date | None:
    """A day; without a year the one that is nearest."""
    match = _DAY.search(plain(text))
    if match is None:
        return None
    try:
        if match[1]:
            return date(int(match[1]), int(match[2]), int(match[3]))
        years = (today.year - 1, today.year, today.year + 1)
        days = [date(year, int(match[2]), int(match[3])) for year in years]
    except ValueError:
        return None
    return min(days, key=lambda day: abs(day - today))


def _to_sender(finding: Finding) -> Finding:
    """Whoever counted can say what he means."""
    return replace(finding, asked=Asked.SENDER)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    yield from dict.fromkeys(findings)
