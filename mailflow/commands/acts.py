"""What an operator does by hand: `redo`, `hold`, `release`, `close`, each with a reason."""

from __future__ import annotations

from pathlib import Path

from mailflow.app import App
from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.releasing import release_order
from mailflow.request_chasing import close_request


def act(config_path: Path, wish: tuple[str, str, str], reason: str) -> int:
    verb, *wanted = wish
    if not reason.strip():
        complain("--reason: say why; it is kept in the history")
        return 2
    try:
        with opened(load_config(config_path)) as app:
            kind, subject_id = _meant(app, *wanted)
            if (verb, kind) == ("release", "order"):
                app.refresh()
                state = release_order(subject_id, reason, app.office, clock())
            elif (verb, kind) == ("close", "request"):
                app.refresh()
                state = close_request(subject_id, reason, app.office, clock())
            else:
                state = app.store.act(verb, kind, subject_id, reason, clock())
    except Failed as failed:
        return failed.code
    say(f"{kind} {subject_id}: {state}")
    return 0


def _meant(app: App, kind: str, subject_id: str) -> tuple[str, str]:
    """What is done to a case is done to the mail, the order or the request that it is about."""
    case = app.store.records.story("case", subject_id) if kind == "case" else None
    return (case["kind"], case["subject_id"]) if case else (kind, subject_id)
