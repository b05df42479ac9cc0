"""A letter with somebody on it who may not have it goes to the others, and is told (S13)."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CUSTOMERS, STAFF, write_register
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.domain.audience import Audience
from mailflow.domain.effect import Post
from mailflow.domain.notice import Pictures
from mailflow.outbox.audiences import contents_of
from mailflow.performing import perform
from tests.outbox.test_guard import ENCLOSURES, OUTWARD, SPECIMENS, may_go_out
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


KNOWN = [row[2] for row in STAFF]
DEALERS = [row[5] for row in CUSTOMERS if row[5]]
ANYBODY = st.sampled_from(
    [*KNOWN, *DEALERS, "who@else.example", "orders@songping.example", "N101@dealer.example"]
)
COUNT = count(1)
FILES = tuple(e for e in ENCLOSURES if not isinstance(e, Pictures))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    house = build_house(tmp_path_factory.mktemp("guarded") / "house")
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    with opened(load_config(house.config), lambda: now, exclusive=True) as each:
        each.refresh()
        yield each


@given(
    number=st.integers(0, len(SPECIMENS) - 1),
    files=st.sets(st.integers(0, len(FILES) - 1), max_size=3),
    to=st.lists(ANYBODY, min_size=1, max_size=4),
    cc=st.lists(ANYBODY, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_to_whomever_nothing_internal_is_ever_queued(
    app: App, number: int, files: set[int], to: list[str], cc: list[str]
) -> None:
    letter = replace(
        SPECIMENS[number],
        to=tuple(to),
        cc=tuple(cc),
        enclosures=tuple(FILES[at] for at in sorted(files)),
        subject_id=f"T{next(COUNT)}",
        mail_id=None,
    )
    app.office.prepared.update(dict.fromkeys(letter.enclosures, b"PK a file"))
    with app.store.begin(app.clock()) as work:
        perform((Post(letter),), work, app.office, app.clock())
    every = app.store.records.listing("messages", None)
    got = {m["recipient"].casefold() for m in every if m["subject_id"] == letter.subject_id}
    outward = letter.notice.code in OUTWARD and all(map(may_go_out, letter.enclosures))
    assert got <= {*KNOWN, *(DEALERS if outward else ())}
    assert got <= {each.casefold() for each in (*letter.to, *letter.cc)}
    # Staff is kept from nothing but consumers' data, of which no specimen holds any.
    staff = {each for each in (*letter.to, *letter.cc) if each in KNOWN}
    if not any(c.audience is Audience.PERSONAL for c in contents_of(letter)):
        assert staff <= got
