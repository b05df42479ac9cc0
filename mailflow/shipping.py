"""Whether a mail tells that goods have left, and what the desk then makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailflow.desk.house import House
from mailflow.desk.reckoning import Books
from mailflow.desk.shipped_rows import ToldOfList, list_numbers, told_in
from mailflow.desk.shipping import ShippingMail, effects_of_shipping
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.order import list_number
from mailflow.domain.question import clues_of
from mailflow.domain.shipment import Filled, FilledList, Shipment
from mailflow.domain.shipping import Load, SentLine
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import has_unread
from mailflow.rules.own_words import own_words
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.rules.shipping_words import AllSent, all_sent
from mailflow.rules.wishes import corrects

Outcome = tuple[tuple[Effect, ...], tuple[Finding, ...]]


def effects_of_a_shipment(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> Outcome | None:
    """None where the mail is nothing that a warehouse tells of its lists: it goes the way of all
    others. A paper that came with something else is looked at by a person, whole."""
    if not _may_tell(reading, facts):
        return None
    papers = [d for d in reading.documents if isinstance(d, FilledList | Shipment)]
    if len(papers) != len(reading.documents):
        return None
    if not papers:
        return _of_words(row, reading, facts, work, house)
    papers = [p for p in papers if p.variant != Filled.BLANK]
    if not papers or has_unread(reading):
        # What could not be read may be a further list.
        return None
    books = _books(list_numbers(papers), work)
    told = tuple(t for p in papers for t in told_in(p, house.lexicon, books.lists))
    return _told(row, reading, facts, told, (books, work, house))


def _may_tell(reading: Reading, facts: Facts) -> bool:
    """Only a person of a warehouse, proven; automatic mails book nothing."""
    sender = facts.sender
    is_his = may(sender, Action.TELL_SHIPPED) and is_proven_person(reading, sender)
    return is_his and not is_recall(reading)


def _books(numbers: Sequence[str], work: Work) -> Books:
    lists = {number: found for number in numbers if (found := work.lists_out(number))}
    orders = {
        number: order
        for number, found in lists.items()
        if (order := work.load_revision(found[0].order, found[0].order_revision))
    }
    return Books(lists=lists, orders=orders)


def _told(
    row: MailRow,
    reading: Reading,
    facts: Facts,
    told: tuple[ToldOfList, ...],
    known: tuple[Books, Work, House],
) -> Outcome:
    books, work, house = known
    orders = {order.number: order for order in books.orders.values()}
    names = " ".join(d.attachment for d in reading.documents)
    return effects_of_shipping(
        ShippingMail(
            mail_id=row.id,
            head=reading.head,
            told=told,
            facts=facts,
            books=books,
            shipped={number: work.shipped_of(number) for number in orders},
            origins={n: work.origin(order.mail_id) for n, order in orders.items()},
            language=house.language,
            corrects=any(map(corrects, (reading.head.subject, own_words(reading.body), names))),
        )
    )


def _of_words(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> Outcome | None:
    """`已发 顺丰 SF1234567890` in the thread of a list, or with its number."""
    if reading.refused:
        return None
    words = all_sent((reading.said.first, *reading.said.besides), facts.business_day)
    if words is None:
        return None
    pointed = work.pointed_lists(clues_of(reading).message_ids)
    named = {*reading.said.numbers, *words.numbers, *(number for number, _ in pointed)}
    # A supplementary list is another than the order's own.
    lists = {n if n.startswith("FH") else list_number(n) for n in named}
    if len(lists) != 1:
        return None
    number = lists.pop()
    books = _books((number,), work)
    if number not in books.lists:
        return None
    stated = words.revision or _revision_in(reading.head.subject, number)
    stated = stated or max((revision for _, revision in pointed), default=None)
    told = _all_of(number, stated, words, books)
    return _told(row, reading, facts, (told,), (books, work, house))


def _revision_in(subject: str, number: str) -> int | None:
    """`回复：发货清单 FH261109-0042 R1 …` answers that revision, whatever its thread lost."""
    match = re.search(rf"{re.escape(number)}\s*R(\d{{1,4}})(?!\d)", subject, re.IGNORECASE)
    return int(match[1]) if match else None


def _all_of(number: str, revision: int | None, words: AllSent, books: Books) -> ToldOfList:
    sheet = books.lists[number][0]
    load = Load(
        lines=tuple(
            SentLine(sku=line.sku, tins=line.tins, list_position=line.position)
            for line in sheet.lines
            if line.tins
        ),
        carrier=words.carrier,
        waybill=words.waybill,
        shipped_on=words.shipped_on,
    )
    return ToldOfList(number=number, revision=revision, loads=(load,), all_of_it=True)
