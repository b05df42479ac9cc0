"""A corrected order takes the place of the one it corrects: the same number, one revision on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta

from mailflow.domain.appraisal import Appraisal, Funding
from mailflow.domain.decision import OUTCOME_OF, Decision, worst
from mailflow.domain.document import Reading
from mailflow.domain.effect import CloseOrder, Effect
from mailflow.domain.effect_goods import Withdraw
from mailflow.domain.facts import Balance, Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Head, Origin
from mailflow.domain.naming import normalised
from mailflow.domain.order import (
    IN_BOOKS,
    BookedOrder,
    Change,
    OrderState,
    list_number,
    with_state,
)
from mailflow.domain.order_change import as_text, changes_of, ordered_of
from mailflow.domain.personal import without_numbers
from mailflow.domain.value import dataclass
from mailflow.rules.own_words import own_words
from mailflow.rules.wishes import corrects, orders_more

SENT_AGAIN_WITHIN = timedelta(days=3)
"""Whoever sends the same once more, since he heard nothing or is not sure, does so soon; later the
same content may be a further order."""
LONGEST_CHANGES = 400
SHORTEST_SUBJECT = 4
"""Signs; below so many a subject says too little to be found within another."""
DOUBLED = ("duplicate-order", "over-credit", "over-expense", "over-budget")
"""What is found of an order because it is here already; anything else a person looks at."""
WAITING = (OrderState.HELD, OrderState.REVIEW)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier order that a mail may correct. `is_pointed_to`: its thread or number is there."""

    order: BookedOrder
    origin: Origin
    is_pointed_to: bool = False


@dataclass(frozen=True, slots=True)
class Amended:
    """An order that is changed though its list is out; `revision` is that of the changed one.

    `pending` is another change that was not approved yet, and is void with this one.
    """

    order: BookedOrder
    revision: int
    pending: BookedOrder | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """By the position of a document: the earlier order it takes the place of, or that it is."""

    replaced: Mapping[int, BookedOrder] = field(default_factory=dict)
    resent: Mapping[int, BookedOrder] = field(default_factory=dict)
    amended: Mapping[int, Amended] = field(default_factory=dict)
    late: Mapping[int, BookedOrder] = field(default_factory=dict)
    """Orders of which goods have left: nothing of them can be changed."""

    def __bool__(self) -> bool:
        return bool(self.replaced or self.resent or self.amended or self.late)

    def is_booked(self, position: int) -> bool:
        """Whether nothing is booked of it, since it is here already or comes too late."""
        return position in self.resent or position in self.late


ALONE = Standing()


def is_sent_again(decision: Decision, before: Candidate, reading: Reading, at: datetime) -> bool:
    """Whether an order is certainly the same one once more: its content, its sender, and its own
    number, or soon after in the same thread or under the same subject. Booked once (B01, B02)."""
    appraisal, order, head = decision.appraisal, before.order, reading.head
    if appraisal is None or order.fingerprint != appraisal.fingerprint:
        return False
    if order.state in (OrderState.RETURNED, OrderState.CLOSED) or not _is_his(before, head):
        return False
    if any(not _is_doubled(f) for f in decision.findings if f.asked is not Asked.NOBODY):
        return False
    if orders_more(head.subject) or orders_more(own_words(reading.body)):
        return False
    if _same_number(appraisal, order):
        return True
    is_soon = at - order.received <= SENT_AGAIN_WITHIN
    one_subject = _is_of_one_subject(before.origin.subject, head.subject)
    return is_soon and (before.is_pointed_to or one_subject)


def _is_doubled(finding: Finding) -> bool:
    if finding.code == "amendment" and not finding.variant:
        # `重发` says nothing of a change; `更正` over the same goods is a wrong sheet, perhaps.
        return not corrects(finding.found.replace("重发", ""))
    return finding.code in DOUBLED


def corrected(
    appraisals: Mapping[int, Appraisal], candidates: Iterable[Candidate], head: Head
) -> Mapping[int, BookedOrder]:
    """Which order of a mail, by its position, takes the place of which earlier one. Where that is
    not certain none does: both then stand side by side, and are told apart by their numbers."""
    left = list(candidates)
    found: dict[int, BookedOrder] = {}
    for position, appraisal in appraisals.items():
        mine = [c for c in left if _corrects(appraisal, c, head)]
        likest = sorted(mine, key=lambda c: _likeness(appraisal, c.order), reverse=True)
        if len(mine) > 1 and len({_likeness(appraisal, c.order) for c in likest[:2]}) == 1:
            continue
        if likest:
            found[position] = likest[0].order
            left.remove(likest[0])
    return found


def _corrects(appraisal: Appraisal, before: Candidate, head: Head) -> bool:
    order, customer = before.order, appraisal.customer
    if customer and order.customer and order.customer.code != customer.code:
        return False
    is_theirs = customer is not None and order.customer is not None
    if order.state is OrderState.RETURNED:
        # Correcting it is what was asked for; sent by itself it must look the same.
        if before.is_pointed_to:
            return True
        return is_theirs and _is_his(before, head) and _is_alike(appraisal, before, head)
    if (
        order.state in (*WAITING, *IN_BOOKS)
        and is_theirs
        and order.fingerprint != appraisal.fingerprint
    ):
        return _is_his(before, head) and (
            _same_number(appraisal, order)
            or (before.is_pointed_to and _is_amended(appraisal, order, head))
        )
    return False


def _is_his(before: Candidate, head: Head) -> bool:
    return (head.sender or "").casefold() == before.origin.sender.casefold()


def _is_amended(appraisal: Appraisal, order: BookedOrder, head: Head) -> bool:
    """In the thread of an order may come another one; it is this one if it says so or if half of
    the goods are the same."""
    return corrects(head.subject) or 2 * _likeness(appraisal, order) >= 1


def _is_alike(appraisal: Appraisal, before: Candidate, head: Head) -> bool:
    order = before.order
    if _same_number(appraisal, order) or 2 * _likeness(appraisal, order) >= 1:
        return True
    named = {i.product.sku for i in appraisal.items if i.product}
    same_paper = _is_of_one_subject(before.origin.subject, head.subject)
    return same_paper and named == {line.sku for line in order.lines}


def _same_number(appraisal: Appraisal, order: BookedOrder) -> bool:
    number = normalised(appraisal.order.number.text) if appraisal.order.number else ""
    return bool(number) and number == normalised(order.their_number)


def _is_of_one_subject(first: str, second: str) -> bool:
    """`小叶子订单`, `Re: 小叶子订单` and `小叶子订单（再发一次）`; a bare `订单` is everybody's."""
    both = (normalised(without_numbers(each)) for each in (first, second))
    short, long = sorted(both, key=len)
    if short == long:
        return bool(short)
    return len(short) >= SHORTEST_SUBJECT and (long.startswith(short) or long.endswith(short))


def _likeness(appraisal: Appraisal, order: BookedOrder) -> float:
    """The part of all lines that stands in both: the same product, the same quantity."""
    ours = {(line.sku, line.ordered) for line in order.lines}
    theirs = {(i.product.sku if i.product else "", i.tins) for i in appraisal.items}
    return len(ours & theirs) / max(len(ours), len(theirs), 1)


def facts_without(facts: Facts, standing: Standing) -> Facts:
    """What is corrected is no earlier order of the same goods any more, and what is changed is not
    taken twice."""
    before = (*standing.replaced.values(), *(a.order for a in standing.amended.values()))
    if not before:
        return facts
    numbers = tuple(order.number for order in before)
    earlier = tuple(e for e in facts.earlier if e.number not in numbers)
    balances, spent = dict(facts.balances), dict(facts.spent)
    for order in before:
        if order.state in IN_BOOKS and order.customer is not None:
            code = order.customer.code
            balances[code] = _given_back(balances.get(code, Balance()), order)
            region = order.customer.region
            if order.month == facts.month and region in spent:
                spent[region] -= order.amount_of(Funding.EXPENSE)
    return replace(facts, earlier=earlier, balances=balances, spent=spent, corrects=numbers)


def _given_back(balance: Balance, order: BookedOrder) -> Balance:
    return replace(
        balance,
        cash_accepted=balance.cash_accepted - order.amount_of(Funding.CASH),
        expense_accepted=balance.expense_accepted - order.amount_of(Funding.EXPENSE),
    )


def with_amendment(decision: Decision, before: BookedOrder) -> Decision:
    """What is out with the warehouse is changed by nobody but the sales admin (B04)."""
    finding = Finding(
        "amendment",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        where=decision.document.where,
        found=before.number,
        variant="listed",
        details=(
            ("changes", as_text(changes_since(decision.appraisal, before))[:LONGEST_CHANGES]),
        ),
    )
    findings = (*decision.findings, finding)
    return replace(
        decision, findings=findings, outcome=worst(OUTCOME_OF[f.asked] for f in findings)
    )


def changes_since(appraisal: Appraisal | None, before: BookedOrder) -> tuple[Change, ...]:
    """As far as lines are certain."""
    certain = [
        i for i in (appraisal.items if appraisal else ()) if i.product and i.tins is not None
    ]
    goods = [
        (i.product.sku, i.product.name, i.product.tins_per_case, i.tins or 0)
        for i in certain
        if i.product
    ]
    return changes_of(ordered_of(before), goods)


def effects_on_replaced(mail_id: int, standing: Standing) -> Iterator[Effect]:
    """What was still asked about them is void: nobody may agree to what is not in force."""
    pending = (a.pending for a in standing.amended.values() if a.pending)
    for order in (*standing.replaced.values(), *pending):
        why = f"M{mail_id}: revision {order.revision + 1}"
        yield CloseOrder(with_state(order, OrderState.CLOSED), why)
        if order.state is OrderState.ACCEPTED:
            # Its list has left to nobody: the one that follows is the first they see.
            yield Withdraw(list_number(order.number), order.revision, why)
