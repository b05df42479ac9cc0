"""`status`, `show` and `list`: what is there and why; nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailflow.commands.look_coming import coming_told, lines_of_coming
from mailflow.commands.look_waits import lines_of, undelivered_told, waits_told
from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.commands.story_page import write_story
from mailflow.domain.announcement import AnnouncementState
from mailflow.domain.consumer_list import ListState
from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import OrderState
from mailflow.domain.register_change import ProposalState
from mailflow.domain.settlement import next_steps
from mailflow.domain.sheet import Place, Span
from mailflow.doors import pace_of
from mailflow.house import pages_of
from mailflow.outbox.pace import Queue, queue_of, reason_of
from mailflow.sending import LET_GO

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def status(config_path: Path, *, as_json: bool) -> int:
    try:
        config = load_config(config_path)
        with opened(config) as app:
            records, now = app.store.records, clock()
            last = records.last_poll()
            today = now.astimezone(config.zone).date()
            held = app.store.shelf.held()
            queue = queue_of(app.store.shelf, pace_of(config), now)
            matters, catalogue = records.matters(EVER, EVER), pages_of(config).catalogue
            shape = {
                "counts": records.counts(),
                "ledger": records.ledger(),
                "last_poll": last.isoformat() if last else None,
                "last_poll_age_seconds": int((now - last).total_seconds()) if last else None,
                "mode": config.mode,
                "outbox_held": str(held) if held else None,
                "outbox_queue": _queue(queue),
                **coming_told(app.store.register(), today, config.cut_off),
                "waits": waits_told(matters, catalogue),
                "undelivered": undelivered_told(matters, catalogue),
            }
    except Failed as failed:
        return failed.code
    say(json.dumps(shape, ensure_ascii=False) if as_json else "\n".join(_status_lines(shape)))
    return 0


def _queue(queue: Queue | None) -> dict[str, Any] | None:
    """What waits for a limit of the provider."""
    if queue is None:
        return None
    until = queue.allowed.until
    why = reason_of(queue.allowed)
    return {"waiting": queue.waiting, "until": until and until.isoformat(), "why": why}


def _status_lines(shape: Mapping[str, Any]) -> Iterator[str]:
    age = shape["last_poll_age_seconds"]
    yield f"last completed poll: {'never' if age is None else f'{age} s ago'}   mode: {shape['mode']}"
    if shape["outbox_held"]:
        yield f"outbox: {shape['outbox_held']}: {LET_GO}"
    if queue := shape["outbox_queue"]:
        yield f"outbox: {queue['waiting']} messages wait until {queue['until']}: {queue['why']}"
    for name, states in shape["counts"].items():
        yield f"{name + ':':<10}" + "  ".join(f"{state} {n}" for state, n in states.items())
    ledger = shape["ledger"]
    yield (
        f"{'ledger:':<10}{ledger['distributors']} distributors  owed {ledger['owed']}  "
        f"expense left {ledger['expense_left']}"
    )
    yield from lines_of_coming(shape)
    yield from lines_of(shape)


def show(
    config_path: Path, wanted: tuple[str, str], *, as_json: bool, page: Path | None = None
) -> int:
    kind, subject_id = wanted
    try:
        config = load_config(config_path)
        with opened(config) as app:
            story = app.store.records.story(kind, subject_id)
            if story is not None and kind == "consumers":
                app.store.note_access(subject_id, "show", clock())
        if story is not None and page is not None:
            write_story(_with_places(story), config, page)
            return 0
    except Failed as failed:
        return failed.code
    if story is None:
        complain(
            f"{kind} {subject_id}: {NONE.get(kind) or f'there is none: see `mailflow list {kind}s`'}"
        )
        return 1
    told = _with_places(story)
    say(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_story_lines(told)))
    return 0


NONE = {
    "account": "nothing was entered for it: write the code of a distributor",
    "consumers": "there is none: see `mailflow list consumers`",
    "batch": "no shipment names it: see `mailflow list batches`",
}


def _with_places(
    story: Mapping[str, Any], of: tuple[str, int | None] = ("", None)
) -> dict[str, Any]:
    """Findings say where, as Excel shows it (`订单!E8`), and the command that settles them: `of` are
    the sender and his mail."""
    told = dict(story)
    if sender := told.get("sender"):
        of = sender, told.get("mail_id", told.get("id"))
    if "findings" in told:
        told["findings"] = [_finding(f, of) for f in told["findings"]]
    if "orders" in told:
        told["orders"] = [_with_places(o, of) for o in told["orders"]]
    return told


def _finding(entry: Mapping[str, Any], of: tuple[str, int | None]) -> dict[str, Any]:
    at, area = entry.get("at"), entry.get("where")
    place = str(Place(**at)) if at else str(Span(**area)) if area else ""
    attachment = (at or area or {}).get("attachment", "")
    details = dict(entry.get("details") or ())
    kept = {k: v for k, v in entry.items() if k not in ("at", "where", "details")}
    steps = next_steps(str(entry.get("code", "")), details, *of)
    told = {k: v for k, v in details.items() if k not in ("word",) and not k.startswith("column")}
    next_ = {"next": list(steps)} if steps else {}
    return {**kept, "where": place, "attachment": attachment, **told, **next_}


def _story_lines(story: Mapping[str, Any]) -> Iterator[str]:
    for key, value in story.items():
        if isinstance(value, list):
            if value:
                yield f"{key}:"
            for entry in value:
                yield from _entry_lines(entry)
        elif isinstance(value, dict):
            yield f"{key}: " + _entry(value)
        elif value not in (None, ""):
            yield f"{key}: {value}"


def _entry_lines(entry: Any) -> Iterator[str]:
    """What belongs to an entry stands below it."""
    below = entry.pop("findings", ()) if isinstance(entry, dict) else ()
    yield "  " + _entry(entry)
    for each in below:
        yield "    " + _entry(each)


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    return "  ".join(f"{k} {_text(v)}" for k, v in entry.items() if v not in (None, "", [], {}))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(str(v) for v in value.values() if v)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def listing(config_path: Path, wanted: tuple[str, str | None], *, as_json: bool) -> int:
    kind, state = wanted
    if state is not None and state not in STATES[kind]:
        known = ", ".join(STATES[kind])
        way = f"write one of {known}" if known else "leave --state out"
        complain(f"list {kind}: no state {state}: {way}")
        return 2
    try:
        with opened(load_config(config_path)) as app:
            for row in app.store.records.listing(kind, state):
                say(json.dumps(row, ensure_ascii=False) if as_json else _row(kind, row))
    except Failed as failed:
        return failed.code
    return 0


STATES: Mapping[str, Sequence[str]] = {
    "mails": [state.value for state in MailState],
    "orders": [state.value for state in OrderState],
    "cases": ["open", "closed"],
    "messages": [state.value for state in MessageState],
    "settlements": ["active", "revoked"],
    "batches": [],
    "announcements": [state.value for state in AnnouncementState],
    "shortages": ["open", "listed", "cancelled"],
    "shortfalls": ["open", "settled", "waived"],
    "registers": [state.value for state in ProposalState],
    "consumers": [state.value for state in ListState],
}
COLUMNS = {
    "mails": ("id", "state", "reason", "received", "sender", "subject"),
    "orders": ("number", "revision", "state", "distributor", "tins", "amount_cents", "received"),
    "cases": ("number", "state", "waits_on", "region", "reason", "since"),
    "messages": ("id", "state", "notice", "recipient", "subject", "last_error"),
    "announcements": ("number", "revision", "state", "announcer", "title"),
    "batches": ("batch", "sku", "tins", "distributor", "region", "sheet", "shipped_on", "waybill"),
    "shortages": ("order_number", "state", "sku", "tins", "since", "list_number", "proposal"),
    "shortfalls": ("number", "state", "store", "sku", "heard", "used", "tins", "taken", "left"),
    "registers": ("number", "state", "kind", "mail_id"),
    "consumers": ("number", "state", "consumers", "received", "sender", "mail_id"),
    "settlements": ("id", "state", "sender", "kind", "said", "means", "by", "since", "reason"),
}


def _row(kind: str, row: Mapping[str, Any]) -> str:
    return "  ".join(str(row[c]) for c in COLUMNS[kind])
