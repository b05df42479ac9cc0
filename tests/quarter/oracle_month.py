"""What the calendar should lead to: reports asked for, statements, statistics, digests (S5 to S8, S14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

from tests.quarter.accounts import Accounts, counts_to, month_after
from tests.quarter.calendar_2026 import DAY, is_worked, next_worked
from tests.quarter.desk import Desk, Distributor
from tests.quarter.events import FoundWrong, Reported
from tests.quarter.seen import Mail

REMIND, DUE = 18, 20
PAY_SOON, PAY_NOW = 22, 25
MORNING, STATISTICS, DIGEST = time(9), time(8), time(17, 30)
STATEMENTS_A_PASS = 50


def month_before(month: date) -> date:
    return (month - DAY).replace(day=1)


class Month:
    """`opened` is the desk's first day; what was due before it is nothing to it."""

    def __init__(self, desk: Desk, accounts: Accounts, opened: date) -> None:
        self._desk = desk
        self._accounts = accounts
        self._opened = opened
        self.reports: dict[tuple[str, date], bool] = {}
        """Whether the last one of a distributor and month was right."""
        self._done: set[tuple[str, ...]] = set()
        self._changes: dict[date, list[datetime]] = {}
        """When another report of a month came to hold, or none any more, since its last summary."""

    def reported(self, event: Reported, now: datetime) -> Iterator[Mail]:
        is_wrong = any(stock.is_wrong for stock in event.stocks)
        for stock in event.stocks:
            self.reports[stock.of.code, event.month] = not stock.is_wrong
            if not stock.is_wrong:
                self._changes.setdefault(event.month, []).append(now)
        tag = "tag_wrong" if is_wrong else "tag_kept"
        for person in dict.fromkeys((event.sender, *(s.of.manager for s in event.stocks))):
            yield Mail(person, "inventory-answer", f"{event.subject} {tag}")

    def found_wrong(self, event: FoundWrong, now: datetime) -> None:
        self.reports[event.of.code, event.month] = False
        self._changes.setdefault(event.month, []).append(now)

    def _once(self, *what: str) -> bool:
        """Whether this is the first time."""
        is_new = what not in self._done
        self._done.add(what)
        return is_new

    def missing(self, month: date) -> list[str]:
        every = self._desk.distributors
        return [d.code for d in every if not self.reports.get((d.code, month))]

    def reports_due(self, now: datetime) -> Iterator[Mail]:
        """Each manager once before the day, from the day on every working day, until all are in;
        the marketing head when all are in, and after the day of what there is."""
        today = now.date()
        if not is_worked(today) or now.time() < MORNING:
            return
        month = today.replace(day=1)
        if next_worked(month.replace(day=REMIND)) > today:
            month = month_before(month)
        due = next_worked(month.replace(day=DUE))
        if self._opened > due:
            return
        missing = self.missing(month)
        word, period = ("late", f"{today}") if today >= due else ("soon", f"{month}")
        for region in self._desk.names:
            mine = [c for c in missing if self._desk.by_code[c].region == region]
            if mine and self._once(word, self._desk.manager(region), period):
                named = ", ".join([f"{month:%Y-%m}", word, *mine])
                yield Mail(self._desk.manager(region), "reports-due", named)
        if self._is_summed_up(now, month, is_all=not missing, is_over=today > due):
            text = f"{month:%Y-%m}, {len(missing)} missing"
            yield Mail(self._desk.marketing, "stock-consolidated", text)

    def _is_summed_up(self, now: datetime, month: date, *, is_all: bool, is_over: bool) -> bool:
        """When all are in, else after the day; then once a day what changed until the morning."""
        was_told = ("stock", f"{month}") in self._done
        morning = datetime.combine(now.date(), MORNING, tzinfo=now.tzinfo)
        has_changed = any(at < morning for at in self._changes.get(month, ()))
        is_due = (
            (is_all and self._once("all", f"{month}"))
            or (not was_told and is_over)
            or (was_told and has_changed and self._once("revised", f"{month}", f"{now.date()}"))
        )
        if is_due:
            self._once("stock", f"{month}")
            self._changes[month] = []
        return is_due

    def payments(self, now: datetime) -> Iterator[Mail]:
        """Whoever owes money hears before the day and on it: each distributor, each manager of all of
        his; a desk that was not looked after on the day hears late, of what is open then."""
        today = now.date()
        if not is_worked(today) or now.time() < MORNING:
            return
        month = today.replace(day=1)
        if next_worked(month.replace(day=PAY_SOON)) > today:
            month = month_before(month)
        due = next_worked(month.replace(day=PAY_NOW))
        word = "now" if today >= due else "soon"
        if self._opened > due or not self._once("pay", word, f"{month}"):
            return
        for region in self._desk.names:
            mine = [d for d in self._desk.distributors if d.region == region]
            yield from self._owing(self._desk.manager(region), mine, month)
            for d in mine:
                if d.email:
                    yield from self._owing(d.email, [d], month)

    def _owing(self, person: str, whose: list[Distributor], month: date) -> Iterator[Mail]:
        open_ones = {d.code: self._accounts.open_of(d.code, month) for d in whose}
        owing = {code: amount for code, amount in open_ones.items() if amount > 0}
        if owing:
            named = [f"{month:%Y-%m}", f"{sum(owing.values()):,.2f}", *sorted(owing)]
            yield Mail(person, "payments-due", ", ".join(named))

    def statements(self, now: datetime) -> Iterator[Mail]:
        """Of the last month, from its first working day on; to the distributor and its manager, to
        the manager alone where it has no address; fifty distributors at a time."""
        today = now.date()
        since, month = next_worked(today.replace(day=1)), month_before(today.replace(day=1))
        if not is_worked(today) or now.time() < MORNING or today < since:
            return
        waiting = [
            d for d in self._desk.distributors if ("dz", d.code, f"{month}") not in self._done
        ]
        for d in waiting[:STATEMENTS_A_PASS]:
            self._once("dz", d.code, f"{month}")
            if self._accounts.has_statement(d.code, month):
                for person in filter(None, (d.email, d.manager)):
                    yield Mail(person, "statement", f"DZ-{d.code}-{month:%Y%m}")

    def statistics(self, now: datetime) -> Iterator[Mail]:
        """On the first working day after a month and after a quarter, or later."""
        today = now.date()
        month = today.replace(day=1)
        if (today, now.time()) < (next_worked(month), STATISTICS):
            month = month_before(month)
        last = month_before(month)
        quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
        periods = [(f"{last:%Y-%m}", month)]
        q_last = month_before(quarter)
        periods.append((f"{q_last.year}-Q{(q_last.month + 2) // 3}", quarter))
        for name, after in periods:
            if after <= self._opened:
                continue
            for person in (self._desk.marketing, *self._desk.admins):
                if self._once("statistics", person, name):
                    yield Mail(person, "statistics", name)

    def budgets(self, now: datetime) -> Iterator[Mail]:
        """The region's sales admin and the marketing head, once a month; of what counts to the
        month before for five days more."""
        for month in {counts_to(now.date() - 5 * DAY), counts_to(now.date())}:
            for region in self._accounts.mostly_used(month):
                if self._once("budget", region, f"{month}"):
                    for person in (self._desk.admin(region), self._desk.marketing):
                        yield Mail(person, "budget-warning", f"{region} {month:%Y-%m}")

    def digests(self, now: datetime, to_decide: Callable[[tuple[str, ...]], int]) -> Iterator[Mail]:
        """Of the last day whose hour has come, to each sales admin once."""
        day = now.date() if now.time() >= DIGEST else now.date() - DAY
        if day < self._opened:
            return
        for admin, regions in self._desk.admins.items():
            if self._once("digest", admin, f"{day}"):
                yield Mail(admin, "digest", f"{day} {to_decide(regions)}")


__all__ = ["Month", "month_after", "month_before"]
