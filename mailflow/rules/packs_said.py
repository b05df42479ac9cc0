"""Words beside the lines that state another pack than the register's: then cases are other tins."""

from __future__ import annotations

import re

from mailflow.domain.appraisal import Item
from mailflow.domain.packing import fits, pack_of
from mailflow.domain.pattern import pattern
from mailflow.rules.ordered import Ordered

_OF_GOODS = pattern(
    r"[听罐桶箱件克]|\dg(?![a-z])|(?<![a-z])(?:tin|can|case|carton)s?(?![a-z])", re.IGNORECASE
)


def denies_pack_of(text: str, item: Item) -> bool:
    """`12听/箱` or `400g` beside a product of another pack or weight."""
    return item.product is not None and not fits(item.product, text, None)


def denies_packs(text: str, ordered: Ordered) -> bool:
    """`每箱按12听算` over goods none of which are packed so."""
    _, tins = pack_of(text)
    return bool(tins) and bool(ordered.packs) and tins not in ordered.packs


def titled_otherwise(text: str, ordered: Ordered) -> bool:
    """The same in a subject or the name of a file, in which `IMG2X4` says nothing of packs."""
    return bool(_OF_GOODS.search(text)) and denies_packs(text, ordered)
