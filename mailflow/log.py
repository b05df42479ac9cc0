"""Who logs takes its logger from here: structlog without what it colours tracebacks with.

Each line of the log is JSON, and whoever draws loads rich by itself. structlog loads it wherever it
is installed, and two packages more, 80 modules at each start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_COLOURS = "rich"


@contextmanager
def _plain() -> Iterator[None]:
    """Meanwhile importing it is an `ImportError`, which structlog takes for "not installed"."""
    loaded = sys.modules.get(_COLOURS)
    sys.modules[_COLOURS] = None  # type: ignore[assignment] # what an import takes for missing
    try:
        yield
    finally:
        if loaded is None:
            del sys.modules[_COLOURS]
        else:
            sys.modules[_COLOURS] = loaded


with _plain():
    import structlog as structlog

get_logger = structlog.get_logger
