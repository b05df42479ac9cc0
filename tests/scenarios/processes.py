"""The program in processes that start at once: one has loaded it and forks the others. A command that is to
die on its way has a process of its own; the others are run in one after the other, as in a daemon that reads
its configuration again, and a fresh one takes its place after some."""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn
from zoneinfo import ZoneInfo

from mailflow import cli
from mailflow.calendars import workdays_in
from mailflow.domain import failpoint
from mailflow.domain.document import Reading
from mailflow.house import packaged
from mailflow.outbox.apart import Apart
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.typeset_pages import Pages
from mailflow.parsers import sandbox_nursery
from mailflow.parsers.sandbox_shapes import prepare
from mailflow.rules.check import all_checks
from tests.scenarios import beside, warm
from tests.scenarios.nurseries import Lender

COMMANDS = (
    "acts",
    "doctor",
    "explain",
    "explain_json",
    "explain_page",
    "explain_picture",
    "look",
    "master_data",
    "rules",
    "run",
    "statistics",
)


RUNS = 40
"""After so many commands a process is replaced: what they leave behind makes each fork dearer."""


def run_mailflow(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """`mailflow` with these arguments, which may well be killed on the way."""
    with TemporaryDirectory() as folder:
        streams = [str(Path(folder) / name) for name in ("out", "err")]
        code = int(_ask(json.dumps([arguments, environment, streams])))
        out, err = (Path(stream).read_text(encoding="utf-8") for stream in streams)
    return subprocess.CompletedProcess(arguments, code, out, err)


def _ask(order: str) -> str:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(order + "\n")
    server.stdin.flush()
    return server.stdout.readline()


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(server.communicate)  # it ends with its input
    return server


def load() -> None:
    """All that the program would import on its way."""
    for command in COMMANDS:
        import_module(f"mailflow.commands.{command}")
    all_checks()
    workdays_in(Path("none"), ZoneInfo("Asia/Shanghai")).is_known(2026)
    lender = Lender()
    sandbox_nursery.started = lender.started
    beside.load()
    Apart._run = beside.run  # type: ignore[method-assign] # a door of our own
    prepare(Reading)
    if "PYTEST_XDIST_WORKER" in os.environ:  # for a few tests it would take longer than it saves
        pages_compiled()
        with lender.practising():
            warm.work()
    gc.freeze()


class Runner:
    """A process in which commands are run one after the other."""

    def __init__(self) -> None:
        self.runs = 0
        orders, self._orders = os.pipe()
        told, codes = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._orders)
            end_as(lambda: _work_off(orders, codes))
        os.close(orders)
        os.close(codes)
        self._told = os.fdopen(told)

    def run(self, order: str) -> int:
        """The exit code, or minus the number of the signal that ended the process."""
        self.runs += 1
        with suppress(BrokenPipeError):
            os.write(self._orders, order.encode())
        code = self._told.readline()
        return int(code) if code else self.end()

    def end(self) -> int:
        self.runs = RUNS
        os.close(self._orders)
        self._told.close()
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)


def serve() -> None:
    """One line an order, one line an exit code; minus a signal's number where one ended it."""
    load()
    runner = Runner()
    while order := sys.stdin.readline():
        _, environment, _ = json.loads(order)
        if "MAILFLOW_FAILPOINT" in environment:
            code = _run_alone(order)
        else:
            if runner.runs == RUNS:
                runner = Runner()
            code = runner.run(order)
            if code >= 0 and runner.runs == RUNS:
                runner.end()
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _work_off(orders: int, codes: int) -> int:
    with open(orders) as asked, open(codes, "w") as answers:
        for order in asked:
            answers.write(f"{run_here(*json.loads(order))}\n")
            answers.flush()
    return 0


def end_as(work: Callable[[], int]) -> NoReturn:
    """In a fork: whatever happens it must not go on as a second server, and taking the whole program apart
    would take longer than all it did."""
    code = 1
    try:
        code = work()
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def _run_alone(order: str) -> int:
    pid = os.fork()
    if pid == 0:
        end_as(lambda: run_here(*json.loads(order)))
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def pages_compiled() -> None:
    """As a daemon has done after a day: each process would begin with it."""
    folders = (packaged("templates"),)
    pages = Pages(folders, ZoneInfo("Asia/Shanghai"), Catalogue(folders), desk="desk@mailflow.test")
    pages.complaints(tuple(p.parent.name for p in folders[0].glob("*/text.txt")))


def run_here(arguments: list[str], environment: dict[str, str], streams: list[str]) -> int:
    """The exit code. What this process has of its parent is the program and nothing else."""
    for number, stream in enumerate((os.devnull, *streams)):
        opened = os.open(stream, os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    failpoint.arm(environment.get("MAILFLOW_FAILPOINT", ""))
    sys.argv[1:] = arguments
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 1


if __name__ == "__main__":
    serve()
