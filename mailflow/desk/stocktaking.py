"""A warehouse's stock mail: what it counted holds from now on, and what was short is sent of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.desk.orders import mail_case
from mailflow.desk.people import Desk, addresses, language_of
from mailflow.domain.allocation import Free, StockCount
from mailflow.domain.effect import Effect, OpenCase, Post, SettleMail
from mailflow.domain.effect_goods import TakeStock
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_stock import StockNotice, Taking
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass
from mailflow.rules.stock_count import Counted

REASONS = {
    Taking.TAKEN: "stock-taken",
    Taking.OLDER: "stock-older",
    Taking.DOUBTFUL: "stock-doubtful",
}
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class StockMail:
    """`before` is the count that holds, `left` what is left of the new one without what lists have
    still to take."""

    mail_id: int
    head: Head
    facts: Facts
    counted: Counted
    warehouse: str
    before: StockCount | None
    language: str
    left: Free

    @property
    def count(self) -> StockCount:
        counted = self.counted
        return StockCount(self.warehouse, counted.day, self.facts.received, counted.tins)

    @property
    def taking(self) -> Taking:
        if self.counted.findings:
            return Taking.DOUBTFUL
        if self.before is not None and self.count.is_older_than(self.before):
            return Taking.OLDER
        return Taking.TAKEN


def effects_of_stock(mail: StockMail, supplies: tuple[Effect, ...] = ()) -> tuple[Effect, ...]:
    """`supplies` follow from a count that is taken."""
    taking = mail.taking
    return (
        *_consequences(mail, taking, supplies),
        Post(_answer(mail, taking)),
        SettleMail(
            MailState.REVIEW if taking is Taking.DOUBTFUL else MailState.DONE, REASONS[taking]
        ),
    )


def _consequences(
    mail: StockMail, taking: Taking, supplies: tuple[Effect, ...]
) -> Iterator[Effect]:
    if taking is Taking.TAKEN:
        yield TakeStock(mail.count, mail.mail_id)
        yield from supplies
    elif taking is Taking.DOUBTFUL:
        codes = ",".join(dict.fromkeys(f.code for f in mail.counted.findings))
        yield OpenCase(mail_case(mail.mail_id, (codes, Asked.SALES_ADMIN), mail.facts))


def _answer(mail: StockMail, taking: Taking) -> Letter:
    """In his thread. Where more is promised than lies there the sales admins hear of it at once."""
    sender = mail.facts.sender
    assert sender.address is not None
    notice = StockNotice(
        subject=mail.head.subject,
        taking=taking,
        day=mail.counted.day,
        findings=mail.counted.findings,
        known=mail.before.day if mail.before else None,
    )
    if taking is Taking.TAKEN:
        notice = _told(notice, mail)
    copies = addresses(_admins(mail)) if notice.promised else ()
    return Letter(
        notice=notice,
        to=(sender.address,),
        cc=tuple(a for a in copies if a.casefold() != sender.address.casefold()),
        subject_id=f"M{mail.mail_id}",
        language=language_of(sender, mail.language),
        thread=thread_of(mail.head),
        mail_id=mail.mail_id,
    )


def _told(notice: StockNotice, mail: StockMail) -> StockNotice:
    tins, products = mail.counted.tins, mail.facts.register.products
    absent = [p.name for p in products if p.active and p.sku not in tins]
    over = [(p.name, -mail.left[p.sku]) for p in products if mail.left.get(p.sku, 0) < 0]
    return replace(
        notice,
        products=len(tins),
        tins=sum(tins.values()),
        left_out=mail.counted.left_out,
        absent=tuple(absent[:MOST_NAMED]),
        promised=tuple(over[:MOST_NAMED]),
    )


def _admins(mail: StockMail) -> Iterator[Person]:
    register = mail.facts.register
    regions = dict.fromkeys(c.region for c in register.customers)
    for region in regions:
        person = Desk(register).asked(Asked.SALES_ADMIN, region)
        if person is not None and register.warehouse_of(region) == mail.warehouse:
            yield person
