"""What an operator does by hand: `redo`, `hold`, `release`, `close`, each with a reason."""

from __future__ import annotations

from pathlib import Path

from mailflow.app import App
from mailflow.calling import forget_what_is_wanted_gone
from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.domain.consumer_list import ListState
from mailflow.forgetting import forget_list
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
            elif (verb, kind) == ("close", "consumers"):
                app.refresh()
                state = _forgotten(app, subject_id, reason)
            else:
                state = app.store.act(verb, kind, subject_id, reason, clock())
    except Failed as failed:
        return failed.code
    say(f"{kind} {subject_id}: {state}")
    return 0


def _forgotten(app: App, number: str, reason: str) -> str:
    """Deleted at once, but where a letter about it is just leaving: then by the daemon, as soon as
    that is known."""
    forget_list(number, reason, app.office, clock())
    forget_what_is_wanted_gone(app.office, app.spool, clock())
    story = app.store.records.story("consumers", number)
    is_gone = story is not None and story["state"] == ListState.DELETED
    return str(ListState.DELETED) if is_gone else "is deleted once its last letter has left"


def _meant(app: App, kind: str, subject_id: str) -> tuple[str, str]:
    """What is done to a case is done to the mail, the order or the request that it is about."""
    case = app.store.records.story("case", subject_id) if kind == "case" else None
    return (case["kind"], case["subject_id"]) if case else (kind, subject_id)
