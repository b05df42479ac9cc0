"""What thirty order mails mean is judged as the desk judged it, and damage to them is seen."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Order, OrderLine, Reading
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.mail import Trust
from mailflow.domain.master import NEEDED
from mailflow.domain.naming import KnownNames, Lexicon
from mailflow.domain.register import Register
from mailflow.master import read_master, register_of
from mailflow.parsers.reader import read_mail
from mailflow.rules.decide import judge

DESK = Path(__file__).parents[1] / "data" / "desk"
TRUTH = [
    json.loads(line)
    for line in (DESK / "samples" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
]
ACCEPTED = [t for t in TRUTH if t["decision"] == "accepted"]


@cache
def register() -> Register:
    return register_of({kind: read_master(kind, DESK / f"{kind.value}.xlsx") for kind in NEEDED})


@cache
def lexicon() -> Lexicon:
    return Lexicon(register())


@cache
def reading_of(name: str) -> Reading:
    return read_mail((DESK / "samples" / name).read_bytes(), KnownNames.of(register()))


def facts_of(reading: Reading) -> Facts:
    address = reading.head.sender or ""
    people, customers = register().person(address), register().customers_of(address)
    assert reading.head.date is not None
    sender = Sender(address, Trust.A, people, customers)
    return Facts(register(), sender, reading.head.date, ZoneInfo("Asia/Shanghai"))


def decided(name: str) -> list[Decision]:
    reading = reading_of(name)
    assert reading.refused == ()
    return [judge(d, facts_of(reading), lexicon(), {}) for d in reading.documents]


def lines_of(decision: Decision) -> list[tuple[Any, ...]]:
    assert decision.appraisal is not None
    return sorted(
        (item.product.sku if item.product else "?", item.tins, item.funding)
        for item in decision.appraisal.items
    )


def told(order: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted((sku, tins, funding) for sku, tins, funding in order["lines"])


@pytest.mark.parametrize("truth", TRUTH, ids=lambda t: str(t["mail"]))
def test_the_decision_and_its_reason_are_the_desks_own(truth: dict[str, Any]) -> None:
    decisions = decided(truth["mail"])
    assert len(decisions) == len(truth["orders"])
    assert {d.outcome.value for d in decisions} == {truth["decision"]}
    found = {f.code for d in decisions for f in d.findings}
    assert not truth["codes"] or found & set(truth["codes"])


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda t: str(t["mail"]))
def test_what_is_accepted_is_exactly_what_was_ordered(truth: dict[str, Any]) -> None:
    for decision, order in zip(decided(truth["mail"]), truth["orders"], strict=True):
        assert decision.appraisal is not None
        assert decision.appraisal.customer is not None
        assert decision.appraisal.customer.code == order["distributor"]
        assert lines_of(decision) == told(order)


def test_a_wrong_order_has_no_more_findings_than_it_has_faults() -> None:
    """One fault a sample: a sender who is told three things looks for three faults."""
    for truth in TRUTH:
        for decision in decided(truth["mail"]):
            assert len({f.code for f in decision.findings}) <= 1, truth["mail"]


def _damaged(line: OrderLine, quantity: int, text: str) -> OrderLine:
    quantities = list(line.quantities)
    quantities[quantity] = replace(quantities[quantity], text=text, number=None)
    return replace(line, quantities=tuple(quantities))


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda t: str(t["mail"]))
def test_a_quantity_that_cannot_be_read_is_never_accepted(truth: dict[str, Any]) -> None:
    [order] = (d for d in reading_of(truth["mail"]).documents if isinstance(d, Order))
    facts = facts_of(reading_of(truth["mail"]))
    for number, line in enumerate(order.lines):
        for quantity, cell in enumerate(line.quantities):
            if not cell.text:
                continue
            lines = list(order.lines)
            lines[number] = _damaged(line, quantity, "约" + cell.text)
            decision = judge(replace(order, lines=tuple(lines)), facts, lexicon(), {})
            assert decision.outcome is Outcome.RETURNED


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda t: str(t["mail"]))
def test_a_line_that_got_lost_is_missed_by_the_totals(truth: dict[str, Any]) -> None:
    [order] = (d for d in reading_of(truth["mail"]).documents if isinstance(d, Order))
    facts = facts_of(reading_of(truth["mail"]))
    ordered = [n for n, x in enumerate(order.lines) if any(q.number for q in x.quantities)]
    assert order.totals
    for gone in ordered:
        lines = tuple(x for n, x in enumerate(order.lines) if n != gone)
        totals = tuple(replace(t, lines=tuple(range(len(lines)))) for t in order.totals)
        decision = judge(replace(order, lines=lines, totals=totals), facts, lexicon(), {})
        assert decision.outcome is Outcome.RETURNED
