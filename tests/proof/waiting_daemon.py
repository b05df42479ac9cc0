"""A daemon whose time is told: its loop is its own, and what it waits for between two looks is a line with
the next instant. Nothing of the stories is imported here: its memory is the program's."""

from __future__ import annotations

import gc
import os
import sys
import threading
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from mailflow.app import open_app
from mailflow.commands.logs import set_up_logs
from mailflow.config import load
from mailflow.daemon import run


def serve(config: Path, out: int) -> None:
    """Says that it waits by a byte to `out`; without a further line it ends."""
    now = [_told()]
    stop = threading.Event()

    def wait(_seconds: float) -> None:
        os.write(out, b".")
        told = _told()
        if told is None:
            stop.set()
        else:
            now[0] = told

    def clock() -> datetime:
        [instant] = now
        assert instant is not None
        return instant

    settings = load(config)
    set_up_logs(quiet=False)
    app = open_app(settings, clock, exclusive=True)
    gc.freeze()
    try:
        with patch.object(app.mailbox(), "wait", wait):
            run(app.works(), stop, settings.poll_seconds)
    finally:
        app.close()


def _told() -> datetime | None:
    line = sys.stdin.readline().strip()
    return datetime.fromisoformat(line) if line else None


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
