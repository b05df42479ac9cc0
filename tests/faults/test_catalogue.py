"""Every fault that is known has tests that are marked with it, or a reason; the page says what they say."""

from __future__ import annotations

from pathlib import Path

from tests.faults.catalogue import Chapter, Fault, Proof, chapters, complaints, proofs
from tests.faults.page import PAGE, kind, page

A_TEST = [Proof("tests/test_a.py", "test_a")]


def test_nothing_is_complained_of_where_all_is_proven_or_has_its_reason() -> None:
    entries = [Chapter("IMAP", (Fault("I1", "x"), Fault("I2", "y", elsewhere="z")))]
    assert complaints(entries, {"I1": A_TEST}) == []


def test_what_is_not_whole_is_named() -> None:
    entries = [Chapter("IMAP", (Fault("I1", "x"), Fault("I2", "y", elsewhere="z")))]
    unknown, unproven, both = complaints(entries, {"I2": A_TEST, "I9": A_TEST})
    assert "tests/test_a.py::test_a is marked with I9" in unknown
    assert unproven.startswith("I1 has no test")
    assert both.startswith("I2 cannot be 'elsewhere' and have tests")


def test_marks_are_read_from_the_text_of_tests(tmp_path: Path) -> None:
    text = """
import pytest
@pytest.mark.parametrize("x", [1])
@pytest.mark.fault("I1", "I2")
def test_one(x): ...
class TestMore:
    @pytest.mark.fault("I2")
    def test_two(self): ...
def test_three(): ...
"""
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_a.py").write_text(text, encoding="utf-8")
    one, two = Proof("tests/test_a.py", "test_one"), Proof("tests/test_a.py", "test_two")
    assert proofs(tests) == {"I1": [one], "I2": [one, two]}


def test_what_is_missing_is_counted_as_such() -> None:
    half, none = Fault("I1", "x", missing="y"), Fault("I2", "x", missing="y")
    assert [kind(f, {"I1": A_TEST}) for f in (half, none)] == ["in part", "missing"]


def test_every_fault_of_the_catalogue_is_proven_or_has_its_reason() -> None:
    entries = chapters()
    assert sum(len(chapter.faults) for chapter in entries) == 170
    assert complaints(entries, proofs()) == []


def test_the_page_says_what_the_tests_say() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert said == page(chapters(), proofs()), "docs/faults.md is not up to date: make faults"
