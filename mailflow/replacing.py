"""Which earlier orders the orders of a mail take the place of, as the books know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailflow.desk.replacing import Candidate, corrected
from mailflow.domain.appraisal import Appraisal
from mailflow.domain.decision import Decision
from mailflow.domain.document import Reading
from mailflow.domain.facts import Facts
from mailflow.domain.mail import Trust
from mailflow.domain.order import BookedOrder, OrderState
from mailflow.domain.question import clues_of
from mailflow.ports import MailRow, Work
from mailflow.rules.entitlement import may_order

NOTHING: Mapping[int, BookedOrder] = {}


def replaced_by(
    row: MailRow, reading: Reading, decisions: Sequence[Decision], facts: Facts, work: Work
) -> Mapping[int, BookedOrder]:
    """By the position of the document. The books are asked only where a mail points to an order,
    or where one of the same distributor waits to be corrected."""
    appraisals = dict(_certain(decisions, facts))
    if not appraisals:
        return NOTHING
    clues = clues_of(reading)
    pointed = set(work.pointed(clues).orders) if clues else set()
    numbers = pointed | set(_returned(appraisals, facts))
    candidates = list(_candidates(sorted(numbers), pointed, row, work))
    return corrected(appraisals, candidates, reading.head) if candidates else NOTHING


def _certain(decisions: Sequence[Decision], facts: Facts) -> Iterator[tuple[int, Appraisal]]:
    """Orders whose sender is proven and may order for whom they are."""
    if facts.sender.trust is not Trust.A:
        return
    for position, decision in enumerate(decisions):
        appraisal = decision.appraisal
        if appraisal and appraisal.customer and may_order(appraisal.customer, facts):
            yield position, appraisal


def _returned(appraisals: Mapping[int, Appraisal], facts: Facts) -> Iterator[str]:
    codes = {a.customer.code for a in appraisals.values() if a.customer}
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
