"""Goods that left: booked against their lists, told to whom they concern, asked about where unclear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from mailflow.desk.orders import mail_case
from mailflow.desk.reckoning import Books, Reckoned, reckoned
from mailflow.desk.shipped_rows import ToldOfList
from mailflow.desk.shipping_letters import Writer, goods_sent, shipping_answer
from mailflow.domain.effect import Effect, OpenCase, Post, SetOrder, SettleMail
from mailflow.domain.effect_goods import Ship, Unship
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Head, MailState, Origin
from mailflow.domain.order import OrderState, with_state
from mailflow.domain.shipping import Difference, Differs, Tins, is_shipped, tins_of
from mailflow.domain.value import dataclass

BOOKED, AGAIN, ASKED = "shipped", "shipped-again", "shipping-asked"
CODES = {
    Differs.MISSED: "goods-missed",
    Differs.OVER: "goods-over",
    Differs.WRONG: "goods-wrong",
}
NOTHING = Origin("", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingMail:
    """`shipped` is what left of each order before this mail, `origins` the mail each came in; both
    by the order's number. `corrects`: the mail says that it corrects what was told before."""

    mail_id: int
    head: Head
    told: tuple[ToldOfList, ...]
    facts: Facts
    books: Books
    shipped: Mapping[str, Tins] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    language: str = "zh"
    corrects: bool = False

    @property
    def writer(self) -> Writer:
        return Writer(self.mail_id, self.head, self.facts, self.language)


def effects_of_shipping(mail: ShippingMail) -> tuple[tuple[Effect, ...], tuple[Finding, ...]]:
    """All that follows, the mail's own end last; and what is to be said of the mail as a whole."""
    whose = mail.facts.register, mail.facts.sender.address or ""
    known = reckoned(mail.told, mail.books, whose, corrects=mail.corrects)
    effects: list[Effect] = [e for each in known for e in _booked(each, mail.mail_id)]
    effects += _orders(known, mail)
    if letter := shipping_answer(known, mail.writer):
        effects.append(Post(letter))
    for each in known:
        origin = mail.origins.get(each.order.number, NOTHING) if each.order else NOTHING
        if letter := goods_sent(each, origin, mail.writer):
            effects.append(Post(letter))
    findings = tuple(f for each in known for f in _findings(each, mail.facts))
    return (*effects, *_end(known, mail, findings)), findings


def _booked(each: Reckoned, mail_id: int) -> Iterator[Effect]:
    """What is replaced goes first: the same load may not count twice, not even for a moment."""
    if each.sheet is None:
        return
    for load in each.replaced:
        yield Unship(each.sheet, load, f"M{mail_id}")
    for load in each.new:
        yield Ship(each.sheet, load, mail_id)


def _orders(known: Sequence[Reckoned], mail: ShippingMail) -> Iterator[Effect]:
    """Whatever its lists say, an order is shipped when all that was ordered has left."""
    orders = {each.order.number: each.order for each in known if each.order and each.is_news}
    for number, order in orders.items():
        left = Counter(mail.shipped.get(number, {}))
        for each in known:
            if each.order is not None and each.order.number == number:
                for load in each.new:
                    left.update(load.tins)
                for load in each.replaced:
                    left.subtract(load.tins)
        ordered = tins_of((line.sku, line.tins) for line in order.lines)
        state = OrderState.SHIPPED if is_shipped(ordered, left) else OrderState.ACCEPTED
        if state is not order.state:
            yield SetOrder(with_state(order, state), f"M{mail.mail_id}")


def _findings(each: Reckoned, facts: Facts) -> Iterator[Finding]:
    yield from each.hindrances
    yield from each.unsaid
    if each.is_news or not each.told.loads:
        for difference in each.differing:
            yield _finding(each.name, difference, facts)


def _finding(sheet: str, difference: Difference, facts: Facts) -> Finding:
    product = facts.register.by_sku.get(difference.sku.casefold())
    name = product.name if product else difference.sku
    return Finding(
        CODES[difference.differs],
        Severity.WARNING if difference.differs is Differs.MISSED else Severity.ERROR,
        Asked.SALES_ADMIN,
        found=str(difference.shipped),
        expected=str(difference.listed),
        details=(
            ("list", sheet),
            ("product", name),
            ("tins", str(abs(difference.shipped - difference.listed))),
        ),
    )


def _end(
    known: Sequence[Reckoned], mail: ShippingMail, findings: Sequence[Finding]
) -> Iterator[Effect]:
    """Wrong goods and what could not be booked stay a matter of the sales admin's until he closes it;
    what is missing is so until it has left."""
    to_settle = [f for f in findings if f.severity is Severity.ERROR]
    if to_settle:
        reason = ",".join(dict.fromkeys(f.code for f in to_settle))
        case = mail_case(mail.mail_id, (reason, Asked.SALES_ADMIN), mail.facts)
        customers = (each.order.customer for each in known if each.order)
        regions = {customer.region if customer else "" for customer in customers}
        yield OpenCase(replace(case, region=regions.pop()) if len(regions) == 1 else case)
        yield SettleMail(MailState.REVIEW, ASKED)
        return
    is_news = any(each.is_news for each in known) or any(not t.loads for t in mail.told)
    yield SettleMail(MailState.DONE, BOOKED if is_news else AGAIN)
