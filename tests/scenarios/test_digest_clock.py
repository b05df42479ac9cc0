"""One digest a day, whatever the clock does: summer time, steps back, days of sleep, restarts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.domain.certificate import Certificate
from mailflow.domain.pace import DAY, Rate
from mailflow.due import do_what_is_due
from tests.outbox.messages import a_message
from tests.scenarios.house import House, build_house

HALF_PAST_TWO = time(2, 30)
"""An hour that some days do not have, and others have twice."""
HOUR = timedelta(hours=1)
CHANGES = (
    ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 7, 12, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 31, 12, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 3, 12, tzinfo=UTC)),
)
"""A zone, and noon of the day before its clocks change."""


@contextmanager
def app_of(house: House, now: datetime) -> Iterator[App]:
    with opened(load_config(house.config), lambda: now, exclusive=True) as app:
        app.refresh()
        yield app


def days_told(app: App) -> Counter[str]:
    messages = app.store.records.listing("messages", None)
    return Counter(str(m["subject_id"]) for m in messages if m["notice"] == "digest")


@pytest.mark.fault("T01", "T02", "T06")
@pytest.mark.parametrize(("zone", "begin"), CHANGES)
def test_summer_time_takes_no_digest_and_brings_none(
    zone: str, begin: datetime, tmp_path: Path
) -> None:
    house = build_house(tmp_path / "house", CONFIG.replace("Asia/Shanghai", zone))
    for first in (0, 24, 48):  # started anew each day, at noon of London
        with app_of(house, begin + first * HOUR) as app:
            app.store.first_start(begin)
            for hour in range(first, first + 24):
                do_what_is_due(app.office, HALF_PAST_TWO, begin + hour * HOUR)
            told = days_told(app)
            for hour in (first, first + 12):  # the clock was set back
                do_what_is_due(app.office, HALF_PAST_TWO, begin + hour * HOUR)
            assert days_told(app) == told
    assert set(told.values()) == {1}
    assert len(told) == 4, "the first day too"


@pytest.mark.fault("T06", "T08")
def test_after_days_of_sleep_there_is_one_digest_and_at_midnight_none_is_lost(
    tmp_path: Path,
) -> None:
    house = build_house(tmp_path / "house")
    begin = datetime(2026, 11, 10, 1, tzinfo=UTC)
    with app_of(house, begin) as app:
        app.store.first_start(begin)
        assert do_what_is_due(app.office, time(17, 30), begin) == 0
    after_midnight = datetime(2026, 11, 10, 16, 1, tzinfo=UTC)
    with app_of(house, after_midnight) as app:
        assert do_what_is_due(app.office, time(17, 30), after_midnight) == 1
        assert list(days_told(app)) == ["digest-20261110"]
        for minutes in range(0, 300, 60):
            later = begin + timedelta(days=20, minutes=minutes)
            do_what_is_due(app.office, time(17, 30), later)
        assert days_told(app) == {"digest-20261110": 1, "digest-20261129": 1}


@pytest.mark.fault("T07", "S15")
def test_a_certificate_that_ends_and_a_queue_that_lasts_are_told(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    begin = datetime(2026, 11, 10, 10, tzinfo=UTC)
    ending = Certificate("imap.example.com:993", begin + timedelta(days=9))
    with app_of(house, begin) as app:
        app.store.first_start(begin)
        app.office.house = replace(app.office.house, rates=(Rate(1, DAY),))
        assert do_what_is_due(app.office, time(17, 30), begin, [ending]) == 1
        [digest] = app.store.shelf.take_due(begin, 1)
        for after in (digest.ending(), digest.ending().accepted()):
            app.store.shelf.put_back(after, begin)
        told = text_of(digest.mime)
        assert "证书" in told
        assert "imap.example.com:993" in told
        assert "排队" not in told
        do_what_is_due(app.office, time(17, 30), begin + timedelta(hours=20))
        tomorrow = begin + timedelta(hours=23)
        app.store.shelf.slow_down(timedelta(hours=4), "421 HL:IFC", tomorrow)
        with app.store.begin(tomorrow) as work:
            work.post(a_message(7, id=None, recipient="someone@songping.example"))
        do_what_is_due(app.office, time(9, 0), tomorrow)
        [later] = [
            m
            for m in app.store.records.listing("messages", None)
            if m["id"] > 1 and m["notice"] == "digest"
        ]
        [mime] = [m.mime for m in app.store.shelf.take_due(tomorrow, 9) if m.id == later["id"]]
    assert "排队" in text_of(mime)
    assert "421 HL:IFC" in text_of(mime)


def text_of(mime: bytes) -> str:
    message = message_from_bytes(mime, policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
