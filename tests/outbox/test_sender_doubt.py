"""Whatever happens to a message in doubt, it ends, and with at most one unproven copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.message import Message, MessageState
from mailflow.outbox.sender import FIRST_LOOK, LOOKED_FOR, MOST_RESENDS, next_step
from tests.outbox.messages import NOON, a_message

S = MessageState
seen = st.sampled_from([True, False, None])
spans = st.timedeltas(timedelta(0), timedelta(days=3))


def in_doubt(goods: bool, resends: int, attempts: int = 1) -> Message:
    begun = a_message(goods=goods, resends=resends, attempts=attempts)
    return begun.lost_sight_of("cut", NOON)


@given(goods=st.booleans(), resends=st.integers(0, 3), waited=spans)
def test_evidence_always_ends_it_as_accepted(goods: bool, resends: int, waited: timedelta) -> None:
    after = next_step(in_doubt(goods, resends), True, NOON + waited)
    assert after is not None
    assert after.state is S.ACCEPTED


@pytest.mark.fault("S11")
@given(goods=st.booleans(), resends=st.integers(0, 3), evidence=seen, waited=spans)
def test_the_bytes_and_the_name_never_change(
    goods: bool, resends: int, evidence: bool | None, waited: timedelta
) -> None:
    before = in_doubt(goods, resends)
    after = next_step(before, evidence, NOON + waited) or before
    assert (after.mime, after.message_id, after.recipient) == (
        before.mime,
        before.message_id,
        before.recipient,
    )


@pytest.mark.fault("S09")
@given(resends=st.integers(0, 3), waited=spans)
def test_goods_are_sent_again_neither_early_nor_a_second_time(
    resends: int, waited: timedelta
) -> None:
    after = next_step(in_doubt(True, resends), None, NOON + waited)
    if waited < LOOKED_FOR:
        assert after is None
    elif resends < MOST_RESENDS:
        assert after is not None
        assert (after.state, after.resends) == (S.READY, resends + 1)
    else:
        assert after is not None
        assert after.state is S.FAILED


@pytest.mark.fault("S01")
@given(
    goods=st.booleans(),
    ends=st.lists(st.tuples(seen, spans), min_size=1, max_size=40),
)
def test_every_doubt_ends_with_at_most_one_unproven_copy(
    goods: bool, ends: list[tuple[bool | None, timedelta]]
) -> None:
    message, now, unproven = in_doubt(goods, 0), NOON, 0
    for evidence, waited in ends:
        now += max(waited, FIRST_LOOK)
        after = next_step(message, evidence, now)
        if after is None:
            assert now - (message.due - FIRST_LOOK) < LOOKED_FOR
            continue
        if after.state is not S.READY:
            assert after.state in (S.ACCEPTED, S.FAILED)
            break
        unproven += evidence is None
        message = after.begun().lost_sight_of("cut", now)
    assert unproven <= MOST_RESENDS


def test_a_carrier_that_always_loses_what_it_never_had_is_given_up() -> None:
    message, tries = in_doubt(True, 0), 0
    while message.state is S.UNKNOWN:
        after = next_step(message, False, message.due)
        assert after is not None
        if after.state is S.FAILED:
            break
        message, tries = after.begun().lost_sight_of("cut", after.due), tries + 1
        assert tries < 20
    assert tries == 10
