"""By which registers an order was judged: told from the versions that it keeps (rulings, 23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from mailflow.domain.master import MasterKind
from mailflow.domain.register_change import changes_between
from mailflow.store.mailed import versions_in
from mailflow.store.shown import shown
from mailflow.store.tables import history, mails, masters, order_lines, register_proposals

VERSION = sa.select(masters.c.loaded, masters.c.source, masters.c.sha256).where(
    masters.c.id == sa.bindparam("of")
)
WHY = (
    sa.select(history.c.reason)
    .where(
        history.c.kind == "master",
        history.c.subject_id == sa.bindparam("of"),
        history.c.after == sa.bindparam("sha"),
    )
    .order_by(history.c.id)
    .limit(1)
)
NEWER = sa.select(sa.func.min(masters.c.loaded)).where(
    masters.c.kind == sa.bindparam("of"), masters.c.id > sa.bindparam("than")
)
PROPOSAL = (
    sa.select(register_proposals, mails.c.sender)
    .join(mails, mails.c.id == register_proposals.c.mail_id)
    .where(register_proposals.c.number == sa.bindparam("of"))
)
ROWS = sa.select(masters.c.rows).where(masters.c.id == sa.bindparam("of"))
LINES = (
    sa.select(order_lines)
    .where(order_lines.c.order_id == sa.bindparam("of"))
    .order_by(order_lines.c.position)
)


def registers_told(connection: sa.Connection, version: str) -> list[dict[str, Any]]:
    """Of each register since when that version held, who brought it, and until when: empty where it
    holds still."""
    return [
        told
        for kind, number in versions_in(version)
        if (told := _told(connection, kind, number)) is not None
    ]


def _told(connection: sa.Connection, kind: MasterKind, number: int) -> dict[str, Any] | None:
    row = connection.execute(VERSION, {"of": number}).first()
    if row is None:
        return None
    why = connection.execute(WHY, {"of": kind.value, "sha": row.sha256[:12]}).scalar()
    until = connection.execute(NEWER, {"of": kind.value, "than": number}).scalar()
    return {
        "register": kind.value,
        "version": number,
        "since": shown(row.loaded),
        "until": shown(until) if until else "",
        "source": row.source,
        "why": why or "",
    }


def register_story(connection: sa.Connection, number: str) -> dict[str, Any] | None:
    """What a mailed register would change of the version that it was compared with, and what became
    of it; None where there is none of that number."""
    row = connection.execute(PROPOSAL, {"of": number.strip().upper()}).first()
    if row is None:
        return None
    before = connection.execute(ROWS, {"of": row.base}).scalar() if row.base else ()
    changes = changes_between(before or (), row.rows, row.kind)
    return {
        "number": row.number,
        "register": row.kind,
        "state": row.state,
        "mail_id": row.mail_id,
        "sender": row.sender,
        "rows": len(row.rows),
        "changes": [
            {
                "row": change.code,
                "name": change.name,
                "done": change.done.value,
                "values": [
                    f"{v.column}: {v.before or '-'} > {v.after or '-'}" for v in change.values
                ],
            }
            for change in changes
        ],
    }


def lines_told(connection: sa.Connection, order: sa.Row[Any]) -> list[dict[str, Any]]:
    """The lines of an order, each with the price list that its price stands on and since when."""
    content: list[Mapping[str, Any]] = order.content.get("lines", [])
    told = []
    for number, row in enumerate(connection.execute(LINES, {"of": order.id})):
        line = {k: shown(v) for k, v in row._mapping.items() if k != "order_id"}
        kept = content[number] if number < len(content) else {}
        line["price_list"] = kept.get("price_list") or MasterKind.PRODUCTS.value
        line["price_since"] = kept.get("price_since") or ""
        told.append(line)
    return told
