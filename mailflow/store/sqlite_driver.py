"""Which SQLite is used: the newer of Python's own and the one that comes with the driver."""

from __future__ import annotations

import sqlite3
from types import ModuleType

try:
    from pysqlite3 import dbapi2 as bundled
except ImportError:  # no wheel for this machine: Python's own does, with the slower journal
    bundled = sqlite3

DRIVER: ModuleType = max((sqlite3, bundled), key=lambda driver: driver.sqlite_version_info)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """SQLite up to 3.51.2 can lose committed writes in WAL mode (fixed there and backported)."""
    if version >= (3, 51, 3):
        return True
    return (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def journal_mode() -> str:
    """`wal` where it is safe: a commit flushes once, not three times."""
    return "wal" if wal_is_safe(DRIVER.sqlite_version_info) else "truncate"
