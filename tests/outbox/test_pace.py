"""What waits for a limit waits: it is neither lost nor tried, and leaves once it may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mailflow.domain.message import MessageState
from mailflow.domain.pace import DAY, MINUTE, Rate
from mailflow.domain.provider import Provider
from mailflow.outbox.carrier import ANYBODY, CarrierDown, Words
from mailflow.outbox.pace import Pace, queue_of
from mailflow.outbox.sender import Drained, drain
from mailflow.providers import provider_at, providers, recognised
from tests.contract.fakes import MemorySender, MemoryShelf
from tests.outbox.messages import NOON, a_message

PACE = Pace((Rate(10, MINUTE), Rate(25, DAY)))


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


def shelf_of(count: int) -> MemoryShelf:
    shelf = MemoryShelf()
    shelf.put(*(a_message(number) for number in range(1, count + 1)))
    return shelf


def test_where_fewer_wait_than_may_leave_no_queue_is_told() -> None:
    shelf = shelf_of(10)
    assert drain(shelf, MemorySender(), Clock(), pace=PACE) == Drained(sent=10)
    assert queue_of(shelf, PACE, NOON) is None, "the limit is reached, and nobody waits for it"


@pytest.mark.fault("T08")
def test_a_heap_leaves_minute_by_minute_and_day_by_day_in_its_order() -> None:
    """As after days in which the machine slept: all of it is due at once."""
    shelf, sender, clock = shelf_of(40), MemorySender(), Clock()
    sent = []
    for minutes in (0, 0, 1, 2, 3, 60 * 24 - 1, 60 * 24, 60 * 24 + 1):
        clock.now = NOON + minutes * MINUTE
        sent.append(drain(shelf, sender, clock, pace=PACE).sent)
    assert sent == [10, 0, 10, 5, 0, 0, 10, 5]
    assert [m.id for m in sender.taken] == list(range(1, 41))
    assert {m.attempts for m in shelf.messages.values()} == {1}, "waiting is no attempt"


def test_the_queue_tells_how_many_wait_until_when_and_why() -> None:
    shelf = shelf_of(12)
    drain(shelf, MemorySender(), Clock(), pace=PACE)
    assert str(queue_of(shelf, PACE, NOON)) == (
        f"2 messages wait until {(NOON + MINUTE).isoformat()}: 10 in a minute have left, "
        "which is the limit (transport.limits)"
    )


@pytest.mark.fault("S07", "S14")
def test_a_too_many_slows_down_and_fails_nothing() -> None:
    shelf, clock = shelf_of(3), Clock()
    busy = CarrierDown("421 HL:IFC", tried=True, pause=timedelta())
    sender = MemorySender([None, busy])
    drain(shelf, sender, clock)
    clock.now = NOON + MINUTE / 2
    shelf.put(a_message(4))
    drain(shelf, sender, clock)
    assert sender.asked == 2, "within the pause it is not asked"
    clock.now = NOON + MINUTE
    drain(shelf, sender, clock)
    assert {m.state for m in shelf.messages.values()} == {MessageState.ACCEPTED}


def test_an_outage_is_no_too_many() -> None:
    shelf = shelf_of(1)
    drain(shelf, MemorySender([CarrierDown("away")]), Clock())
    assert shelf.slow is None


@pytest.mark.fault("S07")
@pytest.mark.parametrize(
    ("provider", "said", "pause"),
    [
        ("netease", "421 HL:IFC too much", timedelta()),
        ("netease", "554 DT:SPM odd", None),
        ("qq", "550 Connection frequency limited", timedelta()),
        ("exmail", "550 Exceed daily sending limit", timedelta(hours=1)),
        ("gmail", "550 5.4.5 Daily user sending limit exceeded", timedelta(hours=1)),
        ("microsoft", "432 4.3.2 Concurrent connections limit exceeded", timedelta()),
        ("microsoft", "550 5.7.705 Access denied, tenant exceeded threshold", timedelta(hours=1)),
        (
            "microsoft",
            "451 4.7.500 throttled. Suggested Backoff Time: 90000 milliseconds",
            timedelta(seconds=90),
        ),
    ],
)
def test_what_a_provider_says_means_later(
    provider: str, said: str, pause: timedelta | None
) -> None:
    words, code = Words.of(providers()[provider]), int(said[:3])
    assert not words.is_permanent(code, said[4:])
    assert words.pause(said[4:]) == pause


@pytest.mark.parametrize("code", providers())
def test_a_refusal_of_one_recipient_stays_one(code: str) -> None:
    words = Words.of(providers()[code])
    for said in ("5.1.1 no such user", "5.7.1 we do not want this", "Mailbox not found"):
        assert words.is_permanent(550, said)
        assert words.pause(said) is None
    assert ANYBODY.pause("4.3.0 shutting down") is None


@pytest.mark.parametrize(
    ("host", "login", "code"),
    [
        ("smtp.163.com", "desk@163.com", "netease"),
        ("SMTP.QQ.COM", "desk@qq.com", "qq"),
        ("smtp.gmail.com", "desk@gmail.com", "gmail"),
        ("smtp.gmail.com", "desk@songping.example", "workspace"),
        ("127.0.0.2", "", "own"),
        ("smtp.qq.com.evil.example", "desk@qq.com", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_a_provider_is_told_by_its_host(host: str, login: str, code: str) -> None:
    assert provider_at(host, login).code == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (["* OK Coremail System IMap Server Ready"], "netease"),
        (["OK The Microsoft Exchange IMAP4 service is ready"], "microsoft"),
        (["OK ready", "IDLE", "X-GM-EXT-1"], "gmail"),
        (["OK Dovecot ready."], "own"),
        (["OK ready", "IDLE"], "unknown"),
    ],
)
def test_or_by_what_it_says_of_itself(told: list[str], code: str) -> None:
    assert recognised(told).code == code


def test_every_provider_says_where_a_person_gets_what_is_asked_of_him() -> None:
    assert all(p.secret_from for p in providers().values())
    assert isinstance(providers()["qq"], Provider)
