"""`mailflow run`: the daemon, or one pass of it."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TextIO, cast

import structlog

from mailflow.commands.opening import opened
from mailflow.commands.progress import Progress, is_idle, summary, together
from mailflow.commands.saying import Failed, complain, load_config, say
from mailflow.commands.saying import clock as wall_clock
from mailflow.config import Config
from mailflow.daemon import one_pass
from mailflow.daemon import run as keep_running
from mailflow.ports import Clock
from mailflow.store.schema import Upgrade
from mailflow.works import PassReport, Works, silent


def run(config_path: Path, upgrade: Upgrade, *, once: bool, instant: str | None) -> int:
    try:
        config = load_config(config_path)
        clock = _clock(config, once, instant)
        _assert_secrets(config)
        looked_at = sys.stdout.isatty() and sys.stderr.isatty()
        set_up_logs(quiet=looked_at)
        with opened(config, clock, exclusive=True, upgrade=upgrade) as app:
            works = app.works()
            gc.freeze()  # what is loaded now stays: it need not be looked through again
            if once:
                return _tell(one_pass(works, Progress() if sys.stderr.isatty() else silent))
            stop = threading.Event()
            _end_on_signals(stop, app.mailbox().ring)
            look = _Looked(works) if looked_at else None
            keep_running(works, stop, config.poll_seconds, look)
            if look:
                look.end()
            return 0
    except Failed as failed:
        return failed.code


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


def _end_on_signals(stop: threading.Event, wake: Callable[[], None]) -> None:
    """The first signal ends after the current step, the second at once; both are safe."""

    def end(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            sys.exit(128 + number)
        stop.set()
        wake()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)


class _Looked:
    """A daemon's passes as somebody at a terminal sees them: one line for each that did something,
    trouble once while it lasts, and at the end all of it."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._progress = Progress()
        self._all = PassReport()
        self._troubles: tuple[str, ...] = ()

    def __call__(self) -> None:
        report = one_pass(self._works, self._progress)
        self._all = together(self._all, report)
        if not is_idle(report, self._troubles):
            _tell(report)
        self._troubles = report.troubles

    def end(self) -> None:
        say(f"ended; since the start: {summary(self._all)}")


def _tell(report: PassReport) -> int:
    say(summary(report))
    for trouble in report.troubles:
        complain(trouble)
    return 1 if report.troubles or report.unsent else 0


class LogFile(io.TextIOBase):
    """Standard output for lines of the log: one that cannot be written is lost, and nothing else
    is (reliability D03)."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            sys.stdout.flush()
            try:
                os.write(sys.stdout.fileno(), text.encode("utf-8", "replace"))
            except io.UnsupportedOperation:
                sys.stdout.write(text)
        return len(text)


def set_up_logs(*, quiet: bool) -> None:
    """One JSON line a mail on standard output; quiet where a person looks at the summary."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(40 if quiet else 20),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, LogFile())),
        cache_logger_on_first_use=True,
    )
