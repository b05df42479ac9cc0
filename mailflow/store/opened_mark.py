"""A mark beside the spool of the newest opening for work: a database that is older was put back.

Each opening has a number, the epoch, that the database counts. Where the mark knows a later one of the
same database, what was done since is not in it (reliability D08).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from mailflow.domain import failpoint
from mailflow.ports import StoreTrouble

NAME = "opened.json"


def is_older(folder: Path, born: str, epoch: int) -> bool:
    """Whether the database of this name was opened for work later than by this `epoch`.

    Another database beside the same spool is not compared."""
    try:
        shape = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return bool(shape["born"] == born and shape["epoch"] >= epoch)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreTrouble(
            f"{folder / NAME}: cannot be read ({error}): it tells whether the database is an older "
            "one that was put back; if it is not, remove the file"
        ) from error


def mark(folder: Path, born: str, epoch: int) -> None:
    """Durable when it returns."""
    path = folder / NAME
    fresh = folder / f"tmp-{NAME}-{os.getpid()}"
    shape = {"born": born, "epoch": epoch}
    try:
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(shape, file)
            file.flush()
            os.fsync(file.fileno())
        failpoint.reached("opening.marked")
        os.replace(fresh, path)
    except OSError as error:
        raise StoreTrouble(f"{path}: {error.strerror}: free space or mend its rights") from error
