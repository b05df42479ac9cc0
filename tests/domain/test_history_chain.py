"""Whoever changes what was noted is found, at the row where he began."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.history_chain import (
    BEGINNING,
    SHOWN,
    Broken,
    Noted,
    Seal,
    breaks,
    link_of,
    seal_told,
)

WORDS = st.text(max_size=8)
ROW = st.tuples(st.integers(0, 10**15), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)


def chained(said: list[tuple[int, str, str, str, str, str, str]]) -> list[Noted]:
    rows, link = [], BEGINNING
    for number, words in enumerate(said, 1):
        link = link_of(link, words)
        rows.append(Noted(number, *words, link))
    return rows


@given(st.lists(ROW, max_size=12))
def test_what_nobody_touched_is_whole(said: list[tuple[int, str, str, str, str, str, str]]) -> None:
    rows = chained(said)
    assert not list(breaks(rows, [Seal(row.id, row.link[:SHOWN]) for row in rows]))


FIELDS = ("at", "kind", "subject_id", "before", "after", "by", "reason", "link")


@pytest.mark.fault("Z08")
@given(st.lists(ROW, min_size=2, max_size=12, unique=True), st.data())
def test_a_row_that_was_changed_removed_moved_or_added_is_found(
    said: list[tuple[int, str, str, str, str, str, str]], data: st.DataObject
) -> None:
    rows = chained(said)
    seal = Seal(rows[-1].id, rows[-1].link)
    at = data.draw(st.integers(0, len(rows) - 1))
    match data.draw(st.sampled_from(["change", "remove", "swap", "add"])):
        case "change":
            field = data.draw(st.sampled_from(FIELDS))
            value = rows[at].at + 1 if field == "at" else getattr(rows[at], field) + "x"
            rows[at] = replace(rows[at], **{field: value})
        case "remove":
            del rows[at]
        case "swap":
            other = (at + 1) % len(rows)
            rows[at], rows[other] = (
                replace(rows[other], id=rows[at].id),
                replace(rows[at], id=rows[other].id),
            )
        case _:
            rows.insert(at, replace(rows[at], reason=rows[at].reason + "x"))
    assert list(breaks(rows, [seal]))


@pytest.mark.fault("Z08")
@given(st.lists(ROW, min_size=1, max_size=12), st.data())
def test_a_history_that_was_made_anew_from_a_row_on_is_not_what_a_letter_told(
    said: list[tuple[int, str, str, str, str, str, str]], data: st.DataObject
) -> None:
    told = chained(said)[-1]
    at = data.draw(st.integers(0, len(said) - 1))
    number, *words = said[at]
    said[at] = (number + 1, *words)  # type: ignore[assignment] # mypy loses the length
    anew = chained(said)
    assert not list(breaks(anew))
    assert list(breaks(anew, [Seal(told.id, told.link[:SHOWN])])) == [
        Broken(told.id, told.id - 1 or None)
    ]


def test_the_last_rows_cannot_be_left_away_where_a_letter_told_of_them() -> None:
    rows = chained([(n, "mail", str(n), "", "waiting", "mailflow", "") for n in range(5)])
    assert list(breaks(rows[:3], [Seal(5, rows[4].link)])) == [Broken(None, 3)]
    assert list(breaks([], [Seal(5, rows[4].link)])) == [Broken(None, None)]


def test_one_break_is_told_once() -> None:
    rows = chained([(n, "mail", str(n), "", "waiting", "mailflow", "") for n in range(9)])
    rows[4] = replace(rows[4], reason="other")
    assert list(breaks(rows)) == [Broken(5, 4)]


@pytest.mark.parametrize(
    ("text", "seal"),
    [
        ("12-3f2a9c1b7d0e55aa3f2a", Seal(12, "3f2a9c1b7d0e55aa3f2a")),
        (" 12:3F2A 9C1B 7D0E 55AA 3F2A ", Seal(12, "3f2a9c1b7d0e55aa3f2a")),
        ("12-3f2a", None),
        ("3f2a9c1b7d0e55aa3f2a", None),
        ("", None),
        ("12-3f2a9c1b7d0e55aa3f2g", None),
    ],
)
def test_a_seal_is_read_as_a_person_copies_it(text: str, seal: Seal | None) -> None:
    assert seal_told(text) == seal
    if seal:
        assert seal_told(str(seal)) == seal
