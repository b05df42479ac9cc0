"""Consumers whose sheet has not left when the staff register names somebody else for their region: it stays
here, and they wait for whoever calls there now (Domain S10: to the agent in charge and nobody else)."""

from __future__ import annotations

import json

import sqlalchemy as sa

from mailflow.domain.access import looks_after_consumers
from mailflow.domain.case import case_of_mail
from mailflow.domain.consumer_list import NO_CALLER, ListState
from mailflow.domain.finding import Asked
from mailflow.domain.message import MessageState
from mailflow.domain.notice_consumers import CallsNotice
from mailflow.domain.register import Register
from mailflow.store.connection import Pen
from mailflow.store.shelf import DUE
from mailflow.store.tables_consumers import consumer_lists, consumers
from mailflow.store.tables_outbox import outbox
from mailflow.store.unsent import KEEP_BACK
from mailflow.store.waiting_cases import open_case

UNSENT = (
    sa.select(
        *(outbox.c.id, outbox.c.state, outbox.c.notice, outbox.c.subject_id),
        *(outbox.c.recipient, outbox.c.regions, outbox.c.mail_id),
    )
    .where(outbox.c.regions != "", outbox.c.state.in_(DUE))
    .order_by(outbox.c.id)
    .with_for_update()
)
LIST = sa.select(consumer_lists.c.id, consumer_lists.c.state).where(
    consumer_lists.c.number == sa.bindparam("of")
)
WAIT_AGAIN = (
    sa.update(consumers)
    .where(
        consumers.c.list_id == sa.bindparam("of_list"),
        consumers.c.region == sa.bindparam("of_region"),
        sa.func.lower(consumers.c.agent) == sa.bindparam("of_agent"),
    )
    .values(agent="")
)
SOME_WAIT = (
    sa.update(consumer_lists)
    .where(consumer_lists.c.id == sa.bindparam("of_list"))
    .values(state=ListState.KEPT.value)
)


def keep_back_from_former_agents(pen: Pen, register: Register) -> None:
    """`register` has the staff that is in force with the transaction of this pen."""
    for row in pen.connection.execute(UNSENT).all():
        regions = json.loads(row.regions)
        if all(looks_after_consumers(row.recipient, region, register) for region in regions):
            continue
        pen.connection.execute(KEEP_BACK, {"message": row.id})
        states = (row.state, MessageState.SUPPRESSED.value)
        pen.note("message", row.id, states, "no longer in charge of its consumers")
        if row.notice == CallsNotice.code:
            _wait_again(pen, row.mail_id, row.subject_id, row.recipient)


def _wait_again(pen: Pen, mail_id: int, sheet: str, agent: str) -> None:
    number, _, region = sheet.partition(" ")
    of_list = pen.connection.execute(LIST, {"of": number}).one()
    which = {"of_list": of_list.id, "of_region": region, "of_agent": agent.casefold()}
    count = pen.connection.execute(WAIT_AGAIN, which).rowcount
    if not count:
        return  # they were deleted meanwhile
    pen.connection.execute(SOME_WAIT, {"of_list": of_list.id})
    states = (of_list.state, ListState.KEPT.value)
    pen.note("consumers", number, states, f"{region}: {count} ← {agent}")
    why = (NO_CALLER, Asked.SALES_ADMIN)
    open_case(pen, case_of_mail(mail_id, why, pen.now, region))
