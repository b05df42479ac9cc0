"""The letters that follow when goods left: to the warehouse what differs, to all others what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.desk.people import Desk, language_of
from mailflow.desk.reckoning import Reckoned
from mailflow.desk.release import name_of
from mailflow.domain.batch import batch_key
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, Origin, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_goods import (
    Goods,
    GoodsDiffer,
    GoodsSentNotice,
    ListTold,
    ShippingNotice,
    Truck,
)
from mailflow.domain.register import Register
from mailflow.domain.shipping import Differs, Load, Tins
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Writer:
    """The mail that is answered, and the house's own language."""

    mail_id: int
    head: Head
    facts: Facts
    language: str

    @property
    def register(self) -> Register:
        return self.facts.register


def shipping_answer(known: Sequence[Reckoned], by: Writer) -> Letter | None:
    """None where all is right, or was told before: a warehouse wants no receipts."""
    lists = tuple(_told(each, by.register) for each in known)
    lists = tuple(each for each in lists if not each.is_all_right)
    address = by.facts.sender.address
    if not lists or address is None:
        return None
    copies = dict.fromkeys(_admins(known, by))
    return Letter(
        notice=ShippingNotice(name_of(address, by.register), by.head.subject, lists),
        to=(address,),
        cc=tuple(a for a in copies if a.casefold() != address.casefold()),
        subject_id=f"M{by.mail_id}-shipping",
        about=lists[0].sheet.partition(" ")[0] or f"M{by.mail_id}",
        language=language_of(by.facts.sender, by.language),
        thread=thread_of(by.head),
        mail_id=by.mail_id,
    )


def _admins(known: Sequence[Reckoned], by: Writer) -> Iterator[str]:
    desk = Desk(by.register)
    for each in known:
        customer = each.order.customer if each.order else None
        region = customer.region if customer else desk.region_of(by.facts.sender) or None
        if admin := desk.asked(Asked.SALES_ADMIN, region):
            yield admin.email


def _told(each: Reckoned, register: Register) -> ListTold:
    is_due = each.is_news or (not each.told.loads and not each.hindrances)
    differing = tuple(
        GoodsDiffer(
            differs=d.differs,
            sku=d.sku,
            name=_name(d.sku, register),
            listed=d.listed,
            shipped=d.shipped,
        )
        for d in each.differing
    )
    return ListTold(
        sheet=each.name,
        order=each.order,
        differing=differing if is_due else (),
        hindrances=each.hindrances,
        unsaid=each.unsaid if is_due else (),
        is_booked=not each.hindrances,
    )


def _name(sku: str, register: Register) -> str:
    product = register.by_sku.get(sku.casefold())
    return product.name if product else sku


def goods_sent(each: Reckoned, origin: Origin, by: Writer) -> Letter | None:
    """None where manager and distributor know it already: only batches came, or nothing did."""
    order, sheet = each.order, each.sheet
    known = {_of_truck(load) for load in each.replaced}
    news = tuple(load for load in each.new if _of_truck(load) not in known)
    if order is None or order.customer is None or sheet is None or not news:
        return None
    # Who looks after it now: an address that left the register gets nothing any more.
    customer = by.register.by_code.get(order.customer.code.casefold(), order.customer)
    told = [a for a in (customer.regional_manager, customer.email) if by.register.knows(a)]
    if not told:
        return None
    missing = {d.sku: d.listed - d.shipped for d in each.differing if d.differs is Differs.MISSED}
    notice = GoodsSentNotice(
        order=order,
        sheet=f"{sheet.number} R{sheet.revision}",
        subject=origin.subject,
        trucks=tuple(
            Truck(load=replace(load, lines=()), goods=_goods(load.tins, by.register))
            for load in news
        ),
        missing=_goods(missing, by.register),
        is_corrected=bool(each.replaced),
    )
    manager, *others = told
    is_his = origin.sender.casefold() == manager.casefold() and bool(origin.message_id)
    language = next((p.language for p in by.register.person(manager) if p.language), None)
    return Letter(
        notice=notice,
        to=(manager,),
        cc=tuple(others),
        subject_id=f"{order.number}-sent-{sheet.number[-6:]}-M{by.mail_id}",
        about=order.number,
        revision=order.revision,
        language=language or by.language,
        thread=origin.thread if is_his else None,
        mail_id=by.mail_id,
    )


def _goods(tins: Tins, register: Register) -> tuple[Goods, ...]:
    products = ((register.by_sku.get(sku.casefold()), sku, number) for sku, number in tins.items())
    return tuple(
        Goods(
            sku=sku,
            name=product.name if product else sku,
            tins_per_case=product.tins_per_case if product else 1,
            tins=number,
        )
        for product, sku, number in products
    )


def _of_truck(load: Load) -> tuple[str, tuple[tuple[str, int], ...]]:
    return batch_key(load.waybill), tuple(sorted(load.tins.items()))
