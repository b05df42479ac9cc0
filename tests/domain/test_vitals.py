"""A daemon is ill when nothing gets done, and only then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.vitals import PATIENCE, STANDSTILL, Ailment, Signs, Waiting, ailments

NOW = datetime(2026, 11, 10, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def found(poll: timedelta, progress: timedelta | None = None, **waits: int | datetime) -> list[str]:
    waiting = Waiting(**waits)  # type: ignore[arg-type]  # numbers and instants by name
    return [a.value for a in ailments(Signs(poll, progress, MINUTE), waiting, NOW)]


def test_a_daemon_that_polls_is_well() -> None:
    assert found(timedelta(0)) == []
    assert found(2.9 * MINUTE) == []
    lately = NOW - PATIENCE + timedelta(seconds=1)
    assert found(MINUTE, mails=3, mails_since=lately, messages=2, messages_since=lately) == []


def test_a_pass_over_many_mails_that_gets_on_is_no_stall() -> None:
    old = NOW - 3 * PATIENCE
    waits = {"mails": 900, "mails_since": old, "messages": 9, "messages_since": old}
    assert found(100 * MINUTE, timedelta(seconds=5), **waits) == []


@pytest.mark.fault("I03", "Z01")
def test_three_polls_missed_are_a_stall() -> None:
    assert found(3 * MINUTE) == [Ailment.NO_POLL]
    assert found(3 * MINUTE, progress=2 * MINUTE) == [Ailment.NO_POLL]


def test_a_pass_in_which_nothing_gets_done_hangs_but_not_before_a_server_may_have_answered() -> (
    None
):
    assert found(14 * MINUTE, progress=14 * MINUTE) == [Ailment.NO_POLL]
    assert found(STANDSTILL, progress=STANDSTILL) == [Ailment.HANGS]


def test_what_lies_too_long_is_told_although_polls_go_on() -> None:
    old = NOW - PATIENCE
    assert found(MINUTE, mails=1, mails_since=old) == [Ailment.MAILS_WAIT]
    assert found(MINUTE, messages=1, messages_since=old) == [Ailment.UNSENT]
    assert found(MINUTE, away_since=old) == [Ailment.NOT_BACK]
    assert found(MINUTE, away_since=old + MINUTE) == []


def test_a_message_given_up_is_told_until_somebody_settles_it() -> None:
    assert found(MINUTE, in_doubt=2) == []
    assert found(MINUTE, failed=1) == [Ailment.GAVE_UP]
