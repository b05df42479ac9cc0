"""What of the stock goes to whom: never more than lies there, the oldest first, in whole cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.allocation import Shortage, StockCount, covered, lacking, less
from mailflow.domain.appraisal import Funding
from mailflow.domain.order import BookedLine

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)
PACKS = {"A": 6, "B": 12, "C": 24}


def line(sku: str, tins: int) -> BookedLine:
    return BookedLine(
        "S!A1", sku, sku, "", PACKS[sku], tins, Decimal(1), Decimal(tins), Funding.CASH
    )


def shortage(number: int, sku: str, tins: int) -> Shortage:
    return Shortage(number, f"DD{number}", 1, 0, sku, tins, PACKS[sku], NOW)


SKUS = st.sampled_from(list(PACKS))
LINES = st.lists(st.tuples(SKUS, st.integers(1, 300)).map(lambda pair: line(*pair)), max_size=6)
FREE = st.dictionaries(SKUS, st.integers(-50, 400))


def test_nothing_is_short_where_the_stock_is_not_known() -> None:
    assert lacking([line("A", 60)], None) == (0,)


def test_a_product_that_was_not_counted_is_not_there() -> None:
    assert lacking([line("A", 60)], {}) == (60,)


def test_loose_tins_are_sent_whole_or_not_at_all() -> None:
    assert lacking([line("A", 8)], {"A": 8}) == (0,)
    assert lacking([line("A", 8)], {"A": 7}) == (2,)


@given(LINES, FREE)
def test_no_list_sends_more_than_is_free_nor_breaks_a_case(
    lines: list[BookedLine], free: dict[str, int]
) -> None:
    short = lacking(lines, free)
    for sku, pack in PACKS.items():
        mine = [(li, s) for li, s in zip(lines, short, strict=True) if li.sku == sku]
        sent = sum(li.tins - s for li, s in mine)
        assert 0 <= sent <= max(0, free.get(sku, 0))
        assert all(0 <= s <= li.tins for li, s in mine)
        assert all((li.tins - s) % pack == 0 for li, s in mine if s)
        # Whole cases of what is left would have gone to whoever lacks some.
        left = free.get(sku, 0) - sent
        assert left < pack or all(s < pack for _, s in mine)


@given(st.lists(st.tuples(SKUS, st.integers(1, 100)), max_size=8), FREE)
def test_who_came_first_is_served_first(wants: list[tuple[str, int]], free: dict[str, int]) -> None:
    rows = [shortage(number, sku, tins) for number, (sku, tins) in enumerate(wants)]
    for number in range(len(rows)):
        # Whoever comes later changes nothing for those before.
        assert covered(rows[:number], free) == tuple(
            pair for pair in covered(rows, free) if pair[0] < number
        )


@dataclass
class Books:
    """A small desk of one product: what is counted, listed, short, sent and cancelled."""

    counted: int = 0
    listed: dict[int, int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    cancelled: dict[int, int] = field(default_factory=dict)
    ordered: dict[int, int] = field(default_factory=dict)
    shipped: dict[int, int] = field(default_factory=dict)

    @property
    def promised(self) -> int:
        return sum(self.listed[n] - self.shipped[n] for n in self.listed)

    def free(self) -> dict[str, int]:
        return {"A": self.counted - self.promised}

    def order(self, tins: int) -> None:
        number = len(self.ordered)
        free = less(self.free(), (("A", s) for s in self.short.values()))
        [short] = lacking([line("A", tins)], free)
        assert self.promised + tins - short <= max(self.counted, self.promised)
        self.ordered[number], self.listed[number] = tins, tins - short
        self.shipped[number], self.cancelled[number] = 0, 0
        if short:
            self.short[number] = short

    def count(self, tins: int) -> None:
        self.counted = tins
        rows = [shortage(n, "A", s) for n, s in sorted(self.short.items())]
        for number, sent in covered(rows, self.free()):
            self.listed[number] += sent
            self.short[number] -= sent
            if not self.short[number]:
                del self.short[number]
        assert self.promised <= max(self.counted, self.promised)

    def ship(self) -> None:
        for number, tins in self.listed.items():
            self.counted -= min(tins - self.shipped[number], self.counted)
            self.shipped[number] = tins

    def close(self, number: int) -> None:
        if number in self.short:
            self.cancelled[number] += self.short.pop(number)

    def is_balanced(self) -> bool:
        return all(
            tins == self.listed[n] + self.short.get(n, 0) + self.cancelled[n]
            for n, tins in self.ordered.items()
        )


STEPS = st.one_of(
    st.tuples(st.just("order"), st.integers(1, 200)),
    st.tuples(st.just("count"), st.integers(0, 600)),
    st.tuples(st.just("close"), st.integers(0, 9)),
    st.tuples(st.just("ship"), st.just(0)),
)


@given(st.lists(STEPS, max_size=25))
def test_every_tin_is_listed_short_or_cancelled(steps: list[tuple[str, int]]) -> None:
    books = Books()
    for step, number in steps:
        before = books.promised
        match step:
            case "order":
                books.order(number)
            case "count":
                books.count(number)
            case "close":
                books.close(number)
            case _:
                books.ship()
        assert books.is_balanced()
        # More is promised than before only where it lies there.
        assert books.promised <= before or books.promised <= books.counted


def test_what_left_before_a_count_is_not_in_it() -> None:
    day = date(2026, 11, 9)
    count = StockCount("", day, NOW, {})
    later = NOW + timedelta(hours=1)
    assert count.holds(day - timedelta(days=1), later, day)
    assert count.holds(day, NOW, day)
    assert not count.holds(day, later, day)
    assert not count.holds(day + timedelta(days=1), NOW, day)
    assert count.holds(None, NOW, day)
    assert not count.holds(None, later, day)
