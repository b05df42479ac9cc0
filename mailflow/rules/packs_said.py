"""Words beside the lines that state another pack than the register's: then cases are other tins."""

from __future__ import annotations

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.packing import fits, pack_of


def denies_pack_of(text: str, item: Item) -> bool:
    """`12听/箱` or `400g` beside a product of another pack or weight."""
    return item.product is not None and not fits(item.product, text, None)


def denies_packs(text: str, appraisal: Appraisal) -> bool:
    """`每箱按12听算` over goods none of which are packed so."""
    _, tins = pack_of(text)
    packs = {item.product.tins_per_case for item in appraisal.items if item.product}
    return tins is not None and bool(packs) and tins not in packs
