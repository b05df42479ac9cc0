"""`mailflow rules` leaves nothing out."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import mailflow.domain
from mailflow.commands.rules import rules


def notices() -> set[str]:
    """The code of every kind of letter there is."""
    modules = (m.name for m in pkgutil.iter_modules(mailflow.domain.__path__, "mailflow.domain."))
    every = (c for m in modules for c in vars(importlib.import_module(m)).values())
    return {vars(c)["code"] for c in every if isinstance(c, type) and c.__name__.endswith("Notice")}


def test_every_notice_is_listed_with_a_whole_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules(None) == 0
    told = capsys.readouterr().out.partition("\nnotices\n")[2].partition("\nset aside")[0]
    assert {line.split()[0] for line in told.splitlines()} == notices()
    assert all(line.endswith(".") for line in told.splitlines())
