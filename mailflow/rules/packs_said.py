"""Words beside the lines that state another pack than the register's: then cases are other tins."""

from __future__ import annotations

from mailflow.domain.appraisal import Item
from mailflow.domain.packing import fits, pack_of
from mailflow.rules.ordered import Ordered


def denies_pack_of(text: str, item: Item) -> bool:
    """`12听/箱` or `400g` beside a product of another pack or weight."""
    return item.product is not None and not fits(item.product, text, None)


def denies_packs(text: str, ordered: Ordered) -> bool:
    """`每箱按12听算` over goods none of which are packed so."""
    _, tins = pack_of(text)
    return tins is not None and bool(ordered.packs) and tins not in ordered.packs
