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


def settled_in(
    settled: Sequence[SettledColumn], texts: Mapping[int, str]
) -> dict[int, SettledColumn]:
    """The columns of a header that were settled; none whose word stands over two of them, for
    nobody can tell which one was meant."""
    if not settled:
        return {}
    around, found = header_words(texts), {}
    for one in settled:
        columns = [column for column, text in texts.items() if key(text) == one.key]
        if len(columns) == 1 and one.around in ((), around):
            found[columns[0]] = one
    return found


def may_be_settled(settled: Sequence[SettledColumn], texts: Sequence[str]) -> bool:
    """Whether a row without other known words may be such a header."""
    return bool(settled) and not {one.key for one in settled}.isdisjoint(map(key, texts))
