"""Columns that a person explained once mean under the very same header what he said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mailflow.domain.settlement import ColumnMeans, SettledColumn
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.vocabulary import key

MEANING = {
    ColumnMeans.CASES: Meaning.CASES,
    ColumnMeans.TINS: Meaning.TINS,
    ColumnMeans.IGNORED: Meaning.OTHER,
}


def header_words(texts: Mapping[int, str]) -> tuple[str, ...]:
    """The compared words of a whole header; in whatever order its columns stand, it is the same."""
    return tuple(sorted(word for text in texts.values() if (word := key(text))))


def words_in_order(texts: Mapping[int, str]) -> tuple[str, ...]:
    """The same as they stand: of columns with one word nothing but their place tells which is which."""
    return tuple(word for _, text in sorted(texts.items()) if (word := key(text)))


def columns_with(word: str, texts: Mapping[int, str]) -> list[int]:
    """From the left, by the compared word."""
    return sorted(column for column, text in texts.items() if key(text) == word)


def settled_in(
    settled: Sequence[SettledColumn], texts: Mapping[int, str]
) -> dict[int, SettledColumn]:
    """The columns of a header that were settled. One whose word stands over several is only where
    it was said which of them."""
    if not settled:
        return {}
    found = {}
    for one in settled:
        columns = columns_with(one.key, texts)
        around = words_in_order(texts) if one.nth else header_words(texts)
        is_it = 1 < len(columns) >= one.nth if one.nth else len(columns) == 1
        if is_it and one.around in ((), around):
            found[columns[max(one.nth - 1, 0)]] = one
    return found


def beside_settled(found: Mapping[int, SettledColumn], texts: Mapping[int, str]) -> set[int]:
    """The other columns of a word of which it was said which one counts: they order nothing."""
    counted = {s.key for s in found.values() if s.nth and s.means is not ColumnMeans.IGNORED}
    return {c for word in counted for c in columns_with(word, texts)} - found.keys()


def may_be_settled(settled: Sequence[SettledColumn], texts: Sequence[str]) -> bool:
    """Whether a row without other known words may be such a header."""
    return bool(settled) and not {one.key for one in settled}.isdisjoint(map(key, texts))
