"""No text of a mail becomes a formula in a CSV file, and each comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.csv_text import STARTS, as_csv_text, of_csv_text


@pytest.mark.parametrize("text", ["", "N101", "松坪", "-12.50", "-3", "3-4", "it's", "'quoted'"])
def test_what_no_program_calculates_stays_as_it_is(text: str) -> None:
    assert as_csv_text(text) == text


@pytest.mark.fault("O04")
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 13800000000", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "－1+1", "-"],
)
def test_what_could_be_calculated_is_marked_as_text(text: str) -> None:
    assert as_csv_text(text) == f"'{text}"


@given(st.text(alphabet=[*STARTS, "'", "1", ".", "a"]) | st.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    written = as_csv_text(text)
    assert written[:1] not in STARTS or of_csv_text(written) == text == written
    if not (text[:1] == "'" and text[1:2] in STARTS):
        assert of_csv_text(written) == text
