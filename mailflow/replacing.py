"""Which earlier orders the orders of a mail take the place of, as the books know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailflow.desk.replacing import ALONE, Amended, Candidate, Standing, corrected, is_sent_again
from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.decision import Decision
from mailflow.domain.document import Reading
from mailflow.domain.facts import Facts
from mailflow.domain.mail import Trust
from mailflow.domain.order import IN_BOOKS, BookedOrder, Listed, OrderState
from mailflow.domain.question import clues_of
from mailflow.ports import MailRow, Work
from mailflow.rules.own_words import own_words
from mailflow.rules.wishes import orders_more


def standing_of(
    row: MailRow, reading: Reading, decisions: Sequence[Decision], facts: Facts, work: Work
) -> Standing:
    """The books are asked only where a mail points to an order, where one of the same distributor
    waits to be corrected, or where one of the same content or number is there."""
    certain = dict(_certain(decisions, facts))
    if not certain:
        return ALONE
    clues = clues_of(reading)
    pointed = set(work.pointed(clues).orders) if clues else set()
    same = {n: number for n, d in certain.items() if (number := _repeated(d))}
    numbers = pointed | set(_returned(certain, facts)) | set(same.values())
    candidates = {c.order.number: c for c in _candidates(sorted(numbers), pointed, row, work)}
    resent = {
        position: candidates[number].order
        for position, number in same.items()
        if number in candidates
        and is_sent_again(certain[position], candidates[number], reading, facts.received)
    }
    others = {n: d.appraisal for n, d in certain.items() if d.appraisal and n not in resent}
    found = corrected(others, candidates.values(), reading.head)
    late = {n: order for n, order in found.items() if any(work.shipped_of(order.number).values())}
    timely = {n: order for n, order in found.items() if n not in late}
    amended = {n: a for n, order in timely.items() if (a := _amended(order, work))}
    replaced = {n: order for n, order in timely.items() if n not in amended}
    if _is_a_further_order(reading):
        # Nobody changes by it what has left.
        late = {}
    return Standing(replaced, resent, amended, late)


def _is_a_further_order(reading: Reading) -> bool:
    return orders_more(reading.head.subject) or orders_more(own_words(reading.body))


def _amended(order: BookedOrder, work: Work) -> Amended | None:
    """None where no list of the order is out: one that has not left yet is taken back."""
    listed, pending = order, None
    if order.amends is None and work.listed(order) is not Listed.OUT:
        return None
    if order.amends is not None and order.state not in IN_BOOKS:
        before = work.load_revision(order.number, order.amends)
        listed, pending = before or order, order
    if listed.state not in IN_BOOKS:
        return None
    return Amended(listed, work.last_revision(order.number) + 1, pending)


def _repeated(decision: Decision) -> str | None:
    found = (
        f for f in decision.findings if f.code == "duplicate-order" and f.variant in ("", "number")
    )
    return next((f.found for f in found), None)


def _certain(decisions: Sequence[Decision], facts: Facts) -> Iterator[tuple[int, Decision]]:
    """Orders whose sender is proven and may order for whom they are."""
    if facts.sender.trust is not Trust.A:
        return
    for position, decision in enumerate(decisions):
        customer = decision.appraisal.customer if decision.appraisal else None
        if customer and may_for(facts.sender, Action.ORDER, customer, facts.register):
            yield position, decision


def _returned(decisions: Mapping[int, Decision], facts: Facts) -> Iterator[str]:
    appraisals = (d.appraisal for d in decisions.values() if d.appraisal)
    codes = {a.customer.code for a in appraisals if a.customer}
    for earlier in facts.earlier:
        if earlier.state == OrderState.RETURNED.value and earlier.distributor in codes:
            yield earlier.number


def _candidates(
    numbers: Sequence[str], pointed: set[str], row: MailRow, work: Work
) -> Iterator[Candidate]:
    """A thread is that of a mail, whichever of its orders our letter was about."""
    seen: set[str] = set()
    for number in numbers:
        order = work.load_order(number)
        if order is None:
            continue
        beside = work.orders_of(order.mail_id) if number in pointed else ()
        for each in dict.fromkeys((number, *beside)):
            known = order if each == number else work.load_order(each)
            if each not in seen and known is not None and known.mail_id != row.id:
                seen.add(each)
                is_pointed_to = number in pointed
                yield Candidate(known, work.origin(known.mail_id), is_pointed_to)
