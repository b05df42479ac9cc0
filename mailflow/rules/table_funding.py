"""What a label says of the whole table (`付款方式：费用`) stands for every line that says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailflow.domain.document import Order, OrderLine
from mailflow.domain.funding import is_way_to_pay
from mailflow.domain.register import Product, ProductKind
from mailflow.domain.sheet import Written
from mailflow.rules.cells import says_nothing


def labels_of(order: Order) -> tuple[Written, ...]:
    """Those labels that tell cash from expense; `付款方式：转账` does not."""
    return tuple(w for w in order.funding if w.text.strip() and not is_way_to_pay(w.text))


def is_from_label(line: OrderLine, order: Order) -> bool:
    return line.funding is not None and line.funding in order.funding


def with_funding_of_the_table(order: Order, products: Sequence[tuple[Product, ...]]) -> Order:
    """The lines with the label's word where they have none. Small tins are given away whatever
    pays for the rest. `products` are the candidates of each line."""
    labels = labels_of(order)
    if not labels:
        return order
    lines = tuple(
        line
        if _has_word(line) or _is_sample(found) or says_nothing(line)
        else replace(line, funding=labels[0])
        for line, found in zip(order.lines, products, strict=True)
    )
    return replace(order, lines=lines)


def _has_word(line: OrderLine) -> bool:
    return line.funding is not None and bool(line.funding.text.strip())


def _is_sample(candidates: tuple[Product, ...]) -> bool:
    return bool(candidates) and all(p.kind is ProductKind.SAMPLE for p in candidates)
