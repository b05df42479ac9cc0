"""`mailflow verify`: whether what is kept is what was kept, by its hashes, links and sums."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from mailflow.app import App
from mailflow.commands.opening import opened
from mailflow.commands.progress import Progress
from mailflow.commands.saying import Failed, complain, load_config, say
from mailflow.domain.history_chain import Broken, Seal
from mailflow.ports import StoreTrouble

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
OFTEN = 500
"""Pieces of work between two words about how far it is."""
ALTERED = "keep the database as it is, and compare it with a backup from before"


def verify(config_path: Path, seals: tuple[Seal, ...], *, as_json: bool) -> int:
    """0 where everything is what it was, else 1 and each thing that is not."""
    try:
        config = load_config(config_path)
        with opened(config) as app:
            progress: Tell = Progress() if sys.stderr.isatty() else _silent
            wrong: list[str] = []
            for problem in _problems(app, seals, progress):
                wrong.append(problem)
                if not as_json:
                    complain(problem)
            seal = app.store.evidence.seal()
            shape = {
                "well": not wrong,
                "history_rows": app.store.evidence.rows(),
                "seal": str(seal) if seal else None,
                "problems": wrong,
            }
    except Failed as failed:
        return failed.code
    say(
        json.dumps(shape, ensure_ascii=False)
        if as_json
        else _line(shape["history_rows"], seal, wrong)
    )
    return 1 if wrong else 0


def _silent(_step: str, _done: int, _everything: int) -> None:
    """Nobody looks."""


def _line(rows: object, seal: Seal | None, wrong: list[str]) -> str:
    told = f"; its seal is {seal}" if seal else ""
    what = f"{len(wrong)} wrong" if wrong else "everything is as it was kept"
    return f"history of {rows} rows{told}; mails, messages and balances looked at: {what}"


def _problems(app: App, seals: Iterable[Seal], progress: Tell) -> Iterator[str]:
    evidence = app.store.evidence
    for broken in evidence.breaks(seals):
        yield _broken(broken)
    mails = list(evidence.mails())
    for number, sha256 in _counted(mails, "verify", progress):
        try:
            app.spool.get(sha256)
        except StoreTrouble as trouble:
            yield f"mail {number}: {trouble}"
    for sha256 in evidence.altered_letters():
        yield f"letter {sha256[:12]}: not the bytes that were kept: {ALTERED}"
    for distributor in evidence.off_balance():
        yield f"balance of {distributor}: not the sum of what was entered: {ALTERED}"
    if (said := app.store.check()) != "ok":
        yield f"database: {said}: {ALTERED}"


def _broken(broken: Broken) -> str:
    after = f"after row {broken.after}" if broken.after else "at its beginning"
    if broken.id is None:
        return f"history: rows are missing {after} that a letter told of: {ALTERED}"
    return (
        f"history: row {broken.id} is not what followed {after}: a row was changed, moved, added or "
        f"removed: {ALTERED}"
    )


def _counted(things: list[T], step: str, progress: Tell) -> Iterator[T]:
    for done, thing in enumerate(things):
        if done % OFTEN == 0:
            progress(step, done, len(things))
        yield thing
    progress(step, len(things), len(things))
