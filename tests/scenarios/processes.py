"""The program in processes of its own that start at once: one has loaded it and forks the others."""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import traceback
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
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


def run_mailflow(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """`mailflow` with these arguments in a fresh process, which may well be killed on the way."""
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
    sandbox_nursery.started = Lender().started
    beside.load()
    Apart._run = beside.run  # type: ignore[method-assign] # a door of our own
    prepare(Reading)
    if "PYTEST_XDIST_WORKER" in os.environ:  # for a few tests it would take longer than it saves
        pages_compiled()
        warm.work()
    gc.freeze()


def serve() -> None:
    """One line an order, one line an exit code; minus a signal's number where one ended it."""
    load()
    while order := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            become(*json.loads(order))
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def pages_compiled() -> None:
    """As a daemon has done after a day: each process would begin with it."""
    folders = (packaged("templates"),)
    pages = Pages(folders, ZoneInfo("Asia/Shanghai"), Catalogue(folders), desk="desk@mailflow.test")
    pages.complaints(tuple(p.parent.name for p in folders[0].glob("*/text.txt")))


def become(arguments: list[str], environment: dict[str, str], streams: list[str]) -> None:
    """What this process has of its parent is the program and nothing else. Does not return."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, stream in enumerate(streams, start=1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(environment)
    failpoint.arm(environment.get("MAILFLOW_FAILPOINT", ""))
    sys.argv[1:] = arguments
    code = 1
    try:
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # taking the whole program apart would take longer than all it did


if __name__ == "__main__":
    serve()
