"""A letter with somebody on it who may not have it goes to the others, and is told (S13)."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CUSTOMERS, STAFF, write_register
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.domain.audience import Audience, strictest
from mailflow.domain.barred import Stopped
from mailflow.domain.effect import Post
from mailflow.domain.message import Message
from mailflow.domain.notice import Letter, Pictures
from mailflow.domain.notice_consumers import CallSheet
from mailflow.domain.register import Register
from mailflow.outbox.audiences import contents_of
from mailflow.performing import Office, perform
from tests.outbox.test_guard import ENCLOSURES, SPECIMENS, called_in, goes_out
from tests.scenarios.house import EVENING, House, build_house, some_mails
from tests.scenarios.replies import ADMIN, BEI, FINANCE, letters, lists_of, question, reply, words

NEW = "xin.manager@songping.example"
LATER, NEXT_DAY = "2026-11-10T18:30:00+08:00", "2026-11-11T18:00:00+08:00"


def test_who_left_gets_nothing_and_goods_move_all_the_same(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    for name, raw in some_mails("11-over-credit").items():
        house.put(name, raw)
    assert house.once(EVENING).returncode == 0
    before = len(letters(house, BEI))
    agreed = reply(question(house, FINANCE), "同意", FINANCE)
    bei_is_gone(house)
    house.put("yes", agreed)
    assert house.once(LATER, MAILFLOW_FAILPOINT="letter.stopped").returncode == -signal.SIGKILL
    assert house.rows("messages") == [m for m in house.rows("messages") if m["recipient"] != NEW]
    done = house.once(LATER)
    assert done.returncode == 0, done.stderr
    assert [m["recipient"] for m in lists_of(house)] == ["warehouse@songping.example"]
    assert len(letters(house, BEI)) == before
    [case] = [c for c in house.rows("cases") if c["kind"] == "letter"]
    assert (case["reason"], case["state"]) == ("letter-stopped:unknown", "open")
    assert house.once(NEXT_DAY).returncode == 0
    [*_, digest] = letters(house, ADMIN, "日报")
    assert case["number"] in words(digest)
    assert "收件人不在名单里" in words(digest)
    assert BEI in words(digest)
    assert house.run("close", "case", case["number"], "--reason", "他已离职").returncode == 0
    assert [c for c in house.rows("cases") if c["state"] == "open"] == []


def bei_is_gone(house: House) -> None:
    """Another manager looks after his distributors."""
    staff = tuple((*row[:2], NEW, *row[3:]) if row[2] == BEI else row for row in STAFF)
    customers = tuple((*row[:4], NEW, *row[5:]) if row[4] == BEI else row for row in CUSTOMERS)
    write_register(house.folder, "staff", staff)
    write_register(house.folder, "customers", customers)


def test_a_rehearsal_sends_what_is_internal_to_its_one_address(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    config = house.config.read_text(encoding="utf-8")
    rehearsed = config.replace("mode: live", "mode: redirect\nredirect_to: trial@other.example")
    house.config.write_text(rehearsed, encoding="utf-8")
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    done = house.once(EVENING)
    assert done.returncode == 0, done.stderr
    sent = house.rows("messages")
    assert {m["recipient"] for m in sent} == {"trial@other.example"}
    assert "dispatch-list" in {m["notice"] for m in sent}
    assert [c for c in house.rows("cases") if c["kind"] == "letter"] == []


CALLERS = {"bei.kf@songping.example": {"北区"}, "nan.kf@songping.example": {"南区"}}
PEOPLE = (
    *STAFF,
    *(("customer_service", "客服", mail, ",".join(r), "") for mail, r in CALLERS.items()),
)
KNOWN = [row[2] for row in PEOPLE]
DEALERS = [row[5] for row in CUSTOMERS if row[5]]
ANYBODY = st.sampled_from(
    [*KNOWN, *DEALERS, "who@else.example", "orders@songping.example", "N101@dealer.example"]
)
COUNT = count(1)
FILES = tuple(e for e in ENCLOSURES if not isinstance(e, Pictures | CallSheet))
SHEET = next(e for e in ENCLOSURES if isinstance(e, CallSheet))
FILES += tuple(replace(SHEET, region=region) for region in ("北区", "南区"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    house = build_house(tmp_path_factory.mktemp("guarded") / "house")
    write_register(house.folder, "staff", PEOPLE)
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    with opened(load_config(house.config), lambda: now, exclusive=True) as each:
        each.refresh()
        yield each


LETTERS = {
    "number": st.integers(0, len(SPECIMENS) - 1),
    "files": st.sets(
        # Consumers' sheets, the last ones, more often than by chance.
        st.integers(0, len(FILES) - 1) | st.integers(len(FILES) - 2, len(FILES) - 1),
        max_size=3,
    ),
    "to": st.lists(ANYBODY, min_size=1, max_size=4),
    "cc": st.lists(ANYBODY, max_size=3),
}


def a_letter(number: int, files: set[int], to: list[str], cc: list[str]) -> Letter:
    return replace(
        SPECIMENS[number],
        to=tuple(to),
        cc=tuple(cc),
        enclosures=tuple(FILES[at] for at in sorted(files)),
        subject_id=f"T{next(COUNT)}",
        mail_id=None,
    )


def queue(letter: Letter, app: App, office: Office) -> None:
    office.prepared.update(dict.fromkeys(letter.enclosures, b"PK a file"))
    with app.store.begin(app.clock()) as work:
        perform((Post(letter),), work, office, app.clock())


def got_by(letter: Letter, app: App) -> set[str]:
    every = app.store.records.listing("messages", None)
    return {m["recipient"].casefold() for m in every if m["subject_id"] == letter.subject_id}


@given(**LETTERS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_to_whomever_nothing_internal_is_ever_queued(
    app: App, number: int, files: set[int], to: list[str], cc: list[str]
) -> None:
    letter = a_letter(number, files, to, cc)
    queue(letter, app, app.office)
    got = got_by(letter, app)
    outward = goes_out(letter)
    assert got <= {*KNOWN, *(DEALERS if outward else ())}
    assert got <= {each.casefold() for each in (*letter.to, *letter.cc)}
    called = called_in(letter)
    assert all(called <= CALLERS.get(each, set()) for each in got)
    # Staff is kept from nothing but consumers' data.
    if not called:
        assert {each for each in (*letter.to, *letter.cc) if each in KNOWN} <= got


class NoGuard:
    """Whoever forgot to ask."""

    def passed(self, letter: Letter, register: Register) -> tuple[Letter, tuple[Stopped, ...]]:
        return letter, ()

    def admits(self, message: Message, letter: Letter) -> bool:
        return True


@given(**LETTERS)
@settings(max_examples=60, deadline=None)
def test_where_nobody_asks_the_guard_the_database_refuses_all_the_same(
    app: App, number: int, files: set[int], to: list[str], cc: list[str]
) -> None:
    letter = a_letter(number, files, to, cc)
    called, everybody = called_in(letter), {each.casefold() for each in (*to, *cc)}
    strict = strictest(contents_of(letter))
    inside = strict in (Audience.INTERNAL, Audience.PERSONAL)
    may = all(called <= CALLERS.get(each, set()) for each in everybody) and not (
        inside and everybody - set(KNOWN)
    )
    said = refusal(letter, app)
    assert got_by(letter, app) == (set() if said else everybody)
    assert "not for them" in said or not said
    # What tells of distributors may be refused besides (`about`).
    assert may == (not said) or (said and strict is Audience.PARTNER)


def refusal(letter: Letter, app: App) -> str:
    """What the database says to it where no guard is asked; empty: it is queued."""
    try:
        queue(letter, app, replace(app.office, guard=NoGuard()))
    except sa.exc.IntegrityError as error:
        return str(error)
    return ""
