"""Wordings have plain blanks only, and what fills them stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.outbox.typeset_words import words_of
from mailflow.outbox.wording import Wording, WordingError


def test_a_wording_without_blanks_is_itself() -> None:
    assert Wording.of("没有空格 {{括号}}").filled({}) == "没有空格 {括号}"


@pytest.mark.fault("O03")
@given(st.text())
def test_what_fills_a_blank_is_not_read_again(value: str) -> None:
    assert Wording.of("[{found}]").filled({"found": value}) == f"[{value}]"


@pytest.mark.parametrize(
    "source",
    [
        "{}",
        "{0}",
        "{a.b}",
        "{a[0]}",
        "{a!r}",
        "{a:>9}",
        "{a:{b}}",
        "{A}",
        "{_a}",
        "{",
        "}",
        "{a b}",
    ],
)
def test_anything_but_a_plain_blank_is_refused(source: str) -> None:
    with pytest.raises(WordingError):
        Wording.of(source)


@pytest.mark.fault("O09")
def test_a_missing_value_is_named() -> None:
    with pytest.raises(WordingError, match=r"\{found\}"):
        Wording.of("{found}").filled({"expected": "x"})


def test_one_has_its_own_form() -> None:
    words = words_of(
        {"n": {"zh": "{n} 箱", "en": {"one": "{n} case", "other": "{n} cases"}}}, "en", "x"
    )
    assert [words("n", n=n) for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]


@pytest.mark.parametrize("raw", [{"a": "x"}, {"a": {"zh": "x"}}, {"a": {"en": {"one": "x"}}}])
def test_a_word_that_is_not_said_in_the_language_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(WordingError, match="a"):
        words_of(raw, "en", "x")
