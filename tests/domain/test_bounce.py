"""Which messages a report speaks of; where that cannot be told for sure, of none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailflow.domain.bounce import COMES_BACK, Bounce, Sent, struck
from mailflow.domain.message import MessageState

NOW = datetime(2026, 11, 10, 10, tzinfo=UTC)


def sent(number: int, to: str, state: MessageState = MessageState.ACCEPTED) -> Sent:
    return Sent(number, "dispatch-list", "FH1", to, "清单", NOW, state)


def numbers(bounce: Bounce, *messages: Sent) -> list[int]:
    return [message.id for message in struck(bounce, messages)]


A, B = sent(1, "a@x.example"), sent(2, "B@x.example")


def test_without_a_message_nothing_is_struck() -> None:
    assert numbers(Bounce(failed=("a@x.example",))) == []


def test_of_several_it_strikes_whom_it_names() -> None:
    assert numbers(Bounce(failed=("b@x.example",)), A, B) == [2]
    assert numbers(Bounce(failed=("a@x.example", "b@x.example")), A, B) == [1, 2]


def test_a_report_that_names_nobody_we_know_speaks_of_the_only_one_or_of_none() -> None:
    passed_on = Bounce(failed=("keeper@elsewhere.example",))
    assert numbers(passed_on, A) == [1]
    assert numbers(passed_on, A, B) == []
    assert numbers(Bounce(), A, B) == []


@pytest.mark.parametrize("state", list(MessageState))
def test_only_what_is_out_comes_back(state: MessageState) -> None:
    bounce = Bounce(failed=("a@x.example",))
    assert numbers(bounce, sent(1, "a@x.example", state)) == ([1] if state in COMES_BACK else [])


def test_what_is_only_late_has_not_failed() -> None:
    assert Bounce(delayed=("a@x.example",)).only_late
    assert not Bounce(failed=("b@x.example",), delayed=("a@x.example",)).only_late
    assert not Bounce().only_late
