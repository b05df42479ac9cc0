"""A mail to ourselves has to come back; where it does not, somebody hears of it another way (Z01)."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.domain.message import Message
from mailflow.domain.round_trip import JOB
from mailflow.domain.vitals import PATIENCE
from mailflow.outbox.maildir import MaildirSender
from mailflow.ports import NotSent
from tests.scenarios.house import EVENING, LATER, House, build_house
from tests.scenarios.live_house import Servers
from tests.scenarios.test_doctor_mail import house_of

AROUND = "health: {round_trip_hours: 8}\n"
DESK = "orders@songping.example"
NOW = datetime.fromisoformat(EVENING).astimezone(UTC)


def around(house: House) -> list[bytes]:
    """The mails to ourselves that left."""
    parsed = [(raw, message_from_bytes(raw, policy=policy.default)) for raw in house.went_out()]
    return [raw for raw, mail in parsed if mail["To"] == DESK]


@pytest.mark.parametrize("config", [CONFIG, CONFIG.replace("mode: live", "mode: shadow") + AROUND])
def test_none_goes_where_none_was_asked_for_or_the_house_rehearses(
    config: str, tmp_path: Path
) -> None:
    house = build_house(tmp_path / "house", config)
    assert house.once().returncode == 0
    assert around(house) == []
    with opened(load_config(house.config), lambda: NOW, exclusive=True) as app:
        assert app.waiting().away_since is None


@pytest.mark.fault("Z01")
def test_one_goes_in_each_time_and_is_missed_until_it_or_a_later_one_is_back(
    tmp_path: Path,
) -> None:
    house = build_house(tmp_path / "house", CONFIG + AROUND)
    now = NOW

    def passes(app: App, *, later: timedelta = timedelta(0)) -> datetime | None:
        nonlocal now
        now += later
        assert one_pass(app.works()).troubles == ()
        return app.waiting().away_since

    with opened(load_config(house.config), lambda: now, exclusive=True) as app:
        assert passes(app) == NOW
        assert passes(app, later=PATIENCE) == NOW
        [first] = around(house)
        assert passes(app, later=timedelta(hours=8)) == NOW
        [second] = set(around(house)) - {first}
        house.put("second", second)
        assert passes(app, later=timedelta(minutes=1)) is None
        assert passes(app, later=timedelta(hours=8)) == now
        assert len(around(house)) == 3
        house.put("first", first)
        assert passes(app) == now
    assert {(m["kind"], m["state"]) for m in house.rows("mails")} == {("own", "ignored")}
    assert [m["notice"] for m in house.rows("messages") if m["recipient"] == DESK] == []


@pytest.mark.fault("Z01", "L03")
def test_between_real_servers_it_comes_back(tmp_path: Path, servers: Servers) -> None:
    house = house_of(tmp_path / "house", servers, AROUND)
    assert house.once().returncode == 0
    for later in LATER:
        assert house.once(later).returncode == 0
    [own] = house.rows("mails")
    assert (own["kind"], own["state"]) == ("own", "ignored")
    assert own["subject"].startswith("邮箱自检，不用处理 ")
    now = datetime.fromisoformat(LATER[-1]).astimezone(UTC)
    with opened(load_config(house.config), lambda: now, exclusive=True) as app:
        assert app.waiting().away_since is None


def test_a_death_behind_it_costs_a_second_copy_and_no_more(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house", CONFIG + AROUND)
    died = house.once(MAILFLOW_FAILPOINT="round-trip.sent")
    assert died.returncode == -signal.SIGKILL
    for later in LATER:
        assert house.once(later).returncode == 0
    first, second = map(message_from_bytes, around(house))
    assert (first["Message-ID"], first["Subject"]) == (second["Message-ID"], second["Subject"])


def test_one_that_is_refused_is_tried_again_and_not_where_it_is_for_good(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house", CONFIG + AROUND)
    tried: list[bool] = []

    class Refuses(MaildirSender):
        def send(self, message: Message, before_end: Callable[[], None]) -> None:
            if message.notice != JOB:
                return super().send(message, before_end)
            tried.append(len(tried) == 1)
            raise NotSent("550 refused", permanent=tried[-1])

    with opened(load_config(house.config), lambda: NOW, exclusive=True) as app:
        app._sender = Refuses(house.folder / "outbox")
        for away in (None, NOW, NOW):
            one_pass(app.works())
            assert app.waiting().away_since == away
    assert tried == [False, True]
