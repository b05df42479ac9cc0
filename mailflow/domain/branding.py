"""Which names a product goes by: with its brand or without, with its weight or without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailflow.domain.packing import without_pack
from mailflow.domain.register import Product
from mailflow.domain.spelling import normalised


def names_of(product: Product, brands: Sequence[str]) -> tuple[str, ...]:
    """All names, without their brand where they have it and with it where they do not."""
    names = [n for n in (product.name, product.english_name, *product.aliases) if n]
    brandless = [n.removeprefix(b) for n in names for b in brands if n.startswith(b)]
    branded = [b + n for n in product.aliases for b in brands if not n.startswith(b)]
    return (*names, *brandless, *branded)


def stems_of(product: Product, brands: Sequence[str]) -> set[str]:
    """The full names without the weight: `晨露羊奶婴幼儿配方奶粉1段`."""
    full = [n for n in (product.name, product.english_name) if n]
    full += [n.removeprefix(b) for n in full for b in brands if n.startswith(b)]
    return {normalised(shorter) for name in full for shorter in without_pack(name)}


def without_weight(product: Product) -> str:
    """What the packs of one product have in common."""
    return re.sub(r"\d+g", "", normalised(product.name))


def brands_of(products: Sequence[Product]) -> tuple[str, ...]:
    both = [[p.name for p in products], [p.english_name for p in products if p.english_name]]
    return tuple(b for names in both if (b := _shared_beginning(names)))


def _shared_beginning(names: Sequence[str]) -> str:
    """The words all names begin with, up to a figure; empty where fewer than two signs."""
    if len(set(names)) < 2:
        return ""
    first, last = min(names), max(names)
    length = 0
    while length < min(len(first), len(last)) and first[length] == last[length]:
        length += 1
    shared = re.split(r"\d", first[:length])[0]
    if shared.isascii():
        shared = shared[: shared.rfind(" ") + 1]
    return shared if len(shared) >= 2 else ""
