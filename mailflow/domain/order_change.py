"""How a changed order differs from the one whose list is out, product by product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mailflow.domain.order import BookedOrder, Change

Goods = tuple[str, str, int, int]
"""Code and name of a product, tins a case, tins."""


def goods_of(order: BookedOrder) -> list[Goods]:
    return [(line.sku, line.name, line.tins_per_case, line.tins) for line in order.lines]


def ordered_of(order: BookedOrder) -> list[Goods]:
    """With the sample tins that it was given less: what its sender wrote."""
    return [(line.sku, line.name, line.tins_per_case, line.ordered) for line in order.lines]


def changes_between(before: BookedOrder, after: BookedOrder) -> tuple[Change, ...]:
    return changes_of(goods_of(before), goods_of(after))


def changes_of(before: Sequence[Goods], after: Sequence[Goods]) -> tuple[Change, ...]:
    """In the order of the lines, what falls away last. A product that stands in several lines
    counts with all its tins; how it is paid is no matter of the warehouse's."""
    old, new = _tins(before), _tins(after)
    known = {sku: (name, per_case) for sku, name, per_case, _ in (*before, *after)}
    return tuple(
        Change(sku, *known[sku], old[sku], new[sku])
        for sku in dict.fromkeys((*new, *old))
        if old[sku] != new[sku]
    )


def _tins(goods: Sequence[Goods]) -> Counter[str]:
    tins: Counter[str] = Counter()
    for sku, _, _, number in goods:
        tins[sku] += number
    return tins


def as_text(changes: Sequence[Change]) -> str:
    """`优护1段 60 → 48`: tins, for a sentence in any language."""
    return "; ".join(f"{c.name} {c.before} → {c.after}" for c in changes)
