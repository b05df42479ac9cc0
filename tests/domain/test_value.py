"""Values are equal by what they hold and have a hash, however they are made."""

from __future__ import annotations

import pickle

import pytest

from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class _Fixed:
    text: str
    number: int = 0


@dataclass(slots=True)
class _Changing:
    text: str


def test_a_value_is_found_among_its_equals_and_crosses_a_pipe() -> None:
    one, other = _Fixed("a", 1), _Fixed("a", 1)

    assert {one: "found"}[other] == "found"
    assert _Fixed("a") not in {one, other}
    assert pickle.loads(pickle.dumps(one)) == other


def test_what_may_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(_Changing("a"))
