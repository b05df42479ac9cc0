"""Supplementary lists (补发清单): what orders lack is sent when it is in stock, the oldest first.

The sales admin of the region is asked, or they go by themselves where a house has so configured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from mailflow.desk.orders import list_letter
from mailflow.desk.people import Desk
from mailflow.desk.release import told
from mailflow.domain.allocation import Covers, Shortage
from mailflow.domain.answer import Word
from mailflow.domain.case import Case
from mailflow.domain.effect import Ask, Effect, EndCase, OpenCase, Post, VoidQuestion
from mailflow.domain.effect_goods import IssueSupply, ProposeSupply
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Origin
from mailflow.domain.notice import Letter, ListFile
from mailflow.domain.notice_stock import ShortageNotice, SupplyNotice
from mailflow.domain.order import BookedOrder, DispatchList, part_of
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass

PROPOSED = "supply-proposed"


@dataclass(frozen=True, slots=True)
class Supply:
    """What can be sent of what one order lacks, and the number its list would have."""

    number: str
    order: BookedOrder
    origin: Origin
    shortages: tuple[Shortage, ...]
    covers: Covers
    issued: date

    @property
    def part(self) -> BookedOrder:
        """The lines of the order that are sent, with what is sent of each."""
        tins = dict(self.covers)
        by_position = {s.position: tins[s.id] for s in self.shortages if s.id in tins}
        return part_of(self.order, sorted(by_position.items()))

    @property
    def sheet(self) -> DispatchList:
        order = self.part
        source = self.origin.sha256 or f"mail {order.mail_id}"
        return DispatchList(
            number=self.number,
            revision=order.revision,
            order=order,
            issued=self.issued,
            source=source,
            special_release=any(line.loose for line in order.lines),
        )

    @property
    def left(self) -> int:
        """Tins that would be short all the same."""
        return sum(s.tins for s in self.shortages) - sum(tins for _, tins in self.covers)


def is_as_proposed(shortages: Sequence[Shortage], covers: Covers) -> bool:
    """Whether the very same was proposed before, under one number."""
    now = dict(covers)
    proposed = {s.id: s.proposed for s in shortages if s.proposed}
    return proposed == now and len({s.proposal for s in shortages if s.id in now}) == 1


def effects_of_supply(supply: Supply, register: Register, language: str) -> Iterator[Effect]:
    """The list goes to the warehouse; manager and distributor hear of it."""
    sheet, order = supply.sheet, supply.order
    yield IssueSupply(sheet, supply.covers)
    yield Post(list_letter(sheet, Desk(register), order.mail_id, language))
    to, copies = told(order, register, supply.origin)
    customer = order.customer.email if order.customer else ""
    others = dict.fromkeys(a for a in (*copies, customer) if a and a.casefold() != to.casefold())
    person = next((p.language for p in register.person(to) if p.language), None)
    yield Post(
        Letter(
            notice=ShortageNotice(order, supplied=sheet, subject=supply.origin.subject),
            to=(to,),
            cc=tuple(others),
            subject_id=f"{order.number}-{sheet.number}",
            about=order.number,
            revision=order.revision,
            language=person or language,
            thread=supply.origin.thread if supply.origin.message_id else None,
            enclosures=(ListFile(sheet),),
            mail_id=order.mail_id,
        )
    )


def effects_of_proposal(
    supply: Supply, desk: Desk, mail_id: int, at: datetime, language: str
) -> Iterator[Effect]:
    """The sales admin is asked; where there is none it stays open, and stands in the digest."""
    order, sheet = supply.order, supply.sheet
    person = desk.asked(Asked.SALES_ADMIN, order.customer.region if order.customer else None)
    if person is None:
        return
    yield ProposeSupply(supply.number, supply.covers)
    yield Ask(
        Question(
            order=supply.number,
            revision=order.revision,
            role=Asked.SALES_ADMIN,
            address=person.email,
            allowed=(Word.AGREE, Word.REFUSE),
            created=at,
            expires=at,
            mail_id=mail_id,
        ),
        Letter(
            notice=SupplyNotice(sheet, supply.left),
            to=(person.email,),
            subject_id=supply.number,
            revision=order.revision,
            language=person.language or language,
            mail_id=mail_id,
        ),
    )
    yield OpenCase(
        Case(
            number=supply.number,
            kind="order",
            # What ends a change of the order leaves it alone.
            subject_id=supply.number,
            waits_on=Asked.SALES_ADMIN,
            region=order.customer.region if order.customer else "",
            reason=PROPOSED,
            since=at,
        )
    )


def no_longer_proposed(question: Question, why: str) -> Iterator[Effect]:
    """Stock was counted anew: what was asked about nobody can answer any more."""
    if question.state is QuestionState.OPEN:
        yield VoidQuestion(question, why)
    yield EndCase(question.order, why)


def by_order(shortages: Sequence[Shortage], covers: Covers) -> Mapping[str, Covers]:
    """What is covered of each order, in the order of the shortages."""
    tins, found = dict(covers), dict[str, Covers]()
    for shortage in shortages:
        if shortage.id in tins:
            pair = (shortage.id, tins[shortage.id])
            found[shortage.order] = (*found.get(shortage.order, ()), pair)
    return found
