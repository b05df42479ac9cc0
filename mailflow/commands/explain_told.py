"""What would become of a mail that orders nothing: of reports, answers and questions, by the books as
they are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.config import Config
from mailflow.desk.house import House
from mailflow.domain.decision import STATE_OF, Decision, Outcome
from mailflow.domain.document import Document, Reading
from mailflow.domain.effect import Post
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice import Notice
from mailflow.domain.notice_calls import CallAnswerNotice
from mailflow.domain.notice_goods import ShippingNotice
from mailflow.domain.notice_month import InventoryNotice
from mailflow.domain.notice_stock import StockNotice
from mailflow.domain.report import Report
from mailflow.judging import Dealt
from mailflow.pipeline import told_without_orders
from mailflow.ports import MailRow
from mailflow.rules.decide import judge
from mailflow.store.preview import books_to_look_at

OUTCOME = {state: outcome for outcome, state in STATE_OF.items()}


def told(
    row: MailRow, reading: Reading, facts: Facts, house: House, config: Config
) -> Dealt | None:
    """None where nobody deals with it by itself: then it is what it is without the books. The mail
    orders nothing. Raises `StoreTrouble`."""
    at = config.database_url, facts.register, config.zone, facts.received
    with books_to_look_at(*at) as work:
        dealt = told_without_orders(row, reading, (facts, work, house), facts.received)
    if dealt is None:
        return None
    return replace(dealt, decisions=tuple(_decided(reading, dealt, facts, house)))


def _decided(reading: Reading, dealt: Dealt, facts: Facts, house: House) -> Iterator[Decision]:
    """Each document with what is asked about it; what belongs to no sheet stands with the first."""
    outcome = OUTCOME.get(dealt.state, Outcome.REVIEW)
    doubts = list(dict.fromkeys(_doubts(dealt)))
    documents = reading.documents
    owner = {f: _owner_of(f, documents) for f in doubts}
    for number, document in enumerate(documents):
        decision = judge(document, facts, house.lexicon, house.weights)
        if not isinstance(document, Report):
            yield decision
            continue
        mine = tuple(f for f in doubts if owner[f] == number)
        yield replace(decision, outcome=outcome, findings=mine)


def _doubts(dealt: Dealt) -> Iterator[Finding]:
    for effect in dealt.effects:
        if isinstance(effect, Post):
            yield from _asked_in(effect.letter.notice)
    yield from dealt.findings


def _asked_in(notice: Notice) -> Iterator[Finding]:
    """What a letter asks of whoever sent a sheet."""
    match notice:
        case StockNotice():
            yield from notice.findings
        case MoneyNotice():
            yield from (f for sheet in notice.sheets for f in sheet.asked)
        case InventoryNotice():
            yield from (*notice.findings, *(f for part in notice.parts for f in part.findings))
        case CallAnswerNotice():
            yield from (f for sheet in notice.sheets for f in sheet.asked)
        case ShippingNotice():
            for each in notice.lists:
                yield from (*each.hindrances, *each.unsaid)
        case _:
            return


def _owner_of(finding: Finding, documents: Sequence[Document]) -> int:
    place = finding.at or finding.where
    for number, document in enumerate(documents):
        where = document.where
        if place and where and (place.attachment, place.sheet) == (where.attachment, where.sheet):
            return number
    return 0
