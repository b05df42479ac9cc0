"""By which registers an order was judged: told from the versions that it keeps (rulings, 23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from mailflow.domain.master import MasterKind
from mailflow.store.shown import shown
from mailflow.store.tables import history, masters, order_lines

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
LINES = (
    sa.select(order_lines)
    .where(order_lines.c.order_id == sa.bindparam("of"))
    .order_by(order_lines.c.position)
)


def versions_in(version: str) -> Iterator[tuple[MasterKind, int]]:
    """`3.5.6`: the version of each kind of master table, in their order; those with none left out."""
    for kind, number in zip(MasterKind, version.split("."), strict=False):
        if number.isdigit() and int(number):
            yield kind, int(number)


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
