"""A process that others are forked from has worked before: what a statement is in SQL, and whatever else
is found out once in a process, each of them would find out anew."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from mailflow import cli
from mailflow.commands.demo_desk.mails import mails
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.folders import lay_out

PASSES = tuple(f"2026-11-1{day}T{hour}:00:00+08:00" for day in (0, 1) for hour in (10, 18))
LISTED = ("mails", "orders", "messages", "cases")


def work() -> None:
    """Two days of the demo's desk. A statement is compiled when it is run for the second time."""
    with TemporaryDirectory() as folder, _unheard():
        desk = Path(folder)
        lay_out(desk, CONFIG)
        every = list(mails())
        for number, now in enumerate(PASSES):
            for name, raw in every[number :: len(PASSES)]:
                (desk / "inbox/new" / f"{name}.eml").write_bytes(raw)
            _run("run", "--once", "--now", now, "--config", str(desk / "config.yaml"))
        for kind in (*LISTED, *LISTED):
            _run("list", kind, "--json", "--config", str(desk / "config.yaml"))


def _run(*arguments: str) -> None:
    sys.argv[1:] = arguments
    with suppress(SystemExit):
        cli.main()


@contextmanager
def _unheard() -> Iterator[None]:
    """Whoever gives orders over these streams hears nothing of it."""
    kept = [os.dup(number) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, stream in enumerate(kept, start=1):
            os.dup2(stream, number)
            os.close(stream)
        os.close(nowhere)
