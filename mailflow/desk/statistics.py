"""Statistics: books in, one value out that letters, workbooks and commands show (S8)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from mailflow.domain.budget import BudgetUse, uses
from mailflow.domain.kept_inventory import month_after
from mailflow.domain.money import ZERO
from mailflow.domain.register import Register
from mailflow.domain.statistics import Books, DeskFigures, Figures, Line, Statistics
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays

SHIPS_WITHIN = 3
"""Working days from the day of its list in which an order must leave (S5)."""
Table = Mapping[str, Figures]
Named = Callable[[str], tuple[str, str]]
"""Name and region of a key."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The books of a period, of the one before and of a year before. `only` these regions; empty:
    all."""

    books: tuple[Books, Books, Books]
    register: Register
    workdays: Workdays
    made: datetime
    only: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        return self.made.astimezone(self.workdays.zone).date()

    def regions(self) -> Mapping[str, str]:
        """The region of every distributor: as registered, else as it was when it ordered."""
        found = {who: region for b in reversed(self.books) for who, region, _ in b.orders}
        return found | {c.code: c.region for c in self.register.customers}


def statistics_of(compared: Compared) -> Statistics:
    names, regions = _Names(compared), compared.regions()
    books = tuple(_within(b, regions, compared.only) for b in compared.books)
    whose = tuple(_of_distributors(b, compared) for b in books)
    everything = [_grouped(t, lambda _: "") or {"": Figures()} for t in whose]
    [total] = _lines(everything, lambda _: ("", ""))
    now = books[0]
    return Statistics(
        period=now.period,
        made=compared.made,
        total=total,
        regions=_lines([_grouped(t, names.region_of) for t in whose], lambda key: (key, key)),
        managers=_lines([_grouped(t, names.manager_of) for t in whose], names.manager),
        distributors=_lines(whose, names.distributor),
        products=_lines([_of_products(b) for b in books], names.product),
        months=tuple(_months(now, names.region_of)),
        desk=_desk(now),
        desk_before=_desk(books[1]),
        unlike_ledger=_unlike(now, total.now),
        only=compared.only,
        budgets=tuple(_budgets(now, compared)),
        approved=tuple(
            replace(s, distributor=names.distributor(s.distributor)[0]) for s in now.approved
        ),
        is_over=compared.today >= now.period.after,
    )


class _Names:
    """Who and what stands behind a code: its name and its region, the code itself where the register
    knows it no more."""

    def __init__(self, compared: Compared) -> None:
        self._register, self._regions = compared.register, compared.regions()

    def region_of(self, code: str) -> str:
        return self._regions.get(code, "")

    def manager_of(self, code: str) -> str:
        known = self._register.by_code.get(code.casefold())
        return known.regional_manager.casefold() if known else ""

    def distributor(self, code: str) -> tuple[str, str]:
        known = self._register.by_code.get(code.casefold())
        return (known.name if known else code), self.region_of(code)

    def product(self, sku: str) -> tuple[str, str]:
        known = self._register.by_sku.get(sku.casefold())
        return (known.name if known else sku), ""

    def manager(self, address: str) -> tuple[str, str]:
        people = self._register.person(address)
        return (people[0].name if people else address), ""


def _within(books: Books, regions: Mapping[str, str], only: tuple[str, ...]) -> Books:
    """The rows of distributors of these regions. What the desk did is nobody's in particular."""
    if not only:
        return books

    def wanted(code: str) -> bool:
        return regions.get(code, "") in only

    return replace(
        books,
        orders=tuple(row for row in books.orders if wanted(row[0])),
        goods=tuple(row for row in books.goods if wanted(row.distributor)),
        lists=tuple(row for row in books.lists if wanted(row.distributor)),
        accounts=tuple(row for row in books.accounts if wanted(row.distributor)),
        months=tuple(row for row in books.months if wanted(row[1])),
        taken=tuple(row for row in books.taken if row[1] in only),
        approved=tuple(spent for spent in books.approved if spent.region in only),
    )


def _of_distributors(books: Books, compared: Compared) -> Table:
    found: dict[str, Figures] = defaultdict(Figures)
    for who, _, number in books.orders:
        found[who] += Figures(orders=number)
    for who, figures in _summed(books, lambda g: g[0]).items():
        found[who] += figures
    dues: dict[date, date] = {}
    for listed in books.lists:
        issued = listed.issued
        due = dues.get(issued) or compared.workdays.after(issued, SHIPS_WITHIN)
        dues[issued] = due
        if listed.left is not None and listed.left <= due:
            found[listed.distributor] += Figures(on_time=listed.lists)
        elif listed.left is not None or compared.today > due:
            found[listed.distributor] += Figures(late=listed.lists)
    for account in books.accounts:
        moved = Figures(paid=account.paid, approved=account.approved, owed=account.owed)
        found[account.distributor] += moved
    return {who: figures for who, figures in found.items() if figures != Figures()}


def _of_products(books: Books) -> Table:
    return _summed(books, lambda g: g[1])


def _summed(books: Books, key: Callable[[tuple[str, str]], str]) -> Table:
    """Goods by distributor or by product. Sums are kept in lists: there may be a row for each of
    both, and a frozen value for every step of the way costs more than all the rest."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    money: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for g in books.goods:
        which = key((g.distributor, g.sku))
        tins, amounts = found[which], money[which]
        tins[0] += g.tins
        tins[1] += g.shipped
        tins[2] += g.short
        amounts[0] += g.cash
        amounts[1] += g.expense
    return {
        which: Figures(
            tins=tins[0],
            cash=money[which][0],
            expense=money[which][1],
            shipped=tins[1],
            short=tins[2],
        )
        for which, tins in found.items()
    }


def _grouped(table: Table, group_of: Callable[[str], str]) -> Table:
    found: dict[str, Figures] = defaultdict(Figures)
    for key, figures in table.items():
        found[group_of(key)] += figures
    return found


def _lines(tables: tuple[Table, ...] | list[Table], named: Named) -> tuple[Line, ...]:
    """One line a key that any of the three periods has, the largest amount first."""
    now, before, year_before = tables
    nothing = Figures()
    lines = []
    for key in {*now, *before, *year_before}:
        name, region = named(key)
        lines.append(
            Line(
                key=key,
                name=name,
                now=now.get(key, nothing),
                before=before.get(key, nothing),
                year_before=year_before.get(key, nothing),
                region=region,
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.now.amount, line.name, line.key)))


def _months(books: Books, region_of: Callable[[str], str]) -> Iterator[tuple[date, str, Decimal]]:
    found: dict[tuple[date, str], Decimal] = defaultdict(lambda: ZERO)
    for month, who, amount in books.months:
        found[month, region_of(who)] += amount
    for (month, region), amount in sorted(found.items()):
        yield month, region, amount


def _budgets(books: Books, compared: Compared) -> Iterator[BudgetUse]:
    """Of months that have begun, and of those that orders count to already."""
    budgets = compared.register.budgets
    used: dict[date, dict[str, Decimal]] = defaultdict(dict)
    for month, region, amount in books.taken:
        used[month][region] = amount
    month = books.period.first
    while budgets and month < books.period.after:
        if month <= compared.today or month in used:
            for use in uses(budgets, used[month], month):
                if not compared.only or use.region in compared.only:
                    yield use
        month = month_after(month)


def _desk(books: Books) -> DeskFigures:
    decided = dict(books.decided)
    reasons: Counter[str] = Counter()
    for codes, number in books.reasons:
        for code in codes.split(",") if codes else ():
            reasons[code] += number
    return DeskFigures(
        mails=sum(number for _, number in books.mails),
        decided=sum(decided.values()),
        touchless=decided.get("accepted", 0),
        returned=decided.get("returned", 0),
        held=decided.get("held", 0),
        review=decided.get("review", 0),
        reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _unlike(books: Books, total: Figures) -> tuple[Decimal, Decimal]:
    sales = sum((a.sales for a in books.accounts), ZERO)
    taken = sum((a.taken for a in books.accounts), ZERO)
    return total.cash - sales, total.expense - taken
