"""What the page of an order's story shows: who ordered what, and every event since, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from mailflow.domain.value import dataclass

UNDERWAY = frozenset({"sending", "end-of-data-sent"})
"""States of a message that last a second: they fill a page and say nothing to a person."""
ITS_WORDS_SAY_IT = frozenset(
    {("mail", "waiting"), ("mail", "held"), ("mail", "returned"), ("mail", "done")}
    | {("message", "ready"), ("question", "open")}
)
"""Events whose reason is a word of the machine for what the page says anyhow."""
LINES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` and `state` choose the words; `about` is a subject or whom it concerns, `reason` codes
    or the words of who decided."""

    at: datetime
    kind: str
    state: str
    number: str
    about: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Tins and CNY of one booked line, by the cell it came from."""

    place: str
    sku: str
    tins: int
    amount: Decimal
    funding: str


@dataclass(frozen=True, slots=True)
class StoryView:
    number: str
    revision: int
    state: str
    customer: Mapping[str, Any]
    ship_to: Mapping[str, str]
    sender: str
    received: datetime
    tins: int
    amount: Decimal
    lists: tuple[str, ...]
    findings: tuple[Mapping[str, Any], ...]
    lines: tuple[StoryLine, ...]
    lines_left: int
    events: tuple[Event, ...]


def story_view(story: Mapping[str, Any]) -> StoryView:
    """`story` as the records tell an order (`mailflow show order --json`)."""
    lines = story["lines"]
    return StoryView(
        number=story["number"],
        revision=story["revision"],
        state=story["state"],
        customer=story["customer"] or {},
        ship_to=story["ship_to"] or {},
        sender=story["sender"] or "",
        received=datetime.fromisoformat(story["received"]),
        tins=story["tins"],
        amount=_yuan(story["amount_cents"]),
        lists=tuple(f"{sheet['number']} R{sheet['revision']}" for sheet in story["dispatch_lists"]),
        findings=tuple(story["findings"]),
        lines=tuple(
            StoryLine(
                each["place"], each["sku"], each["tins"], _yuan(each["amount_cents"]),
                each["funding"],
            )
            for each in lines[:LINES_SHOWN]
        ),
        lines_left=max(0, len(lines) - LINES_SHOWN),
        events=tuple(_events(story["timeline"])),
    )  # fmt: skip


def _events(timeline: Sequence[Mapping[str, Any]]) -> Iterator[Event]:
    """Without what a machine alone has to know: tries to read, messages on the wire."""
    for row in timeline:
        kind, state = row["kind"], row["after"]
        tried = kind == "mail" and row["before"] == state == "waiting"
        if tried or (kind == "message" and state in UNDERWAY):
            continue
        yield Event(
            at=datetime.fromisoformat(row["at"]),
            kind=kind,
            state=state,
            number=row["subject_id"],
            about=row["about"],
            reason="" if (kind, state) in ITS_WORDS_SAY_IT else row["reason"],
            by=row["by"],
        )


def _yuan(cents: int) -> Decimal:
    return Decimal(cents) / 100
