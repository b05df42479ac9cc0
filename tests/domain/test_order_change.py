"""What differs between two revisions of an order, product by product."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.order_change import Goods, changes_of

SKUS = ("A", "B", "C")
goods = st.lists(
    st.tuples(st.sampled_from(SKUS), st.just("n"), st.just(6), st.integers(1, 20)), max_size=6
)


def tins(lines: list[Goods], sku: str) -> int:
    return sum(line[3] for line in lines if line[0] == sku)


@given(lines=goods)
def test_the_same_goods_in_other_lines_are_no_change(lines: list[Goods]) -> None:
    assert changes_of(lines, list(reversed(lines))) == ()
    split = [(sku, name, per, 1) for sku, name, per, n in lines for _ in range(n)]
    assert changes_of(lines, split) == ()


@given(before=goods, after=goods)
def test_before_and_changes_make_after(before: list[Goods], after: list[Goods]) -> None:
    changes = {c.sku: c for c in changes_of(before, after)}
    for sku in SKUS:
        old, new = tins(before, sku), tins(after, sku)
        assert (sku in changes) == (old != new)
        if sku in changes:
            assert (changes[sku].before, changes[sku].after) == (old, new)
