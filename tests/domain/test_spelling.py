"""Names in one spelling, and what is remembered of them."""

from __future__ import annotations

from mailflow.domain.spelling import LONGEST_KEPT, MOST_KEPT, remembered


def test_what_is_remembered_has_an_end_in_entries_and_in_signs() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    long = "x" * (LONGEST_KEPT + 1)
    assert [length(text) for text in ("a", "a", long, long)] == [1, 1, len(long), len(long)]
    assert asked == ["a", long, long]
    for number in range(MOST_KEPT):
        length(str(number))
    assert length("a") == 1
    assert asked[-1] == "a"
