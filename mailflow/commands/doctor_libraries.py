"""`doctor` on libraries: none is older than the version that mended a hole which matters here (Z12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from packaging.version import Version

from mailflow.commands.examination import Line
from mailflow.config import Config

LEAST = MappingProxyType(
    {
        "defusedxml": "0.7.1",
        "Jinja2": "3.1.6",
        "lxml": "6.1.0",
        "openpyxl": "3.1.5",
        "python-calamine": "0.9.1",
        "xlrd": "2.0.1",
    }
)
"""Reliability 2.14: CVE-2025-27516 and before (Jinja2), CVE-2026-41066 (lxml, which mailflow does not
need), CVE-2017-5992 (openpyxl), formats that xlrd no longer reads, and the versions that the limits
of the reader were measured with."""


def libraries(_config: Config) -> Iterator[Line]:
    old = too_old()
    yield from (Line(False, text) for text in old)
    if not old:
        yield Line(True, f"none of {len(LEAST)} that holes are known of is too old")


@cache
def too_old(installed: Callable[[str], str] = version) -> Sequence[str]:
    """A line each, with the mend; nothing about those that are not there. Looked for once in a process,
    which keeps what it has loaded."""
    return tuple(_mends(installed))


def _mends(installed: Callable[[str], str]) -> Iterator[str]:
    for name, least in LEAST.items():
        try:
            there = installed(name)
        except PackageNotFoundError:
            continue
        if Version(there) < Version(least):
            yield (
                f"{name} {there} has a known hole, mended in {least}: "
                f"pip install '{name}>={least}', then restart"
            )
