"""A small run of `make accuracy`; and that the catalogue itself would notice a reader that errs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from accuracy.case import Case, faults_for, formats_for, make_case
from accuracy.desk import Judged, Seen, desk_of
from accuracy.faults import FAULTS
from accuracy.formats import FORMATS
from accuracy.layouts import LAYOUTS
from accuracy.report import report
from accuracy.truth import Expected
from accuracy.verdict import Grade, Verdict, verdict_on
from mailflow.domain.decision import Outcome
from mailflow.domain.document import Document, Order, Reading
from mailflow.domain.mail import MailState
from mailflow.domain.reader import READER
from mailflow.domain.sheet import Written

SEED, CASES = 11, 180
READ = Path(__file__).parent / "reader.json"
"""What was read of each case when the number of the reader was last raised."""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [make_case(SEED, number) for number in range(CASES)]


@pytest.fixture(scope="module")
def seen(cases: list[Case]) -> list[Seen]:
    return [desk_of(case.world).see(case.raw) for case in cases]


@pytest.fixture(scope="module")
def judged(cases: list[Case], seen: list[Seen]) -> list[tuple[Case, Verdict]]:
    return [(case, verdict_on(case, it)) for case, it in zip(cases, seen, strict=True)]


@pytest.fixture(scope="module")
def touchless(judged: list[tuple[Case, Verdict]]) -> list[Case]:
    """Mails with one order that the desk takes exactly."""
    return [c for c, v in judged if v.grade is Grade.TOUCHLESS and len(c.truth.orders) == 1]


def test_a_case_is_the_same_whenever_it_is_made(cases: list[Case]) -> None:
    for case in cases[:20]:
        again = make_case(SEED, case.number)
        assert (again.raw, again.truth) == (case.raw, case.truth)


def test_every_format_and_fault_has_a_layout_to_appear_in(cases: list[Case]) -> None:
    faults = {f.name for layout in LAYOUTS for f in faults_for(layout)}
    formats = {f.name for layout in LAYOUTS for f in formats_for(layout, None)}
    assert faults == {f.name for f in FAULTS}
    assert formats == {f.name for f in FORMATS}
    assert {c.layout for c in cases} == {layout.name for layout in LAYOUTS}


def test_every_fault_names_its_cells_where_it_has_any(cases: list[Case]) -> None:
    for case in cases:
        assert bool(case.truth.keys) == bool(case.truth.cells), case
        assert bool(case.fault) == (case.truth.expected is Expected.CAUGHT), case


def test_nothing_is_silently_wrong(judged: list[tuple[Case, Verdict]]) -> None:
    assert not [v for _, v in judged if v.grade is Grade.SILENT], "\n".join(report(judged))


@pytest.mark.fault("Z04")
def test_what_is_read_otherwise_has_another_number_of_the_reader(seen: list[Seen]) -> None:
    """Where it is meant: raise `READER` (domain/reader.py), then write the file anew by
    `UPDATE_GOLDEN=1 pytest tests/accuracy/test_accuracy.py -k number_of_the_reader`."""
    contents = [repr([document.content for document in it.documents]) for it in seen]
    read = [sha256(text.encode()).hexdigest()[:12] for text in contents]
    if os.environ.get("UPDATE_GOLDEN"):
        READ.write_text(json.dumps({"reader": READER, "read": read}, indent=0) + "\n")
    kept = json.loads(READ.read_text())
    otherwise = [
        n for n, (was, now) in enumerate(zip(kept["read"], read, strict=True)) if was != now
    ]
    assert (kept["reader"], otherwise) == (READER, [])


def _without_a_line(document: Document) -> Document:
    if not isinstance(document, Order):
        return document
    ordered = [x for x in document.lines if any(q.number for q in x.quantities)]
    lines = tuple(x for x in document.lines if x is not ordered[0])
    return replace(document, lines=lines, totals=())


def _for_another(code: str) -> Callable[[Document], Document]:
    def changed(document: Document) -> Document:
        if not isinstance(document, Order):
            return document
        return replace(
            document,
            distributor=(Written(code),),
            ship_to=replace(
                document.ship_to, consignee=None, phone=None, address=None, delivery_address=None
            ),
        )

    return changed


def test_a_reader_that_loses_a_line_is_silently_wrong(touchless: list[Case]) -> None:
    found = [c for c in touchless if len(c.truth.orders[0].lines) > 1]
    assert len(found) > 5
    for case in found:

        def alter(reading: Reading) -> Reading:
            documents = tuple(map(_without_a_line, reading.documents))
            return replace(reading, documents=documents)

        seen = desk_of(case.world).see(case.raw, alter)
        assert verdict_on(case, seen).grade is Grade.SILENT, case


def test_a_reader_that_takes_another_distributor_is_silently_wrong(
    touchless: list[Case],
) -> None:
    assert len(touchless) > 5
    for case in touchless:
        dealer = case.truth.orders[0].dealer
        other = next(
            d for d in case.world.dealers if d.region == dealer.region and d.code != dealer.code
        )

        def alter(reading: Reading, code: str = other.code) -> Reading:
            return replace(reading, documents=tuple(map(_for_another(code), reading.documents)))

        seen = desk_of(case.world).see(case.raw, alter)
        grade = verdict_on(case, seen).grade
        own_mail = case.raw.find(dealer.email.encode()) >= 0
        assert grade is (Grade.RETURNED if own_mail else Grade.SILENT), case


def _one(cases: list[Case], expected: Expected, orders: int) -> Case:
    return next(
        c
        for c in cases
        if c.truth.expected is expected and len(c.truth.orders) == orders and not c.truth.spoiled
    )


def _accepted(case: Case) -> tuple[Judged, ...]:
    return tuple(Judged(Outcome.ACCEPTED, o.content, ()) for o in case.truth.orders)


def test_all_orders_accepted_as_meant_are_touchless(cases: list[Case]) -> None:
    case = _one(cases, Expected.ACCEPTED, 2)
    seen = Seen(MailState.DONE, _accepted(case))
    assert verdict_on(case, seen).grade is Grade.TOUCHLESS


def test_an_order_that_nobody_hears_of_is_silently_wrong(cases: list[Case]) -> None:
    case = _one(cases, Expected.ACCEPTED, 2)
    seen = Seen(MailState.DONE, _accepted(case)[:1])
    assert verdict_on(case, seen).grade is Grade.SILENT


def test_an_order_accepted_twice_is_silently_wrong(cases: list[Case]) -> None:
    case = _one(cases, Expected.ACCEPTED, 1)
    seen = Seen(MailState.REVIEW, _accepted(case) * 2)
    assert verdict_on(case, seen).grade is Grade.SILENT


def test_a_fault_that_nobody_notices_is_silently_wrong(cases: list[Case]) -> None:
    for case in (c for c in cases if c.fault):
        seen = Seen(MailState.DONE, _accepted(case))
        assert verdict_on(case, seen).grade is Grade.SILENT, case


def test_a_mail_that_waits_for_a_person_is_wrongly_returned(cases: list[Case]) -> None:
    case = _one(cases, Expected.ACCEPTED, 1)
    assert verdict_on(case, Seen(MailState.REVIEW)).grade is Grade.RETURNED
    assert verdict_on(case, Seen(None, trouble="it died")).grade is Grade.RETURNED
