"""A mail that ends its reader, or that we fail at ourselves, is tried three times and set aside; the
next ones go on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.dealing import MOST_ATTEMPTS
from mailflow.domain.barred import Stopped
from mailflow.domain.document import Reading
from mailflow.domain.notice import Letter
from mailflow.domain.register import Register
from mailflow.outbox.guard import Guard
from mailflow.parsers.sandbox import Pending
from mailflow.works import Works
from tests.parsers import sandbox_cases as cases
from tests.scenarios.house import EVENING, LATER, House, build_house, some_mails
from tests.scenarios.replies import ADMIN, BEI, NAN

BAD, GOOD = "01-clean", "07-csv"
"""The first is of one manager, the second of the other."""
WAREHOUSE = "warehouse@songping.example"
WELL = ("done", "booked")


def filled(folder: Path, config: str = CONFIG) -> House:
    house = build_house(folder, config)
    for name, raw in some_mails(BAD, GOOD).items():
        house.put(name, raw)
    return house


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    house = filled(tmp_path / "house")
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    # What is logged of a mistake would be drawn as for a terminal, with everything around it.
    with (
        capture_logs(),
        opened(load_config(house.config), lambda: now, exclusive=True) as each,
    ):
        yield each


def ends(app: App) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in app.store.records.listing("mails", None)]


def a_reader_that_dies(app: App) -> Works:
    def read(raw: bytes) -> Pending[Any]:
        if BEI.encode() in raw:
            return app.workshops.sandbox.submit(cases.abort, returns=Reading)
        return app.read(raw)  # type: ignore[return-value] # here nobody is proven

    return replace(app.works(), read=read)


@pytest.mark.fault("K04", "M07")
def test_three_deaths_of_the_reader_set_a_mail_aside_and_no_other(app: App) -> None:
    assert one_pass(a_reader_that_dies(app)).troubles == ()
    bad, good = app.store.records.listing("mails", None)
    assert (bad["state"], bad["attempts"], bad["reason"][:19]) == (
        "failed",
        MOST_ATTEMPTS,
        "quarantined:crashed",
    )
    assert (good["state"], good["reason"]) == WELL
    [case] = app.store.records.listing("cases", "open")
    assert (case["number"], case["reason"]) == ("M1", "quarantined:crashed")
    assert app.spool.get(bad["sha256"])
    app.store.act("redo", "mail", "1", "mended", app.clock())
    one_pass(app.works())
    assert ends(app) == [WELL, WELL]


@pytest.mark.fault("M06", "M07")
def test_a_mail_beyond_all_measure_is_kept_as_it_is_and_shown(tmp_path: Path) -> None:
    house = filled(tmp_path / "house")
    nested = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 10_000
    house.put("00", b"From: " + BEI.encode() + b"\r\n" + nested)
    assert house.once().returncode == 0
    aside, *others = house.rows("mails")
    assert (aside["state"], aside["reason"].partition(":")[0]) == ("failed", "refused")
    assert [(m["state"], m["reason"]) for m in others] == [WELL, WELL]
    assert [(c["number"], c["reason"]) for c in house.rows("cases")] == [("M1", "refused")]
    assert (house.folder / "spool" / aside["sha256"][:2] / aside["sha256"]).is_file()


@pytest.mark.fault("M07")
def test_our_own_mistake_with_a_mail_sets_that_one_aside(app: App) -> None:
    class FailsForOne(Guard):
        def passed(
            self, letter: Letter, register: Register
        ) -> tuple[Letter | None, tuple[Stopped, ...]]:
            return super().passed(letter, register) if BEI not in letter.to else 1 / 0  # type: ignore[return-value]

    app.office.guard = FailsForOne("orders@songping.example")
    assert one_pass(app.works()).troubles == ()
    assert ends(app) == [("failed", "quarantined:fault"), WELL]
    assert [o["distributor"] for o in app.store.records.listing("orders", None)] == ["S202"]
    assert {m["recipient"] for m in app.store.records.listing("messages", None)} == {
        NAN,
        ADMIN,
        WAREHOUSE,
    }


@pytest.mark.fault("K04", "K10")
def test_deaths_of_the_whole_program_are_counted_too_and_of_one_mail_alone(tmp_path: Path) -> None:
    house = filled(tmp_path / "house")
    for _ in range(MOST_ATTEMPTS):
        assert house.once(MAILFLOW_FAILPOINT="attempt.begun").returncode == -signal.SIGKILL
    # Both were begun when it died first; after that only the first of them.
    assert [m["attempts"] for m in house.rows("mails")] == [MOST_ATTEMPTS, 1]
    assert house.once(LATER[0]).returncode == 0
    assert [(m["state"], m["reason"]) for m in house.rows("mails")] == [
        ("failed", "quarantined"),
        WELL,
    ]
    assert [c["reason"] for c in house.rows("cases")] == ["quarantined"]


@pytest.mark.fault("O09")
def test_nothing_is_booked_of_which_no_letter_can_be_written(tmp_path: Path) -> None:
    own = tmp_path / "house" / "own" / "order-answer" / "text.txt"
    own.parent.mkdir(parents=True)
    own.write_text("{{ notice.no_such_field }}", encoding="utf-8")
    house = filled(tmp_path / "house", CONFIG + "templates: own\n")
    house.once()
    assert {(m["state"], m["reason"]) for m in house.rows("mails")} == {
        ("failed", "quarantined:fault")
    }
    assert house.rows("orders") == []
    assert {m["notice"] for m in house.rows("messages")} == {"digest"}
    own.unlink()
    for number in ("M1", "M2"):
        assert house.run("redo", number, "--reason", "template mended").returncode == 0
    assert house.once(LATER[0]).returncode == 0
    assert {(m["state"], m["reason"]) for m in house.rows("mails")} == {WELL}
