"""Requests as each database keeps them: numbered without a gap, and once ended for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.attached import Attached
from mailflow.domain.register import Role
from mailflow.domain.request import (
    CaseFile,
    Field,
    Note,
    Request,
    RequestKind,
    RequestState,
    Step,
    StepAnswer,
    Text,
)
from mailflow.store.requests import HasEnded
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival

STEP = Step("approve", Text("批准", "approval"), Role.MARKETING_GM, StepAnswer.APPROVE, 3, 1)
KIND = RequestKind(
    code="training", title=Text("培训", "Training"), words=("培训",), askers=("regional_manager",),
    fields=(Field("topic", Text("主题"), ("主题",)),), steps=(STEP, replace(STEP, name="date")), told=("requester",),
)  # fmt: skip
FILE = CaseFile(Attached("海报.pdf", "1.2", 10, "ab" * 32), 1, f"{1:064d}", "M@x.example", 0)
FIRST = Request(
    number="R-2026-0001", kind=KIND, state=RequestState.OPEN, requester="M@x.example", mail_id=1, subject="申请 培训",
    created=NOW, region="东区", distributor="C1", values=(("topic", "喂养"),), files=(FILE,),
    notes=(Note("M@x.example", NOW, "尽快", 0, 1),), due=NOW + timedelta(days=3),
)  # fmt: skip
WHO = "m@X.example"


@pytest.fixture
def opened(store: SqlStore) -> SqlStore:
    store.journal.record([arrival(1), arrival(2)], NOW)
    with store.begin(NOW) as work:
        work.requests.keep(FIRST, "M1")
    return store


def test_an_empty_house_begins_each_year_with_the_first(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.requests.next_number(2026) == "R-2026-0001"
        assert work.requests.request(FIRST.number) is None
        assert (work.requests.of_mail(1), work.requests.open_of(WHO)) == ("", ())
        assert work.requests.opened_since(WHO, NOW) == 0


def test_what_is_kept_comes_back_as_it_was_and_is_its_requesters(opened: SqlStore) -> None:
    with opened.begin(NOW) as work:
        assert work.requests.request(FIRST.number) == FIRST
        assert work.requests.of_mail(1) == FIRST.number
        assert work.requests.open_of(WHO) == (FIRST,)
        assert work.requests.open_of("other@x.example") == ()
        assert work.requests.opened_since(WHO, NOW) == 1
        assert work.requests.opened_since(WHO, NOW + timedelta(seconds=1)) == 0


def test_numbers_go_on_by_what_they_count_and_not_as_texts(opened: SqlStore) -> None:
    with opened.begin(NOW) as work:
        work.requests.keep(replace(FIRST, number="R-2026-10000", mail_id=2), "M2")
        assert work.requests.next_number(2026) == "R-2026-10001"
        assert work.requests.next_number(2027) == "R-2027-0001"


def test_one_that_has_ended_never_goes_on(opened: SqlStore) -> None:
    moved = replace(FIRST, step=1, revision=2)
    with opened.begin(NOW) as work:
        work.requests.keep(moved, "M2")
        work.requests.keep(replace(moved, state=RequestState.REFUSED, due=None), "M2")
    for state in (RequestState.OPEN, RequestState.DONE):
        with pytest.raises(HasEnded), opened.begin(NOW) as work:
            work.requests.keep(replace(moved, state=state), "M2")
    with opened.begin(NOW) as work:
        kept = work.requests.request(FIRST.number)
        assert kept is not None
        assert (kept.state, kept.step) == (RequestState.REFUSED, 1)
        assert work.requests.open_of(WHO) == ()
        # What is said of it afterwards is kept beside it.
        noted = kept.with_note(Note("M@x.example", NOW, "谢谢", 1, 2))
        work.requests.keep(noted, "M2")
        assert work.requests.request(FIRST.number) == noted
