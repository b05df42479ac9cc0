"""Consumers as each database keeps them: on one list, passed on once, and gone with all about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mailflow.domain.audience import Audience
from mailflow.domain.consumer_list import (
    Consumer,
    ConsumerList,
    KnownConsumer,
    ListState,
    Part,
    Personal,
)
from mailflow.domain.mail import Head, MailState
from mailflow.domain.message import MessageState
from mailflow.domain.notice_consumers import CallsNotice
from mailflow.ports import Refusal
from mailflow.store.consumers import NotWaiting
from mailflow.store.sql import SqlStore
from mailflow.store.tables_consumers import consumers
from mailflow.store.tables_outbox import letters
from tests.contract.stores import NOW, arrival, load, message, post

ONE = Consumer(
    attachment="名单.xlsx", cell="名单!B3", region="北区", name="王某芳", phone="13900003001", key="+8613900003001"
)  # fmt: skip
TWO = replace(ONE, region="南区", phone="13900003002", key="+8613900003002", distributor="S201")
LIST = ConsumerList(
    number="XF261109-0001", mail_id=1, sender="He@x.example", received=NOW, rows=(ONE, TWO)
)
AGENT = "kf@x.example"
DAY, AFTER = date(2026, 11, 9), date(2026, 11, 10)


@pytest.fixture
def listed(store: SqlStore) -> SqlStore:
    store.journal.record([arrival(1), arrival(2)], NOW)
    with store.begin(NOW) as work:
        work.consumers.keep(LIST)
        work.consumers.mark_personal(1, DAY)
    return store


def test_nobody_is_known_or_waits_in_an_empty_house(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.consumers.known([ONE.key]) == {}
        assert work.consumers.waiting() == ()
        assert work.consumers.kept(LIST.number) is None
    assert not store.records.consumers_wait()
    assert store.records.consumers_expired(date.max) == ()
    assert store.records.story("consumers", LIST.number) is None


def test_a_number_is_on_one_list_and_known_by_it(listed: SqlStore) -> None:
    with listed.begin(NOW) as work:
        many = [f"+86{number}" for number in range(1200)]
        known = work.consumers.known([*many, ONE.key])
        assert known == {ONE.key: KnownConsumer(LIST.number, LIST.sender)}
    again = replace(LIST, number="XF261109-0002", mail_id=2, rows=(ONE,))
    with pytest.raises(sa.exc.IntegrityError), listed.begin(NOW) as work:
        work.consumers.keep(again)
    with listed.begin(NOW) as work:
        assert work.consumers.kept(again.number) is None


def test_each_region_is_passed_on_once(listed: SqlStore) -> None:
    assert listed.records.consumers_wait()
    with listed.begin(NOW) as work:
        first, second = work.consumers.waiting()
        assert (first.rows, second.rows) == ((ONE,), (TWO,))
        work.consumers.passed(LIST.number, "北区", AGENT)
    with pytest.raises(NotWaiting), listed.begin(NOW) as work:
        work.consumers.passed(LIST.number, "北区", "other@x.example")
    with listed.begin(NOW) as work:
        kept = work.consumers.kept(LIST.number)
        assert kept is not None
        assert kept.state is ListState.KEPT
        assert set(kept.parts) == {Part("北区", 1, AGENT), Part("南区", 1)}
        work.consumers.passed(LIST.number, "南区", AGENT)
        kept = work.consumers.kept(LIST.number)
        assert kept is not None
        assert kept.state is ListState.PASSED
    assert not listed.records.consumers_wait()


def settled(store: SqlStore, number: int) -> None:
    with store.begin(NOW) as work:
        assert work.claim(number)
        work.settle(number, MailState.DONE, "consumers-taken", Head(sender="he@x.example"), ())


def test_what_is_over_goes_with_the_bytes_of_every_letter_about_it(listed: SqlStore) -> None:
    load(listed, "staff", "a", [{"role": "customer_service", "name": "x", "email": AGENT}], NOW)
    calls = message(
        1, notice=CallsNotice.code, recipient=AGENT, audience=Audience.PERSONAL, regions=("北区",), mail_id=1,
        mime=b"Subject: 1\r\n\r\n13900003001",
    )  # fmt: skip
    post(listed, calls, message(2))
    # A mail that nobody has read yet stays.
    assert listed.records.consumers_expired(AFTER) == ()
    settled(listed, 1)
    assert listed.records.consumers_expired(DAY) == ()
    [gone] = listed.records.consumers_expired(AFTER)
    assert gone == Personal(1, DAY, f"{1:064d}")
    with listed.begin(NOW) as work:
        assert not work.consumers.forget(gone, b"a note"), "its letter may still leave"
    for each in listed.shelf.take_due(NOW, 9):
        listed.shelf.put_back(replace(each, state=MessageState.ACCEPTED), NOW)
    with listed.begin(NOW) as work:
        assert work.consumers.forget(gone, b"a note")
    assert listed.records.consumers_expired(AFTER) == ()
    with listed._database.reading() as connection:
        assert connection.execute(sa.select(consumers)).all() == []
        kept = set(connection.execute(sa.select(letters.c.mime)).scalars())
    assert kept == {b"a note", b"Subject: 2\r\n\r\n"}
    with listed.begin(NOW) as work:
        old = work.consumers.kept(LIST.number)
        assert old is not None
        assert (old.state, old.count, old.parts) == (ListState.DELETED, 2, ())
        # The number may come again.
        work.consumers.keep(replace(LIST, number="XF261109-0002", mail_id=2, rows=(ONE,)))


def test_what_is_wanted_gone_is_over_at_once_and_does_not_leave(listed: SqlStore) -> None:
    load(listed, "staff", "a", [{"role": "customer_service", "name": "x", "email": AGENT}], NOW)
    post(
        listed,
        message(
            1,
            notice=CallsNotice.code,
            recipient=AGENT,
            audience=Audience.PERSONAL,
            regions=("北区",),
            mail_id=1,
        ),
    )
    settled(listed, 1)
    later = NOW + timedelta(hours=1)
    with listed.begin(later) as work:
        work.consumers.want_forgotten(LIST.number, "M2")
    assert not listed.records.consumers_wait()
    assert listed.shelf.take_due(later, 9) == []
    [gone] = listed.records.consumers_expired(date.min)
    assert (gone.mail_id, gone.wanted) == (1, later)
    with pytest.raises(LookupError), listed.begin(later) as work:
        work.consumers.want_forgotten("XF261109-0009", "M2")


def _staff(*agents: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"role": "customer_service", "name": "客服", "email": email, "regions": regions}
        for email, regions in agents
    ]


def test_a_sheet_that_has_not_left_stays_when_another_is_in_charge(listed: SqlStore) -> None:
    load(listed, "staff", "a", _staff((AGENT.upper(), "北区，南区")), NOW)
    with listed.begin(NOW) as work:
        for region in ("北区", "南区"):
            work.consumers.passed(LIST.number, region, AGENT.upper())
    for number, region in enumerate(("北区", "南区")):
        of = {
            "notice": CallsNotice.code,
            "subject_id": f"{LIST.number} {region}",
            "regions": (region,),
        }
        post(listed, message(number, recipient=AGENT, audience=Audience.PERSONAL, mail_id=1, **of))
    load(listed, "staff", "b", _staff((AGENT, "北区"), ("new@x.example", "")), NOW)
    with listed.begin(NOW) as work:
        [back] = work.consumers.waiting()
        assert (back.region, back.rows, back.kept_back) == ("南区", (TWO,), 1)
        kept = work.consumers.kept(LIST.number)
        assert kept is not None
        assert (kept.state, set(kept.parts)) == (
            ListState.KEPT,
            {Part("北区", 1, AGENT.upper()), Part("南区", 1)},
        )
    assert [m.regions for m in listed.shelf.take_due(NOW, 9)] == [("北区",)]
    with pytest.raises(Refusal, match=f"{AGENT} does not call the consumers of 南区 any more"):
        listed.act("release", "message", "2", "she was faster", NOW)
    load(listed, "staff", "c", _staff(("new@x.example", "")), NOW)
    with listed.begin(NOW) as work:
        assert len(work.consumers.waiting()) == 1  # whoever sends it has it already
    load(listed, "staff", "d", _staff((AGENT, "南区")), NOW)
    assert listed.act("release", "message", "2", "she calls there again", NOW) == "ready"


def test_what_was_deleted_does_not_wait_again_when_another_is_in_charge(listed: SqlStore) -> None:
    load(listed, "staff", "a", _staff((AGENT, "")), NOW)
    with listed.begin(NOW) as work:
        for region in ("北区", "南区"):
            work.consumers.passed(LIST.number, region, AGENT)
        assert work.consumers.forget(Personal(1, DAY, None), b"gone")
    sheet = {"notice": CallsNotice.code, "subject_id": f"{LIST.number} 北区", "regions": ("北区",)}
    post(listed, message(1, recipient=AGENT, audience=Audience.PERSONAL, mail_id=1, **sheet))
    load(listed, "staff", "b", _staff(("new@x.example", "")), NOW)
    with listed.begin(NOW) as work:
        kept = work.consumers.kept(LIST.number)
        assert kept is not None
        assert kept.state is ListState.DELETED
    assert listed.shelf.take_due(NOW, 9) == []
