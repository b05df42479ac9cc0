"""The database refuses a message for somebody outside of its audience, whoever forgot to ask."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.access import looks_after_consumers
from mailflow.domain.audience import Audience
from mailflow.domain.barred import Barred, Stopped, case_of_stopped
from mailflow.domain.matter import Matter
from mailflow.domain.message import Message
from mailflow.store.sql import SqlStore
from mailflow.store.tables_outbox import outbox, stopped_letters
from tests.contract.stores import NOW, arrival, load, message, post
from tests.contract.test_store_accounts import ROW

WARE, AGENT, BUYER, TRIAL = "w@x.example", "kf@x.example", "buyer@shop.example", "trial@x.example"
STAFF = [
    {"role": "warehouse", "name": "仓库", "email": " W@x.example "},
    {"role": "Customer_Service", "name": "客服", "email": AGENT, "regions": "东区"},
]
FITS = {
    (Audience.PUBLIC, BUYER), (Audience.PARTNER, BUYER),
    (Audience.PUBLIC, WARE), (Audience.PARTNER, WARE), (Audience.INTERNAL, WARE),
    (Audience.PUBLIC, AGENT), (Audience.PARTNER, AGENT), (Audience.INTERNAL, AGENT),
    (Audience.PERSONAL, AGENT),
}  # fmt: skip


def staffed(store: SqlStore, rows: list[dict[str, str]], sha256: str = "a") -> None:
    load(store, "staff", sha256, rows, NOW)


def consumers_of(*regions: str, number: int = 1, **more: object) -> Message:
    return message(number, audience=Audience.PERSONAL, regions=regions, **more)


def queued(store: SqlStore) -> list[str]:
    with store._database.reading() as connection:
        return list(connection.execute(sa.select(outbox.c.recipient)).scalars())


@pytest.mark.fault("O08")
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("recipient", [WARE, AGENT, BUYER, "W@X.example"])
def test_a_row_that_must_not_leave_cannot_be_queued(
    store: SqlStore, audience: Audience, recipient: str
) -> None:
    staffed(store, STAFF)
    regions = ("东区",) if audience is Audience.PERSONAL else ()
    letter = message(recipient=recipient, audience=audience, regions=regions)
    if (audience, recipient.lower()) in FITS:
        post(store, letter)
        assert queued(store) == [recipient]
        return
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, letter)
    assert queued(store) == []


def test_the_staff_register_in_force_counts(store: SqlStore) -> None:
    staffed(store, STAFF)
    staffed(store, STAFF[1:], "b")
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, message(audience=Audience.INTERNAL))
    load(store, "customers", "c", [], NOW)
    post(store, message(audience=Audience.INTERNAL, recipient=AGENT))


def test_the_address_of_a_rehearsal_gets_what_is_internal_and_no_consumers(store: SqlStore) -> None:
    staffed(store, STAFF)
    letter = message(recipient=TRIAL, audience=Audience.INTERNAL)
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, letter)
    store.rehearse(TRIAL, NOW)
    post(store, letter)
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, consumers_of("东区", number=2, recipient=TRIAL))
    store.rehearse(None, NOW)
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, message(3, recipient=TRIAL, audience=Audience.INTERNAL))
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, message(4, recipient="", audience=Audience.INTERNAL))


@pytest.mark.parametrize(
    "change",
    [{"recipient": BUYER}, {"audience": "public"}, {"recipient": BUYER, "audience": "public"}],
)
def test_whom_a_message_is_for_never_changes(store: SqlStore, change: dict[str, Any]) -> None:
    staffed(store, STAFF)
    post(store, message(audience=Audience.INTERNAL))
    with (
        pytest.raises(sa.exc.IntegrityError, match="never changes"),
        store._database.writing(NOW) as pen,
    ):
        pen.connection.execute(sa.update(outbox).values(**change))
    with store._database.writing(NOW) as pen:
        pen.connection.execute(sa.update(outbox).values(state="suppressed", recipient=WARE))


def test_a_message_without_an_audience_cannot_be_queued(store: SqlStore) -> None:
    with store._database.writing(NOW) as pen:
        post_row = sa.insert(outbox).from_select(
            ["notice", "audience"], sa.select(sa.literal("x"), sa.literal(""))
        )
        with pytest.raises(sa.exc.IntegrityError, match="without an audience"):
            pen.connection.execute(post_row)
        pen.connection.rollback()


def test_a_letter_that_was_stopped_stands_in_the_digest_until_it_is_closed(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    stopped = Stopped(
        notice="statistics", subject_id="TJ-2026-10", revision=1, recipient=BUYER,
        why=Barred.AUDIENCE, mail_id=1,
    )  # fmt: skip
    for _ in range(2):
        with store.begin(NOW) as work:
            work.stop_letter(stopped)
            work.open_case(case_of_stopped(stopped, NOW))
    with store._database.reading() as connection:
        [row] = connection.execute(sa.select(stopped_letters)).all()
    assert (row.number, row.why, row.mail_id) == (stopped.number, Barred.AUDIENCE, 1)
    [told] = matters(store)
    assert (told.reference, told.reason) == (stopped.number, Barred.AUDIENCE.value)
    assert (told.who, told.subject, told.region) == (BUYER, "TJ-2026-10", "")
    assert store.act("close", "case", stopped.number, "looked at", NOW) == "closed"
    assert matters(store) == []


def matters(store: SqlStore) -> list[Matter]:
    return list(store.records.matters(NOW, NOW))


MINE, OTHERS, BOTH = ("C1",), ("C2",), ("C1", "C2")
DEALERS = [
    {**ROW, "code": "C1", "email": " Buyer@shop.example "},
    {**ROW, "code": "C2", "email": "other@shop.example"},
    {**ROW, "code": "C3", "email": ""},
]


@pytest.mark.fault("O08")
def test_what_tells_of_a_distributor_is_queued_for_it_and_no_other(store: SqlStore) -> None:
    staffed(store, STAFF)
    load(store, "customers", "c", DEALERS, NOW)
    fits = ((BUYER, MINE), ("BUYER@shop.example", MINE), (WARE, BOTH), (AGENT, OTHERS), (BUYER, ()))
    for number, (recipient, about) in enumerate(fits):
        post(store, message(number, recipient=recipient, about=about))
    assert queued(store) == [recipient for recipient, _ in fits]
    [first] = [m for m in store.shelf.take_due(NOW, 9) if m.recipient == BUYER and m.about]
    assert first.about == MINE
    never = (
        *((BUYER, OTHERS), (BUYER, BOTH), (BUYER, ("",)), (BUYER, ("C3",)), (BUYER, ("C9",))),
        *(("who@else.example", MINE), ("", MINE), ("", ("C3",))),
    )
    for number, (recipient, about) in enumerate(never, start=20):
        with pytest.raises(sa.exc.IntegrityError, match="not for them"):
            post(store, message(number, recipient=recipient, about=about))
    with (
        pytest.raises(sa.exc.IntegrityError, match="never changes"),
        store._database.writing(NOW) as pen,
    ):
        pen.connection.execute(sa.update(outbox).values(about=""))


def test_whose_address_it_is_goes_by_the_register_in_force(store: SqlStore) -> None:
    staffed(store, STAFF)
    load(store, "customers", "c", DEALERS, NOW)
    moved = [DEALERS[0], {**DEALERS[1], "email": BUYER}]
    load(store, "customers", "d", moved, NOW)
    post(store, message(1, recipient=BUYER, about=BOTH))
    load(store, "customers", "e", DEALERS[1:], NOW)
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, message(2, recipient=BUYER, about=MINE))
    store.rehearse(TRIAL, NOW)
    post(store, message(3, recipient=TRIAL, about=MINE))


EAST, SOUTH, REST, TWO = "e@x.example", "s@x.example", "r@x.example", "two@x.example"
WHERE = ("", "东区", "南区", "北区")


def calls(address: str, *regions: str) -> dict[str, str]:
    return {
        "role": "customer_service",
        "name": "x",
        "email": address,
        "regions": "，".join(regions),
    }


AGENTS = (
    [],
    [calls(EAST, "东区"), calls(SOUTH, "南区"), calls(REST)],
    [calls(EAST, "南区"), calls(SOUTH, "南区", "北区"), calls(TWO, "东区"), calls(TWO, "南区")],
    [calls(REST), calls(TWO), {**calls(EAST, "东区"), "role": "sales_admin"}],
    [calls(f" {EAST.upper()}", "东区"), {**calls(REST), "role": "it_admin"}],
)
"""Registers of staff one after the other: agents come, go and change their regions."""


@pytest.mark.fault("O08")
def test_consumers_of_a_region_are_queued_for_who_calls_them_and_nobody_else(
    store: SqlStore,
) -> None:
    number, got = 0, 0
    for version, rows in enumerate(AGENTS):
        staffed(store, rows, f"v{version}")
        register = store.register()
        for address in (EAST, SOUTH, REST, TWO, "S@x.example", BUYER):
            for regions in ((), *((one,) for one in WHERE), ("东区", "南区"), WHERE):
                number += 1
                letter = consumers_of(*regions, number=number, recipient=address)
                may = [looks_after_consumers(address, region, register) for region in regions]
                if may and all(may):
                    post(store, letter)
                    got += 1
                    continue
                with pytest.raises(sa.exc.IntegrityError, match="not for them"):
                    post(store, letter)
    assert len(queued(store)) == got == 26
    with pytest.raises(sa.exc.IntegrityError, match="not for them"):
        post(store, message(number + 1, recipient=REST, regions=("东区",)))


def test_whose_consumers_stand_in_a_message_never_changes(store: SqlStore) -> None:
    staffed(store, AGENTS[1])
    post(store, consumers_of("东区", recipient=EAST))
    [taken] = store.shelf.take_due(NOW, 9)
    assert taken.regions == ("东区",)
    for changed in ("", '["南区"]'):
        with (
            pytest.raises(sa.exc.IntegrityError, match="never changes"),
            store._database.writing(NOW) as pen,
        ):
            pen.connection.execute(sa.update(outbox).values(regions=changed))


def test_a_customer_register_changes_no_agent(store: SqlStore) -> None:
    staffed(store, AGENTS[1])
    load(store, "customers", "c", DEALERS, NOW)
    post(store, consumers_of("东区", recipient=EAST))
