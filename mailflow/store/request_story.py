"""What became of one request, as a person asks for it by its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.request import Request
from mailflow.store.requests import request_from_json
from mailflow.store.shown import shown
from mailflow.store.tables import questions
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_requests import requests

ASKED = ("revision", "role", "address", "state", "answer", "answered_by", "created", "expires")
SENT = ("id", "notice", "recipient", "subject", "state")


def request_story(connection: sa.Connection, number: str) -> Mapping[str, Any]:
    """Its fields, steps, notes, files, who was asked and who was told; never a token."""
    row = connection.execute(sa.select(requests).where(requests.c.number == number)).first()
    if row is None:
        return {}
    asked = sa.select(*(questions.c[name] for name in ASKED)).where(
        questions.c.order_number == number
    )
    sent = sa.select(*(outbox.c[name] for name in SENT)).where(
        sa.or_(
            outbox.c.subject_id == number,
            outbox.c.subject_id.startswith(f"{number}-", autoescape=True),
        )
    )
    return {
        "request": _as_it_is(request_from_json(row.content), row.due),
        "questions": [_told(r) for r in connection.execute(asked.order_by(questions.c.id))],
        "messages": [_told(r) for r in connection.execute(sent.order_by(outbox.c.id))],
    }


def _as_it_is(request: Request, due: datetime | None) -> Mapping[str, Any]:
    return {
        "kind": request.kind.code,
        "state": request.state.value,
        "step": request.at.name,
        "requester": request.requester,
        "distributor": request.distributor,
        "due": shown(due),
        "fields": dict(request.values),
        "notes": [
            {"by": n.by, "at": n.at.isoformat(), "mail_id": n.mail_id, "text": n.text}
            for n in request.notes
        ],
        "files": [
            {
                "name": f.file.name,
                "size": f.file.size,
                "sha256": f.file.sha256,
                "mail_id": f.mail_id,
                "sender": f.sender,
                "unfit": f.file.unfit,
            }
            for f in request.files
        ],
    }


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    return {name: shown(value) for name, value in row._mapping.items()}
