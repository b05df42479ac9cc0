"""The daemon as a service: what signals ask of it, who watches it, what a terminal sees of it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from mailflow.app import App
from mailflow.commands.progress import Progress, is_idle, summary
from mailflow.commands.saying import complain, say
from mailflow.config import Config, ConfigError, load
from mailflow.daemon import one_pass, run
from mailflow.house import pages_of
from mailflow.log import get_logger
from mailflow.vigil.health_file import HealthFile
from mailflow.vigil.supervisor import Supervisor
from mailflow.vigil.watch import Told, Watch
from mailflow.works import PassReport, Works, silent

if TYPE_CHECKING:
    from mailflow.vigil.exposition import Exposition

PATIENCE = 8
"""Seconds that the step under way has left once the daemon is to end (reliability Z11); what it
did not commit until then is done anew after the next start, as after a crash."""

log = get_logger()


class Signals:
    """SIGTERM and SIGINT end the daemon, SIGHUP makes it read its configuration again.

    The first one ends after the current step, at the latest after `PATIENCE`; the second at once.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.reread = False
        self.wake: Callable[[], None] = lambda: None
        self.supervisor = Supervisor.of_environment()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._end)
        signal.signal(signal.SIGHUP, self._read_again)
        signal.signal(signal.SIGALRM, _out_of_patience)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        if self.stop.is_set() and not self.reread:
            sys.exit(128 + number)
        self.reread = False
        self.stop.set()
        signal.alarm(PATIENCE)
        self.wake()

    def _read_again(self, _number: int, _frame: FrameType | None) -> None:
        if not self.stop.is_set():
            self.reread = True
            self.stop.set()
            self.wake()


def _out_of_patience(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def serve(app: App, signals: Signals, config_path: Path, *, looked_at: bool) -> Config | None:
    """Pass after pass until a signal. The configuration to go on with, or None to end."""
    signals.wake = app.mailbox().ring
    works = replace(app.works(), ending=signals.stop.is_set)
    with watched(app, signals.supervisor) as watch:
        passes = _Passes(works, watch, looked_at)
        while True:
            run(works, signals.stop, app.config.poll_seconds, passes)
            if not signals.reread:
                break
            signals.reread = False
            signals.stop.clear()
            if (config := _read_anew(config_path)) is not None:
                return config
        passes.end()
    return None


def _read_anew(path: Path) -> Config | None:
    """None where it cannot be used: the one of before stays in force."""
    try:
        config = load(path)
        if missing := list(config.secrets_missing()):
            raise ConfigError("\n".join(missing))
    except ConfigError as error:
        log.error("configuration not taken", why=str(error))
        complain(f"{error}\nthe configuration of before stays in force")
        return None
    log.info("configuration read again", file=str(path))
    return config


@contextmanager
def watched(app: App, supervisor: Supervisor) -> Iterator[Watch]:
    """A watch over the passes that follow, and whoever it tells. Raises `Trouble`."""
    config = app.config
    file = HealthFile(config.path(config.health.file))
    told: list[Told] = [file, supervisor]
    if alarm := _alarm(config):
        told.append(alarm)
    ticking = time.monotonic
    watch = Watch(config.instance, config.poll_seconds, app.clock, ticking, app.waiting, told)
    exposition = _exposition(config, watch)
    watch.start()
    if exposition:
        exposition.start()
    supervisor.say("READY=1")
    try:
        yield watch
    finally:
        watch.stop()
        supervisor.say("STOPPING=1")
        if exposition:
            exposition.stop()
        file.remove()


def _alarm(config: Config) -> Told | None:
    if config.health.alarm is None:
        return None
    # What speaks HTTP is loaded where it is to be spoken, and nowhere else.
    from mailflow.vigil.alarm import Alarm, Webhook

    words = pages_of(config).catalogue.words(config.language)
    return Alarm(Webhook(config.health.alarm.url(config.base)), words)


def _exposition(config: Config, watch: Watch) -> Exposition | None:
    if (place := config.health.place) is None:
        return None
    # Its library is loaded where somebody wants to ask over HTTP, and nowhere else.
    from mailflow.vigil.exposition import Exposition

    return Exposition(*place, watch.look)


class _Passes:
    """The daemon's passes, watched; a terminal sees one line for each that did something, trouble
    once while it lasts, and at the end all of it."""

    def __init__(self, works: Works, watch: Watch, looked_at: bool) -> None:
        self._works, self._watch, self._looked_at = works, watch, looked_at
        self._progress = Progress() if looked_at else silent
        self._all = PassReport()
        self._troubles: tuple[str, ...] = ()

    def __call__(self) -> None:
        report = PassReport()
        self._watch.begins(report)
        one_pass(self._works, self._progress, report)
        self._watch.ends()
        self._all = report.after(self._all)
        if self._looked_at and not is_idle(report, self._troubles):
            tell(report)
        self._troubles = report.troubles

    def end(self) -> None:
        if self._looked_at:
            say(f"ended; since the start: {summary(self._all)}")


def tell(report: PassReport) -> int:
    say(summary(report))
    for trouble in (*report.troubles, *([report.queue] if report.queue else [])):
        complain(trouble)
    return 1 if report.troubles or report.unsent else 0
