"""Values are equal by what they hold and have a hash, however they are made."""

from __future__ import annotations

import pickle
from dataclasses import field, replace
from typing import Any

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


@dataclass(frozen=True)
class _Named:
    name: str
    seen: list[str] = field(default_factory=list, hash=False)
    note: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True)
class _Other:
    name: str
    seen: list[str] = field(default_factory=list, hash=False)


@dataclass(frozen=True)
class _Nothing:
    pass


def test_fields_say_whether_they_are_compared_hashed_and_shown() -> None:
    assert _Named("a", note="x") == _Named("a")
    assert _Named("a", ["x"]) != _Named("a")
    assert hash(_Named("a", ["x"])) == hash(_Named("a"))
    assert repr(_Named("a", note="x")) == "_Named(name='a', seen=[])"


def test_values_of_two_classes_are_never_equal() -> None:
    assert _Named("a") != _Other("a")
    assert _Nothing() == _Nothing()
    assert len({_Nothing(), _Nothing()}) == 1


@dataclass(frozen=True, order=True)
class _Ordered:
    number: int


def test_an_ordered_value_is_a_value_as_well() -> None:
    assert _Ordered(1) < _Ordered(2)
    assert {_Ordered(1): "found"}[_Ordered(1)] == "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    name: str
    seen: list[str] = field(default_factory=list)
    size: int = field(init=False, default=0)
    left: str = field(init=False, default="left")

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", len(self.name))


WRONGLY_MADE: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    *((("abc",), {}), ((), {})),
    ((), {"name": "a", "size": 1}),
)
"""By place, without what it needs, and with what is worked out."""


@dataclass(frozen=True, slots=True)
class _Longer(_Fixed):
    more: str = "more"


def test_a_value_is_made_as_its_fields_say_the_first_time_and_every_other() -> None:
    for _ in range(2):
        made = _Chosen(name="abc")
        assert (made.name, made.seen, made.size, made.left) == ("abc", [], 3, "left")
        assert made.seen is not _Chosen(name="abc").seen
        assert replace(made, name="ab").size == 2
        for given, named in WRONGLY_MADE:
            with pytest.raises(TypeError):
                _Chosen(*given, **named)


def test_a_class_made_of_another_has_the_fields_of_both() -> None:
    assert _Longer("a", 2, "b") == _Longer("a", number=2, more="b")
    assert _Longer("a").more == "more"
    assert _Fixed("a", 2) == _Fixed("a", number=2)
