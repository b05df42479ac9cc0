"""Requests to rows and back; one that has ended never goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from mailflow.domain.request import ENDED, Request, RequestState, request_number
from mailflow.store.connection import Pen
from mailflow.store.tables_requests import requests

OVER = tuple(state.value for state in ENDED)
THIS = requests.c.number == sa.bindparam("of")
FIND = sa.select(requests.c.content).where(THIS)
STATE = sa.select(requests.c.state).where(THIS).with_for_update()
OPEN = sa.insert(requests)
CHANGE = sa.update(requests).where(THIS)
OF_MAIL = sa.select(requests.c.number).where(requests.c.mail_id == sa.bindparam("mail"))
LAST = sa.select(requests.c.number).where(requests.c.number.like(sa.bindparam("of_year")))
OF_SENDER = (
    sa.select(requests.c.content)
    .where(requests.c.requester == sa.bindparam("who"), requests.c.state.not_in(OVER))
    .order_by(requests.c.id.desc())
)
SINCE = sa.select(sa.func.count()).where(
    requests.c.requester == sa.bindparam("who"), requests.c.created >= sa.bindparam("since")
)


@cache
def _shape() -> TypeAdapter[Request]:
    return TypeAdapter(Request)


class HasEnded(Exception):
    """A request that has ended would go on; nothing of it is committed."""


class SqlRequests:
    """What `ports.Requests` says."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def next_number(self, year: int) -> str:
        before = request_number(year, 0).removesuffix("0000")
        rows = self._connection.execute(LAST, {"of_year": f"{before}%"}).scalars()
        last = max((int(number.removeprefix(before)) for number in rows), default=0)
        return request_number(year, last + 1)

    def request(self, number: str) -> Request | None:
        content = self._connection.execute(FIND, {"of": number}).scalar()
        return request_from_json(content) if content is not None else None

    def of_mail(self, mail_id: int) -> str:
        return str(self._connection.execute(OF_MAIL, {"mail": mail_id}).scalar() or "")

    def open_of(self, address: str) -> Sequence[Request]:
        rows = self._connection.execute(OF_SENDER, {"who": address.casefold()}).scalars()
        return tuple(request_from_json(content) for content in rows)

    def opened_since(self, address: str, since: datetime) -> int:
        of = {"who": address.casefold(), "since": since}
        return int(self._connection.execute(SINCE, of).scalar_one())

    def keep(self, request: Request, reason: str) -> None:
        keep(self._pen, request, reason)


def keep(pen: Pen, request: Request, reason: str) -> None:
    change: dict[str, Any] = {
        "state": request.state.value,
        "due": request.due,
        "content": _shape().dump_python(request, mode="json"),
    }
    before = pen.connection.execute(STATE, {"of": request.number}).scalar()
    if before is None:
        opened = {
            "number": request.number,
            "kind": request.kind.code,
            "requester": request.requester.casefold(),
            "mail_id": request.mail_id,
            "created": request.created,
        }
        pen.connection.execute(OPEN, {**opened, **change})
    elif before in OVER and request.state.value != before:
        raise HasEnded(f"request {request.number} is {before}")
    else:
        pen.connection.execute(CHANGE, {"of": request.number, **change})
    at = f"step {request.at.name}: " if request.state is RequestState.OPEN else ""
    for kind in ("request", "case"):
        pen.note(kind, request.number, (before or "", request.state.value), f"{at}{reason}")


def request_from_json(content: Any) -> Request:
    return _shape().validate_python(content, strict=False)
