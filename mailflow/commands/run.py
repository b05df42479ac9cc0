"""`mailflow run`: the daemon, or one pass of it."""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime

from mailflow.commands.ahead import AtWork
from mailflow.commands.doctor_libraries import too_old
from mailflow.commands.logs import set_up_logs
from mailflow.commands.opening import opened
from mailflow.commands.progress import Progress
from mailflow.commands.saying import Failed, complain
from mailflow.commands.saying import clock as wall_clock
from mailflow.commands.service import Signals, serve, tell
from mailflow.config import Config
from mailflow.daemon import one_pass
from mailflow.log import get_logger
from mailflow.ports import Clock
from mailflow.reading import workshops_of
from mailflow.store.schema import Upgrade
from mailflow.works import silent

log = get_logger()

TURN_SECONDS = 0.0005
"""How long who decides keeps the interpreter from who sends, and has only to say the next word."""


def run(begun: AtWork, upgrade: Upgrade, *, once: bool, instant: str | None) -> int:
    """Until it is told to end; a configuration that is told to be read again, and is right, is
    used from then on."""
    config, workshops = begun.config, begun.workshops
    try:
        clock = _clock(config, once, instant)
        _assert_secrets(config)
        looked_at = sys.stdout.isatty() and sys.stderr.isatty()
        set_up_logs(quiet=looked_at)
        for hole in too_old():
            log.warning("library with a known hole", what=hole)
        signals = Signals()
        while True:
            with opened(config, clock, exclusive=True, upgrade=upgrade, workshops=workshops) as app:
                gc.freeze()  # what is loaded now stays: it need not be looked through again
                sys.setswitchinterval(TURN_SECONDS)
                if once:
                    progress = Progress() if sys.stderr.isatty() else silent
                    return tell(one_pass(app.works(), progress))
                again = serve(app, signals, begun.path, looked_at=looked_at)
            if again is None:
                return 0
            config, workshops = again, workshops_of(again)
    except Failed as failed:
        return failed.code
    finally:
        workshops.close()


def _assert_secrets(config: Config) -> None:
    """Before anything is opened: without them the first step would end in the middle."""
    if missing := list(config.secrets_missing()):
        complain("\n".join(missing))
        raise Failed(2)


def _clock(config: Config, once: bool, instant: str | None) -> Clock:
    """The wall clock, or a rehearsal's: only with --once, and where nothing leaves the machine."""
    if instant is None:
        return wall_clock
    if not once:
        complain("--now goes with --once only: add --once")
        raise Failed(2)
    if not config.transport.url.is_local:
        complain("--now is for rehearsals: transport.url must be maildir: or a loopback host")
        raise Failed(2)
    try:
        now = datetime.fromisoformat(instant)
    except ValueError as error:
        complain(f"--now {instant}: write an instant such as 2026-11-10T18:00:00+08:00")
        raise Failed(2) from error
    if now.tzinfo is None:
        now = now.replace(tzinfo=config.zone)
    fixed = now.astimezone(UTC)
    return lambda: fixed
