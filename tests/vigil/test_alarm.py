"""The alarm rings when something begins, not all the time, and says when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.vitals import Ailment, Waiting
from mailflow.house import packaged
from mailflow.outbox.catalogue import Catalogue
from mailflow.vigil.alarm import AGAIN, RETRY, Alarm, Webhook
from mailflow.vigil.health import Health
from tests.vigil.hooks import robot

NOW = datetime(2026, 11, 10, 10, tzinfo=UTC)
WELL = Health(
    instance="desk",
    version="1",
    pid=1,
    started=NOW,
    checked=NOW,
    last_poll=NOW,
    poll_age=300.0,
    interval=60,
    waiting=Waiting(mails=3, messages=2),
    done={"taken": 0, "dealt": 0, "sent": 0},
    states={},
    troubles=(),
    ailments=(),
)


def ill(
    *ailments: Ailment, after: timedelta = timedelta(0), troubles: tuple[str, ...] = ()
) -> Health:
    return replace(WELL, ailments=ailments, checked=NOW + after, troubles=troubles)


class Ear:
    def __init__(self, language: str = "zh") -> None:
        self.heard: list[str] = []
        self.deaf = False
        words = Catalogue((packaged("templates"),)).words(language)
        self.alarm = Alarm(self._ring, words)

    def _ring(self, text: str) -> None:
        if self.deaf:
            raise OSError("nobody there")
        self.heard.append(text)

    def hears(self, health: Health) -> str:
        """What this look made it say; nothing as an empty text."""
        before = len(self.heard)
        self.alarm(health)
        return "|".join(self.heard[before:])


def test_while_all_is_well_it_is_silent() -> None:
    ear = Ear()
    assert ear.hears(WELL) == ""
    assert ear.hears(replace(WELL, checked=NOW + 30 * AGAIN, troubles=("x",))) == ""


@pytest.mark.fault("Z02")
def test_it_rings_once_when_something_begins_and_once_when_it_is_over() -> None:
    ear = Ear()
    assert "邮箱有 5 分钟没查成了" in ear.hears(ill(Ailment.NO_POLL))
    assert ear.hears(ill(Ailment.NO_POLL, after=timedelta(hours=1))) == ""
    assert ear.hears(replace(WELL, checked=NOW + timedelta(hours=2))) == "desk\n已恢复正常。"
    assert ear.hears(replace(WELL, checked=NOW + timedelta(hours=3))) == ""


def test_while_it_lasts_it_rings_once_a_day() -> None:
    ear = Ear()
    rung = [bool(ear.hears(ill(Ailment.UNSENT, after=timedelta(hours=n)))) for n in range(49)]
    assert [n for n, rang in enumerate(rung) if rang] == [0, 24, 48]


def test_what_comes_and_goes_beside_something_that_lasts_is_told_once() -> None:
    ear = Ear()
    assert ear.hears(ill(Ailment.NO_POLL))
    assert "2 封信" in ear.hears(ill(Ailment.NO_POLL, Ailment.UNSENT))
    assert ear.hears(ill(Ailment.NO_POLL)) == ""
    assert ear.hears(ill(Ailment.NO_POLL, Ailment.UNSENT)) == ""


@pytest.mark.fault("Z02")
def test_what_nobody_heard_is_told_again_but_not_at_each_look() -> None:
    ear = Ear()
    ear.deaf = True
    assert ear.hears(ill(Ailment.HANGS)) == ""
    ear.deaf = False
    assert ear.hears(ill(Ailment.HANGS, after=RETRY / 2)) == ""
    assert "卡住了" in ear.hears(ill(Ailment.HANGS, after=RETRY))


def test_words_of_a_server_stay_words_in_one_line() -> None:
    heard = Ear("en").hears(
        ill(Ailment.MAILS_WAIT, troubles=("no\r\n{minutes} <at all>\x00" * 99,))
    )
    assert heard.startswith("desk\n3 of the mails taken in")
    assert heard.count("\n") == 2
    assert "{minutes} <at all>" in heard
    assert len(heard) < 600


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ailment", list(Ailment))
def test_every_ailment_has_its_words(ailment: Ailment, language: str) -> None:
    assert Ear(language).hears(ill(ailment))


def test_a_robot_is_told_in_the_way_robots_take_it() -> None:
    with robot() as one:
        Webhook(one.url)("桌子\n坏了")
        assert one.heard == ["桌子\n坏了"]


@pytest.mark.parametrize("answers", [302, 403, 500])
def test_a_robot_that_refuses_has_not_heard_and_leads_nowhere_else(answers: int) -> None:
    with robot() as one:
        one.answers = answers
        with pytest.raises(OSError, match=str(answers)) as refused:
            Webhook(one.url)("x")
        assert one.url not in str(refused.value)
        assert one.heard == []


def test_where_nobody_listens_nobody_has_heard() -> None:
    with robot() as one:
        url = one.url
    with pytest.raises(OSError, match="not reached"):
        Webhook(url)("x")
