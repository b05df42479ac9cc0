"""Which names a product goes by: with its brand or without, with its weight or without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from mailflow.domain.packing import LONGEST, without_pack
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Product
from mailflow.domain.spelling import normalised, plain, remembered, unordered

SMALLEST_RANGE = 3
"""Fewer names than this show no brand they share."""


def names_of(product: Product, brands: Sequence[str]) -> tuple[str, ...]:
    """All names, without their brand where they have it and with it where they do not."""
    names = [n for n in (product.name, product.english_name, *product.aliases) if n]
    own = [b for b in brands if any(n.startswith(b) for n in (product.name, product.english_name))]
    brandless = [n.removeprefix(b) for n in names for b in own if n.startswith(b)]
    branded = [b + n for n in product.aliases for b in own if not n.startswith(b)]
    return (*names, *brandless, *branded)


def stems_of(product: Product, brands: Sequence[str]) -> set[str]:
    """The names without the weight: `晨露羊奶婴幼儿配方奶粉1段`."""
    full = [n for n in (product.name, product.english_name, *product.aliases) if n]
    full += [n.removeprefix(b) for n in full for b in brands if n.startswith(b)]
    return {shorter for name in full for shorter in without_pack(name)}


@remembered
def keys_of(name: str) -> tuple[str, ...]:
    """A name as it stands, then with less and less of a pack written behind it."""
    spellings = (normalised(n) for n in (name, *without_pack(name)))
    return tuple(dict.fromkeys(k for k in spellings if k))


@remembered
def unordered_keys_of(name: str) -> tuple[str, ...]:
    """The words of a name whatever their order, with and without the pack behind them."""
    return tuple(dict.fromkeys(k for n in (name, *without_pack(name)) if (k := unordered(n))))


def without_weight(product: Product) -> str:
    """What the packs of one product have in common."""
    return re.sub(r"\d+g", "", normalised(product.name))


_CODE = r"[a-z0-9][a-z0-9._-]{2,}"
_CODE_FIRST = pattern(
    rf"\s*[(\[【]?({_CODE})[)\]】]?\s*(?:[/|,，:：、_\n-]|\s)\s*(\S.*)", re.DOTALL
)
_CODE_LAST = pattern(
    rf"(.*\S)\s*(?:[(\[【]\s*({_CODE})\s*[)\]】]|[/|,，:：\n\s]\s*({_CODE}))\s*", re.DOTALL
)


@remembered
def code_and_name_of(text: str) -> tuple[tuple[str, str], ...]:
    """How one cell may hold a code and a name: `CL-JZ1-900 金装1段`, `金装1段（CL-JZ1-900）`."""
    if len(text) > LONGEST:
        return ()
    text = plain(text)
    found = []
    if match := _CODE_FIRST.fullmatch(text):
        found.append((match[1], match[2]))
    if match := _CODE_LAST.fullmatch(text):
        found.append((match[2] or match[3], match[1]))
    return tuple(found)


def brands_of(products: Sequence[Product]) -> tuple[str, ...]:
    both = [[p.name for p in products], [p.english_name for p in products if p.english_name]]
    return tuple(dict.fromkeys(b for names in both for b in _brands_among(names)))


def _brands_among(names: Sequence[str]) -> Sequence[str]:
    """What all names begin with; of several brands, what many that begin alike begin with."""
    if shared := _shared_beginning(names):
        return (shared,)
    ranges: dict[str, list[str]] = defaultdict(list)
    for name in names:
        ranges[name.partition(" ")[0] if name[:1].isascii() else name[:2]].append(name)
    large = [alike for alike in ranges.values() if len(alike) >= SMALLEST_RANGE]
    return [brand for alike in large if (brand := _shared_beginning(alike))]


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
