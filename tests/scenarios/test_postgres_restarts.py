"""A PostgreSQL that goes down around the commits of a pass, and comes back: each thing happens once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from tests.live.postgres import Postgres, running_postgres
from tests.scenarios.house import EVENING, House, build_house, some_mails

NAMES = ("01-clean", "03-wrong-price", "07-csv", "11-over-credit")
COMMITS = ("work.before-commit", "work.committed")
EACH, MOST = 4, 8
"""So many go by between two restarts, before a commit and behind it in turn; restarts end, or no pass
would ever be whole."""
MOST_PASSES = 40


@pytest.fixture
def server() -> Iterator[Postgres]:
    """Of our own, as it goes down."""
    with running_postgres() as started:
        yield started


def filled(folder: Path, database: str) -> House:
    house = build_house(folder, CONFIG.replace("sqlite:///mailflow.db", database))
    for name, raw in some_mails(*NAMES).items():
        house.put(name, raw)
    return house


def played(house: House) -> int:
    """Pass after pass until two had nothing to complain of; returns how many complained."""
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    config = load_config(house.config)
    complained = 0
    quiet = 0
    with opened(config, lambda: now, exclusive=True) as app:
        for _ in range(MOST_PASSES):
            troubles = one_pass(app.works()).troubles
            now += timedelta(minutes=20)
            complained += bool(troubles)
            quiet = 0 if troubles else quiet + 1
            if quiet > 1:
                return complained
    raise AssertionError(troubles)


@pytest.mark.fault("D10")
def test_a_server_that_goes_down_around_each_commit_in_turn_costs_nothing(
    tmp_path: Path, server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = filled(tmp_path / "alone", "sqlite:///mailflow.db")
    assert played(alone) == 0
    passed, restarts = count(1), []

    def go_down(name: str) -> None:
        is_next = name == COMMITS[len(restarts) % len(COMMITS)] and len(restarts) < MOST
        if is_next and not next(passed) % EACH:
            server.stop()
            server.start()
            restarts.append(name)

    with server.database() as url:
        house = filled(tmp_path / "restarted", url)
        monkeypatch.setattr("mailflow.store.connection.failpoint.reached", go_down)
        complained = played(house)
        monkeypatch.undo()
        assert len(restarts) == MOST
        assert complained > 1
        assert house.end_state() == alone.end_state()
