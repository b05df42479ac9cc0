"""Shortages: what of an accepted order is in stock goes on its list, what is not is told at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mailflow.domain.allocation import Free, lacking, less
from mailflow.domain.effect import Effect, Post
from mailflow.domain.effect_goods import KeepShortages
from mailflow.domain.notice import Letter
from mailflow.domain.notice_stock import ShortageNotice
from mailflow.domain.order import BookedOrder
from mailflow.domain.register import Register


class Allotting:
    """Gives what is free to the orders of one mail, one after the other."""

    def __init__(self, register: Register, stock: Mapping[str, Free]) -> None:
        self._register = register
        self._stock = dict(stock)

    def short_of(self, order: BookedOrder) -> tuple[int, ...]:
        """Tins of each line that are not there; empty where all are, or where the stock of the
        order's warehouse is not known: nobody invents a shortage."""
        if order.customer is None:
            return ()
        warehouse = self._register.warehouse_of(order.customer.region)
        free = self._stock.get(warehouse)
        short = lacking(order.lines, free)
        if free is not None:
            sent = zip(order.lines, short, strict=True)
            self._stock[warehouse] = less(free, ((li.sku, li.tins - s) for li, s in sent))
        return short if any(short) else ()


def effects_on_shortage(
    order: BookedOrder, short: tuple[int, ...], told: Collection[str], language: str
) -> Iterator[Effect]:
    """It is kept, and the distributor hears of it at once (S2); `told` are those who read it in the
    answer to the order."""
    if not any(short):
        return
    yield KeepShortages(order, short)
    customer = order.customer
    if customer is None or not customer.email:
        return
    if customer.email.casefold() in {address.casefold() for address in told}:
        return
    yield Post(
        Letter(
            notice=ShortageNotice(order, short),
            to=(customer.email,),
            subject_id=order.number,
            revision=order.revision,
            language=language,
            mail_id=order.mail_id,
        )
    )
