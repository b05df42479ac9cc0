"""The words that sheets beside orders put over their columns and before their labels."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.words_of_consumers import CONSUMERS
from mailflow.parsers.kinds.words_of_goods import GOODS
from mailflow.parsers.kinds.words_of_measures import MEASURES
from mailflow.parsers.kinds.words_of_money import MONEY
from mailflow.parsers.kinds.words_of_partners import PARTNERS
from mailflow.parsers.kinds.words_of_shipping import SHIPPING

WORDS: Mapping[Field, tuple[str, ...]] = {
    field: tuple(words.split())
    for group in (GOODS, PARTNERS, MONEY, SHIPPING, CONSUMERS)
    for field, words in group.items()
}

STEMS: Mapping[Field, tuple[str, ...]] = {
    **{field: tuple(words.split()) for field, words in MEASURES.items()},
    Field.QUANTITY: ("", *MEASURES[Field.QUANTITY].split()),
}
"""Before `数量`, `箱数`, `（听）` and the like; alone they may mean the measure too."""
