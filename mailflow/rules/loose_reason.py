"""A reason for loose tins is a reason and nothing else: what asks for more is asked back."""

from __future__ import annotations

from collections.abc import Collection

from mailflow.domain.order import BookedLine
from mailflow.domain.pattern import pattern
from mailflow.rules.wishes import (
    adds_to_order,
    cancels,
    corrects,
    goods_in,
    orders_more,
    said,
    sends_elsewhere,
)

_DOUBT = pattern(r"[?？吗嗎]|但|不过|不過|除非|如果|要是|否则|否則|\b(?:but|unless|if|otherwise)\b")


def says_more(reason: str, lines: Collection[BookedLine]) -> bool:
    """Whether it changes, adds, cancels, redirects or doubts anything, or names a quantity that no
    line has."""
    wishes = (adds_to_order, orders_more, cancels, corrects, sends_elsewhere)
    if any(wish(reason) for wish in wishes) or _DOUBT.search(said(reason)):
        return True
    known = {str(n) for line in lines for n in (line.tins, line.cases, line.loose)}
    return any(number not in known for number, _ in goods_in(reason))
