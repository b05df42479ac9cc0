"""A server that keeps a mail back keeps back no other, and a person hears of it (I11)."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.works import PassReport
from tests.mailbox.scripted_imap import Whims, imap_server
from tests.scenarios.house import House, build_house, some_mails

MAILS = list(some_mails("01-clean", "07-csv", "06-english").values())
BEFORE = 2
"""The mail that is kept back; one is listed before it and one behind it."""


def at(hour: int, minute: int) -> str:
    return f"2026-11-10T{hour}:{minute:02}:00+08:00"


def keeps_back(whims: Whims, how: str) -> None:
    match how:
        case "nil":
            whims.mails[BEFORE] = None
        case "refused":
            whims.refused = {BEFORE}
        case "hangs up":
            whims.breaks_at = {BEFORE}


def gives_it(whims: Whims) -> None:
    whims.refused, whims.breaks_at = set(), set()
    whims.mails = dict(enumerate(MAILS, start=1))


@pytest.fixture
def whims() -> Iterator[Whims]:
    with imap_server(
        Whims(mails=dict(enumerate(MAILS, start=1)), capabilities="IMAP4rev1")
    ) as each:
        yield each


@pytest.fixture
def house(tmp_path: Path, whims: Whims, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("LIVE", "secret")
    mailbox = f'{{url: "imap://desk@127.0.0.1:{whims.port}", password: {{env: LIVE}}, since: all}}'
    config = CONFIG.replace('{url: "maildir:inbox", since: all}', mailbox)
    return build_house(tmp_path / "house", config)


def once(house: House, now: str) -> PassReport:
    """A pass of a daemon that was started anew for it, in this process."""
    instant = datetime.fromisoformat(now).astimezone(UTC)
    with opened(load_config(house.config), lambda: instant, exclusive=True) as app:
        return one_pass(app.works())


def rows(house: House, kind: str) -> list[Mapping[str, Any]]:
    with opened(load_config(house.config)) as app:
        return list(app.store.records.listing(kind, None))


def states(house: House) -> Counter[tuple[str, str]]:
    return Counter((m["state"], m["reason"]) for m in rows(house, "mails"))


def cases(house: House) -> list[tuple[str, str]]:
    return [(c["state"], c["reason"]) for c in rows(house, "cases")]


def digest(house: House) -> str:
    [path] = (house.folder / "outbox" / "new").glob("*.digest.*")
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


NOT_GIVEN = ("failed", "not-given")
OTHERS = {("done", "booked"): 2}


@pytest.mark.fault("I11")
@pytest.mark.parametrize(("how", "polls"), [("nil", 3), ("hangs up", 4)])
def test_others_go_on_a_person_hears_of_it_and_it_is_booked_once_when_it_comes(
    house: House, whims: Whims, how: str, polls: int
) -> None:
    keeps_back(whims, how)
    for minute in range(polls - 1):
        once(house, at(10, minute))
    assert states(house) == OTHERS
    assert cases(house) == []
    once(house, at(10, polls))
    assert states(house) == {**OTHERS, NOT_GIVEN: 1}
    assert cases(house) == [("open", "not-given")]
    assert '"not-given"' in house.run("status", "--json").stdout
    troubles = once(house, at(18, 0)).troubles
    assert len(troubles) == (1 if how == "hangs up" else 0)
    assert "取不下来的邮件" in digest(house)

    gives_it(whims)
    assert once(house, at(20, 0)).troubles == ()
    assert once(house, at(21, 0)).troubles == ()
    assert states(house) == {("done", "booked"): 3}
    assert cases(house) == [("closed", "not-given")]
    lists = [m for m in rows(house, "messages") if m["notice"] == "dispatch-list"]
    assert len(lists) == 3


def test_it_is_asked_for_more_seldom_after_it_was_shown(house: House, whims: Whims) -> None:
    keeps_back(whims, "nil")

    def asked() -> int:
        return whims.count(r"UID FETCH (\d+,)*2(,\d+)* \(BODY")

    for minute in range(10):
        once(house, at(10, minute))
    assert asked() == 4
    once(house, at(10, 30))
    assert asked() == 5
    assert cases(house) == [("open", "not-given")]


@pytest.mark.fault("I10")
def test_a_mail_expunged_between_listing_and_fetching_is_no_matter(
    house: House, whims: Whims
) -> None:
    keeps_back(whims, "nil")
    for minute in range(2):
        once(house, at(10, minute))
    del whims.mails[BEFORE]
    once(house, at(10, 3))
    once(house, at(10, 4))
    assert states(house) == OTHERS
    assert cases(house) == []


@pytest.mark.fault("I01", "I02")
@pytest.mark.parametrize("how", ["nil", "refused"])
def test_a_server_that_numbers_anew_each_time_makes_no_second_matter(
    house: House, whims: Whims, how: str
) -> None:
    keeps_back(whims, how)
    for minute in range(6):
        whims.uidvalidity = None if how == "nil" else 10 + minute
        once(house, at(10, minute))
    assert states(house)[NOT_GIVEN] == 1
    assert cases(house) == [("open", "not-given")]


def test_a_kill_right_after_the_count_counts_and_shows_once(house: House, whims: Whims) -> None:
    keeps_back(whims, "nil")
    for minute in range(3):
        killed = house.once(at(10, minute), MAILFLOW_FAILPOINT="intake.withheld")
        assert killed.returncode == -signal.SIGKILL
    once(house, at(10, 4))
    assert states(house) == {**OTHERS, NOT_GIVEN: 1}
    assert cases(house) == [("open", "not-given")]
