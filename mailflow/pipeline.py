"""One mail, from its receipt to the outbox, in one transaction: completely or without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mailflow.announcing import (
    effects_of_an_announcement,
    effects_of_an_announcement_question,
)
from mailflow.answering import effects_of_an_answer, with_word_beside
from mailflow.archiving import effects_of_papers_or_a_search
from mailflow.believing import as_acknowledged, asked_for_proof, effects_of_a_sender_proof
from mailflow.bouncing import effects_of_a_bounce
from mailflow.consumers import effects_of_consumer_lists, marked
from mailflow.delivering import effects_of_a_delivery
from mailflow.desk.house import House
from mailflow.desk.idle import (
    FLOOD,
    MOST_TOGETHER,
    WINDOW,
    flood_told,
    most_letters,
    without_letters,
)
from mailflow.domain import failpoint
from mailflow.domain.document import Reading
from mailflow.domain.effect_people import ApplyRegister
from mailflow.domain.facts import Facts
from mailflow.domain.naming import Lexicon
from mailflow.domain.notice import Enclosure
from mailflow.domain.value import dataclass
from mailflow.entering import effects_of_sheets
from mailflow.forgetting import effects_of_a_wish_to_forget
from mailflow.helping import effects_of_a_question_to_the_desk
from mailflow.inventories import effects_of_inventory_reports
from mailflow.judging import Dealt, dealt_by, settled
from mailflow.lending import effects_of_a_paper_request
from mailflow.overseeing import effects_of_a_month_question
from mailflow.performing import Office, enclosures_of, once_prepared, perform
from mailflow.ports import MailRow, Preparing, Work
from mailflow.registering import effects_of_a_register
from mailflow.replacing import standing_of
from mailflow.requesting import effects_of_a_request, effects_of_a_request_reply
from mailflow.shipping import effects_of_a_shipment
from mailflow.stating import effects_of_a_statement_mail
from mailflow.stocktaking import effects_of_a_stock_mail
from mailflow.summing import effects_of_a_statistics_question
from mailflow.surveying import effects_of_call_back_results
from mailflow.suspecting import as_suspected
from mailflow.tracing import effects_of_a_batch_question
from mailflow.waiving import effects_of_a_waiver


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a mail meant by the facts of a moment ago, and the workbooks it then needs."""

    row: MailRow
    facts: Facts
    dealt: Dealt
    files: Mapping[Enclosure, Preparing]

    def holds(self, row: MailRow, facts: Facts) -> bool:
        """Judging is pure: the same mail on the same facts means the same."""
        mail, other = ((r.id, r.sha256, r.received, r.revision) for r in (self.row, row))
        return mail == other and facts.about(self.dealt.concerned) == self.facts


def foresee(row: MailRow, reading: Reading, raw: bytes, office: Office) -> Foreseen:
    """Judge a mail and begin to make its workbooks, while those before it are dealt with.

    A guess that proves wrong costs nothing but time: the deciding transaction asks for the facts
    again, and judges anew where they have changed.
    """
    facts = as_acknowledged(row, office.store.facts(reading.head, row.received))
    dealt = settled(row, reading, facts, office.house)
    # The warehouse and the manager get the same list: it is made once.
    enclosed = dict.fromkeys(enclosures_of(dealt.effects))
    files = {e: office.typesetter.prepare(e, raw) for e in enclosed}
    return Foreseen(row, facts.about(dealt.concerned), dealt, files)


def deal_with(
    mail: tuple[MailRow, Reading, bytes],
    office: Office,
    now: datetime,
    foreseen: Foreseen | None = None,
) -> Dealt | None:
    """Deal with one mail completely, or leave no trace of having tried.

    Returns None for a mail that an earlier run has dealt with.
    """
    row, reading, raw = mail
    if foreseen is not None:
        office.prepared.update({e: begun.result() for e, begun in foreseen.files.items()})

    def attempt() -> Dealt | None:
        return _in_one_transaction(row, reading, office, now, foreseen)

    dealt = once_prepared(attempt, raw, office)
    if dealt and any(isinstance(effect, ApplyRegister) for effect in dealt.effects):
        # The next mail is judged by the names of the new register, not first that of the next pass.
        office.house = replace(office.house, lexicon=Lexicon(office.store.register()))
    return dealt


def _in_one_transaction(
    row: MailRow, reading: Reading, office: Office, now: datetime, foreseen: Foreseen | None
) -> Dealt | None:
    with office.store.begin(now) as work:
        claimed = work.claim(row.id)
        if claimed is None:
            return None
        failpoint.reached("deal.claimed")
        facts = as_acknowledged(claimed, work.facts(reading.head, claimed.received))
        meant = Meant((claimed, reading), work, office.house, now)
        dealt = meant.by(facts, foreseen)
        asked = asked_for_proof((claimed, reading), facts, dealt, meant.by, office.house.language)
        standing = standing_of(claimed, reading, dealt.decisions, facts, work)
        if asked is not None:
            dealt = asked
        elif standing:
            if standing.replaced:
                # What takes the place of an order may have what that one had, and gets as much less.
                numbers = [order.number for order in standing.replaced.values()]
                facts = replace(facts, shortfalls=work.samples.open_ones(without=numbers))
                if facts.stock:
                    facts = replace(facts, stock=work.stock(without=numbers).free())
            dealt = settled(claimed, reading, facts, office.house, standing)
        dealt = as_suspected(dealt, (claimed, reading), facts, work)
        dealt = _told_often_enough(dealt, claimed, facts, work, now)
        around = work, office.house
        effects = with_word_beside(dealt.effects, claimed, reading, facts, around)
        perform(effects, work, office, now)
        marked(claimed, reading, work, facts)
        work.settle(row.id, dealt.state, dealt.reason, reading.head, dealt.findings)
        failpoint.reached("deal.performed")
    failpoint.reached("deal.committed")
    return dealt


@dataclass(frozen=True, slots=True)
class Meant:
    """What a mail means by the facts and the books, before it is known what it stands beside."""

    mail: tuple[MailRow, Reading]
    work: Work
    house: House
    now: datetime

    def by(self, facts: Facts, foreseen: Foreseen | None = None) -> Dealt:
        row, reading = self.mail
        told = told_without_orders(row, reading, (facts, self.work, self.house), self.now)
        if told is not None:
            return told
        if foreseen is not None and foreseen.holds(row, facts):
            return foreseen.dealt
        return settled(row, reading, facts, self.house)


def _told_often_enough(
    dealt: Dealt, row: MailRow, facts: Facts, work: Work, now: datetime
) -> Dealt:
    """Without its letters, where its sender has had his share of letters that decide nothing, or all
    senders together theirs."""
    sender, most, since = facts.sender.address, most_letters(dealt.effects), now - WINDOW
    if not sender or most is None:
        return dealt
    is_flood = work.idle_answers(since) >= MOST_TOGETHER
    if not is_flood and work.answered_idly(sender, since) < most:
        return dealt
    effects = without_letters(row.id, dealt.effects, facts)
    if is_flood and work.take_job(FLOOD, facts.business_day.isoformat()):
        effects = (flood_told(row.id, facts), *effects)
    return dealt_by(effects, dealt.decisions, dealt.findings)


ASKING = (
    effects_of_a_statistics_question,
    effects_of_a_paper_request,
    effects_of_papers_or_a_search,
)


def told_without_orders(
    row: MailRow, reading: Reading, around: tuple[Facts, Work, House], now: datetime
) -> Dealt | None:
    """What a person answers, asks or tells, where the mail is just that; it needs the books."""
    facts, work, house = around
    mail = row, reading
    if reading.is_only_head:
        return None  # what its subject says may mean another thing with the rest
    # Words that nobody can mean otherwise, also in the thread of a question.
    if (asked_of := effects_of_an_announcement_question(mail, around, now)) is not None:
        return dealt_by(asked_of)
    if (helped := effects_of_a_question_to_the_desk(mail, around, now)) is not None:
        return dealt_by(helped)
    ways = (
        effects_of_a_sender_proof,
        effects_of_a_bounce,
        effects_of_an_announcement,
        effects_of_a_request_reply,
        effects_of_an_answer,
        effects_of_a_batch_question,
        effects_of_a_month_question,
        effects_of_inventory_reports,
        effects_of_a_stock_mail,
        effects_of_a_register,
        effects_of_a_waiver,
        effects_of_a_wish_to_forget,
    )
    for effects_of_it in ways:
        if (effects := effects_of_it(row, reading, facts, work, house)) is not None:
            return dealt_by(effects)
    for effects_of_asking in ASKING:
        if (effects := effects_of_asking(mail, around, now)) is not None:
            return dealt_by(effects)
    for effects_and_findings in (
        effects_of_a_shipment,
        effects_of_a_delivery,
        effects_of_sheets,
        effects_of_call_back_results,
        effects_of_consumer_lists,
        effects_of_a_statement_mail,
    ):
        if (told := effects_and_findings(row, reading, facts, work, house)) is not None:
            return dealt_by(told[0], findings=told[1])
    requested = effects_of_a_request(row, reading, facts, work, house)
    return dealt_by(requested) if requested is not None else None
