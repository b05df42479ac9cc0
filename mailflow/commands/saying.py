"""What commands have to say, and how they say what is wrong: one line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from mailflow.config import Config, ConfigError, load
from mailflow.master import MasterError
from mailflow.outbox.catalogue import CatalogueError
from mailflow.ports import Refusal, Trouble


class Failed(Exception):
    """A command cannot go on; `code` is its exit code. What is wrong has been said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    sys.stderr.write(text + "\n")


def clock() -> datetime:
    return datetime.now(UTC)


def load_config(path: Path) -> Config:
    try:
        return load(path)
    except ConfigError as error:
        complain(str(error))
        raise Failed(2) from error


@contextmanager
def troubles_said() -> Iterator[None]:
    """Turn what people can mend into a line on standard error and an exit code."""
    try:
        yield
    except ConfigError as error:
        complain(str(error))
        raise Failed(2) from error
    except (Trouble, Refusal, MasterError, CatalogueError) as error:
        complain(str(error))
        raise Failed(1) from error
