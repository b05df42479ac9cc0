"""`status`, `show` and `list`: what is there and why; nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.domain.matter import MatterKind

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def status(config_path: Path, *, as_json: bool) -> int:
    try:
        config = load_config(config_path)
        with opened(config) as app:
            records, now = app.store.records, clock()
            last = records.last_poll()
            waits = [m for m in records.matters(EVER, EVER) if m.kind is MatterKind.CASE]
            shape = {
                "counts": records.counts(),
                "last_poll": last.isoformat() if last else None,
                "last_poll_age_seconds": int((now - last).total_seconds()) if last else None,
                "mode": config.mode,
                "waits": [
                    {
                        "case": m.reference,
                        "on": m.waits_on.value,
                        "who": m.who,
                        "region": m.region,
                        "reason": m.reason,
                        "since": m.since.isoformat(),
                    }
                    for m in waits
                ],
            }
    except Failed as failed:
        return failed.code
    say(json.dumps(shape, ensure_ascii=False) if as_json else "\n".join(_status_lines(shape)))
    return 0


def _status_lines(shape: Mapping[str, Any]) -> Iterator[str]:
    age = shape["last_poll_age_seconds"]
    yield f"last completed poll: {'never' if age is None else f'{age} s ago'}   mode: {shape['mode']}"
    for name, states in shape["counts"].items():
        yield f"{name + ':':<10}" + "  ".join(f"{state} {n}" for state, n in states.items())
    for wait in shape["waits"]:
        yield f"{wait['case']} waits on {wait['on']} since {wait['since'][:16]}: {wait['who']} {wait['reason']}"


def show(config_path: Path, wanted: tuple[str, str], *, as_json: bool) -> int:
    kind, subject_id = wanted
    try:
        with opened(load_config(config_path)) as app:
            story = app.store.records.story(kind, subject_id)
    except Failed as failed:
        return failed.code
    if story is None:
        complain(f"{kind} {subject_id}: there is none: see `mailflow list {kind}s`")
        return 1
    say(json.dumps(story, ensure_ascii=False) if as_json else "\n".join(_story_lines(kind, story)))
    return 0


def _story_lines(kind: str, story: Mapping[str, Any]) -> Iterator[str]:
    for key, value in story.items():
        if isinstance(value, list):
            if value:
                yield f"{key}:"
            for entry in value:
                yield "  " + _entry(entry)
        elif isinstance(value, dict):
            yield f"{key}: " + _entry(value)
        elif value not in (None, ""):
            yield f"{key}: {value}"


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    return "  ".join(f"{k} {v}" for k, v in entry.items() if v not in (None, "", [], {}))


def listing(config_path: Path, wanted: tuple[str, str | None], *, as_json: bool) -> int:
    kind, state = wanted
    try:
        with opened(load_config(config_path)) as app:
            for row in app.store.records.listing(kind, state):
                say(json.dumps(row, ensure_ascii=False) if as_json else _row(kind, row))
    except Failed as failed:
        return failed.code
    return 0


COLUMNS = {
    "mails": ("id", "state", "reason", "received", "sender", "subject"),
    "orders": ("number", "revision", "state", "distributor", "tins", "amount_cents", "received"),
    "cases": ("number", "state", "waits_on", "region", "reason", "since"),
    "messages": ("id", "state", "notice", "recipient", "subject", "last_error"),
}


def _row(kind: str, row: Mapping[str, Any]) -> str:
    return "  ".join(str(row[c]) for c in COLUMNS[kind])
