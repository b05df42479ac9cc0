"""What orders should lead to: lists, answers, questions, reminders (S1, S2; the desk's rulings 1, 2, 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tests.quarter.accounts import ZERO, Accounts
from tests.quarter.calendar_2026 import waited
from tests.quarter.desk import Desk
from tests.quarter.events import Answered, Ordered
from tests.quarter.oracle_goods import Goods
from tests.quarter.seen import Mail

OPEN_FOR = 5
SENT_AGAIN_WITHIN = timedelta(days=3)
RELEASED, NOTED, REFUSED = "subject_agreed", "subject_noted", "subject_refused"


@dataclass
class Known:
    """An order in its newest revision. `awaiting` are those whose yes is missing."""

    number: str
    revision: int
    event: Ordered
    received: datetime
    state: str
    awaiting: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    done: dict[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.event.of.code

    def amount(self, *, is_cash: bool) -> Decimal:
        return sum((li.amount for li in self.event.lines if li.is_cash is is_cash), ZERO)


class Orders:
    def __init__(self, desk: Desk, accounts: Accounts, goods: Goods) -> None:
        self._desk = desk
        self._accounts = accounts
        self._goods = goods
        self.known: dict[str, Known] = {}

    def ordered(self, event: Ordered, now: datetime, mail_id: int) -> Iterator[Mail]:
        known = None if event.corrects else self._same_before(event)
        if known is not None and now - known.received <= SENT_AGAIN_WITHIN:
            yield from self._answer(event, f"{known.number} again")
            return
        number, revision = f"DD{now:%y%m%d}-{mail_id:04}", 1
        if event.corrects:
            number, revision = event.corrects, self.known[event.corrects].revision + 1
        order = Known(number, revision, event, now, "accepted")
        self._decide(order)
        self.known[number] = order
        short: dict[str, int] = {}
        if order.state == "accepted":
            short = yield from self._accepted(order, now)
        yield from self._answer(event, f"{number} {order.state}")
        if short and event.of.email and not self._is_dealer(event):
            yield Mail(event.of.email, "shortage", number)
        for person in order.awaiting:
            yield Mail(person, "approval-request", number)

    def _answer(self, event: Ordered, matter: str) -> Iterator[Mail]:
        """To whoever sent it; the manager reads what his distributor sent itself."""
        yield Mail(event.sender, "order-answer", matter)
        if self._is_dealer(event):
            yield Mail(event.of.manager, "order-answer", matter)

    def _same_before(self, event: Ordered) -> Known | None:
        """An earlier order of the same goods that was neither returned nor closed."""
        return next(
            (
                known
                for known in reversed(self.known.values())
                if (known.code, known.event.lines) == (event.of.code, event.lines)
                and known.state not in ("returned", "closed")
            ),
            None,
        )

    def _decide(self, order: Known) -> None:
        event, desk = order.event, self._desk
        cash, expense = order.amount(is_cash=True), order.amount(is_cash=False)
        if event.is_wrong:
            order.state = "returned"
            return
        is_twice = self._same_before(event) is not None
        if is_twice or event.sender not in (event.of.manager, event.of.email):
            order.awaiting.append(desk.admin(event.of.region))
            order.state = "review"
        if cash and self._accounts.owed(order.code) + cash > event.of.limit:
            order.awaiting.append(desk.finance)
        is_over = expense > self._accounts.left(order.code)
        day = order.received.date()
        if expense and (is_over or self._accounts.is_over_budget(event.of.region, expense, day)):
            order.awaiting.append(desk.marketing)
        if order.awaiting and order.state == "accepted":
            order.state = "held"
        order.asked = list(order.awaiting)

    def _accepted(self, order: Known, now: datetime) -> Iterator[Mail]:
        order.state = "accepted"
        cash, expense = order.amount(is_cash=True), order.amount(is_cash=False)
        days = order.received.date(), now.date()
        self._accounts.order(order.code, cash, expense, days)
        wanted: dict[str, int] = {}
        for line in order.event.lines:
            wanted[line.product.sku] = wanted.get(line.product.sku, 0) + line.cases
        return (
            yield from self._goods.listed(order.number, order.revision, order.event.of, wanted, now)
        )

    def _is_dealer(self, event: Ordered) -> bool:
        return bool(event.of.email) and event.sender == event.of.email

    def answered(self, event: Answered, now: datetime) -> Iterator[Mail]:
        order = self.known[event.order]
        if not event.agrees:
            order.state, order.awaiting = "closed", []
            yield Mail(event.sender, "question-answered", f"{order.number} {REFUSED}")
            # Who ordered for another's distributor hears the end of it too.
            for person in dict.fromkeys((order.event.sender, *self._told(order.event))):
                yield Mail(person, "order-refused", order.number)
            return
        order.awaiting.remove(event.sender)
        if order.awaiting:
            yield Mail(event.sender, "question-answered", f"{order.number} {NOTED}")
            return
        short = yield from self._accepted(order, now)
        told = self._told(order.event)
        for person in told:
            yield Mail(person, "order-answer", f"{order.number} accepted")
        if short and order.event.of.email and order.event.of.email not in told:
            yield Mail(order.event.of.email, "shortage", order.number)
        yield Mail(event.sender, "question-answered", f"{order.number} {RELEASED}")

    def _told(self, event: Ordered) -> tuple[str, ...]:
        manager = event.of.manager
        return (event.sender, manager) if self._is_dealer(event) else (manager,)

    def due(self, now: datetime) -> Iterator[Mail]:
        for order in self.known.values():
            for person in order.awaiting if order.state in ("held", "review") else ():
                yield from self._unanswered(order, person, now)
            if order.state == "returned":
                yield from self._uncorrected(order, now)

    def _unanswered(self, order: Known, person: str, now: datetime) -> Iterator[Mail]:
        """Reminded after one working day and once more after four; after two it is everybody's,
        nobody being anybody's deputy here; after five the question is over."""
        done = {what for who, what in order.done if who == person}
        reached = [
            what
            for what, days in (("remind", 1), ("move", 2), ("again", OPEN_FOR - 1))
            if waited(order.received, days) <= now
        ]
        if "move" in reached and "move" not in done:
            order.done[person, "move"] = now
            return
        if waited(order.received, OPEN_FOR) <= now or not reached:
            return
        last = "again" if "again" in reached else "remind"
        if last in done or (last == "remind" and "move" in done):
            return
        order.done[person, last] = now
        yield Mail(person, "approval-request", f"{order.number} again")

    def _uncorrected(self, order: Known, now: datetime) -> Iterator[Mail]:
        """Whoever sent it is reminded after one working day and after two; after five it is closed,
        and manager and sales admin hear too."""
        sender, number, since = order.event.sender, order.number, order.received
        if waited(since, 2) <= now:
            again = order.done.get(("", "again"))
            if again is None:
                order.done["", "again"] = now
                yield Mail(sender, "order-reminder", f"{number} subject_again")
            elif waited(since, OPEN_FOR) <= now and waited(again, 1) <= now:
                order.state = "closed"
                others = (order.event.of.manager, self._desk.admin(order.event.of.region))
                for person in dict.fromkeys((sender, *others)):
                    yield Mail(person, "order-reminder", f"{number} subject_close")
        elif waited(since, 1) <= now and ("", "remind") not in order.done:
            order.done["", "remind"] = now
            yield Mail(sender, "order-reminder", f"{number} subject_remind")

    def to_decide(self) -> list[str]:
        """Regions of the orders that a sales admin has to look at; empty for one that nobody answered
        in time: it is everybody's."""
        return [
            "" if (admin, "move") in o.done else o.event.of.region
            for o in self.known.values()
            if o.state == "review" and (admin := self._desk.admin(o.event.of.region)) in o.awaiting
        ]
