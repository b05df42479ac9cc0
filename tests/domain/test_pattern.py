"""A pattern that waits is the one that the standard library would have made at once."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import mailflow.rules
from mailflow.domain import pattern as patterns
from mailflow.domain.pattern import compile_all, pattern


def test_nothing_is_compiled_before_somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda *said: made.append(said[0]) or compiled(*said))
    waits = pattern(r"(a)(b)?", re.IGNORECASE)
    assert made == []
    assert waits.search("xA")
    assert waits.search("Ab")
    assert made == ["(a)(b)?"]


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_it_can_what_a_compiled_one_can(flags: int) -> None:
    waits, known, text = (
        pattern(r"(?P<of>[ab])\d", flags),
        re.compile(r"(?P<of>[ab])\d", flags),
        "a1 B2",
    )
    for name in ("match", "fullmatch", "search"):
        ours, theirs = getattr(waits, name)(text), getattr(known, name)(text)
        assert (ours and ours.groupdict()) == (theirs and theirs.groupdict())
    assert waits.findall(text) == known.findall(text)
    assert [m.span() for m in waits.finditer(text)] == [m.span() for m in known.finditer(text)]
    assert (waits.sub("-", text), waits.subn("-", text)) == (
        known.sub("-", text),
        known.subn("-", text),
    )
    assert waits.split(text) == known.split(text)
    for name in ("pattern", "flags", "groups", "groupindex"):
        assert getattr(waits, name) == getattr(known, name)
    with pytest.raises(AttributeError):
        _ = waits.serach  # type: ignore[attr-defined] # there is none


def test_every_pattern_of_the_program_can_be_compiled() -> None:
    for package in ("rules", "domain", "desk"):
        folder = Path(mailflow.rules.__file__).parents[1] / package
        for module in walk_packages([str(folder)], f"mailflow.{package}."):
            import_module(module.name)
    compile_all()
    assert len(patterns._MADE) > 150


def test_one_that_cannot_be_compiled_is_told_before_children_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patterns, "_MADE", [])
    pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        compile_all()
