"""A library with a known hole is told of, and no other."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from packaging.version import Version

from mailflow.commands.doctor_libraries import LEAST, too_old


def installed(**versions: str) -> list[str]:
    def one(name: str) -> str:
        if name not in versions:
            raise PackageNotFoundError(name)
        return versions[name]

    return list(too_old(one))


def test_what_is_not_there_has_no_holes_and_what_we_pin_has_none() -> None:
    assert installed() == []
    pins = (Path(__file__).parents[2] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in pins if "==" in line)
    known = {name.casefold(): Version(value) for name, value in pinned.items()}
    for name, least in LEAST.items():
        assert known.get(name.casefold(), Version(least)) >= Version(least)
    assert list(too_old()) == []


@pytest.mark.fault("Z12")
def test_one_that_is_too_old_is_named_with_its_mend() -> None:
    assert installed(Jinja2="3.1.6") == []
    assert installed(Jinja2="3.1.10") == [], "by numbers, not by letters"
    [told] = installed(Jinja2="3.1.5", openpyxl="3.1.5")
    assert told.startswith("Jinja2 3.1.5 has a known hole, mended in 3.1.6: pip install")
