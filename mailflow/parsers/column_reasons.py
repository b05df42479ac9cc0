"""By what a column was recognised, told afterwards from its header's words and its meaning."""

from __future__ import annotations

import re

from mailflow.domain.painting import Why
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.vocabulary import meaning_of

_BRACKET = re.compile(r"[(（\[【].*?[)）\]】]")
OF_UNIT = {
    Meaning.CASES: Meaning.QUANTITY,
    Meaning.TINS: Meaning.QUANTITY,
    Meaning.CASE_PRICE: Meaning.UNIT_PRICE,
}
"""What these would mean without the unit in their header."""


def why(header: str, meaning: str) -> Why:
    """`meaning` is empty where the column was not used."""
    by_words = meaning_of(header)
    if not meaning:
        return Why.STRANGE if by_words is None else Why.TAKEN
    if not header.strip():
        return Why.CONTENT
    if by_words is None:
        return Why.STOREYS if " " in header.strip() else Why.NAME
    if by_words != meaning:
        return Why.CONTENT
    without_unit = meaning_of(_BRACKET.sub("", header))
    is_told_by_unit = by_words in OF_UNIT and without_unit is OF_UNIT[by_words]
    return Why.UNIT if is_told_by_unit else Why.WORD
