"""Whether a mail brings a register or a price list, or answers what one would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from mailflow.desk.house import House
from mailflow.desk.register_answers import RegisterAnswer, effects_of_register_answer
from mailflow.desk.registers import RegisterMail, effects_of_register
from mailflow.domain.access import may
from mailflow.domain.answer import without_tokens
from mailflow.domain.distributors import Distributors
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.mailed_tables import MailedTable, PriceList, Products, Staff
from mailflow.domain.master import MasterKind, Row
from mailflow.domain.question import Question, QuestionKind, QuestionState, clues_of, filed
from mailflow.domain.register_change import (
    Done,
    RegisterProposal,
    RowChange,
    proposal_number,
)
from mailflow.domain.register_fit import disagreements_of
from mailflow.handing_over import effects_of_handing_over
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more, has_unread
from mailflow.rules.own_words import own_words
from mailflow.rules.personal import is_proven_person
from mailflow.rules.register_findings import Standing, change_findings
from mailflow.rules.register_sheet import (
    MOST_ROWS,
    judged_register,
    with_customers,
)
from mailflow.rules.requests import is_recall
from mailflow.rules.table_findings import table_findings
from mailflow.rules.table_said import ACTIONS, is_for_the_whole_house, kind_of, said_by
from mailflow.rules.table_sheet import judged_table, register_with
from mailflow.rules.wishes import cancels

KIND = MasterKind.CUSTOMERS.value


def effects_of_a_register(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail is no such sheet alone, or its sender may not change any: a person then
    looks at it."""
    if answered := _answered(row, reading, facts, work, house):
        return answered
    sheet = _sheet(reading, facts)
    if sheet is None:
        return None
    if not isinstance(sheet, Distributors):
        return _effects_of_a_table(row, reading, (sheet, facts), work, house)
    base, known = work.registers.current(KIND)  # a large table, that no other mail needs
    if not known:
        return None
    subject = reading.head.subject
    judged = judged_register(sheet, known, facts, house.lexicon, subject=subject)
    findings = judged.bad
    standing = _standing(judged.changes, facts, work)
    if not judged.bad:
        findings = change_findings(sheet, judged, len(known), standing)
    number = proposal_number(_local(facts), row.id)
    mail = RegisterMail(
        mail_id=row.id,
        head=reading.head,
        sheet=sheet,
        facts=facts,
        proposal=RegisterProposal(
            number=number, mail_id=row.id, kind=KIND, base=base, rows=judged.rows
        ),
        known=known,
        findings=findings,
        is_bad=bool(judged.bad),
        is_part=judged.is_part,
        before=_before(KIND, facts, work),
        open_orders=standing.open_orders,
        handed=_handed(judged.changes, judged.rows, facts, work, house),
        language=house.language,
        revision=row.revision,
    )
    return effects_of_register(mail, at_once=house.applies_registers)


def _effects_of_a_table(
    row: MailRow,
    reading: Reading,
    told: tuple[MailedTable, Facts],
    work: Work,
    house: House,
) -> tuple[Effect, ...] | None:
    """None where his regions are not all: products and staff are everybody's."""
    sheet, facts = told
    if not is_for_the_whole_house(sheet, facts):
        return None
    kind, number = kind_of(sheet), proposal_number(_local(facts), row.id)
    base, known = work.registers.current(kind)
    said = said_by(sheet, facts, house.lexicon, number)
    judged = judged_table(sheet, said, known, facts, house.lexicon)
    findings = judged.bad or table_findings(sheet, kind, judged, len(known), facts)
    mail = RegisterMail(
        mail_id=row.id,
        head=reading.head,
        sheet=sheet,
        facts=facts,
        proposal=RegisterProposal(
            number=number, mail_id=row.id, kind=kind.value, base=base, rows=judged.rows
        ),
        known=known,
        findings=findings,
        is_bad=bool(judged.bad),
        is_part=judged.is_part,
        before=_before(kind.value, facts, work),
        open_orders={},
        language=house.language,
        revision=row.revision,
    )
    return effects_of_register(mail, at_once=house.applies_registers)


def _before(kind: str, facts: Facts, work: Work) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    earlier = work.registers.waiting_of(facts.sender.address or "", kind)
    return tuple((number, _open_questions(number, work)) for number in earlier)


def _sheet(reading: Reading, facts: Facts) -> Distributors | MailedTable | None:
    """The one document of a mail in which nothing else stands that could change what it means."""
    is_proven = is_proven_person(reading, facts.sender)
    has_more = has_unread(reading) or reading.forwarded
    if not is_proven or has_more or is_recall(reading) or len(reading.documents) != 1:
        return None
    if cancels(f"{reading.head.subject}\n{own_words(reading.body)}"):
        return None
    [sheet] = reading.documents
    if not isinstance(sheet, Distributors | Products | Staff | PriceList):
        return None
    kind = MasterKind.CUSTOMERS if isinstance(sheet, Distributors) else kind_of(sheet)
    action = ACTIONS[kind]
    is_his = may(facts.sender, action) and 0 < len(sheet.rows) <= MOST_ROWS
    return sheet if is_his else None


def _local(facts: Facts) -> datetime:
    return facts.received.astimezone(facts.zone)


def _standing(changes: Sequence[RowChange], facts: Facts, work: Work) -> Standing:
    """Of those who would be gone or have another manager."""
    by_code = facts.register.by_code
    open_orders, owed = {}, {}
    for change in changes:
        is_gone = change.done is Done.REMOVED
        if not is_gone and not (change.of("regional_manager") or change.of("region")):
            continue
        numbers = work.status.open_orders([change.code], "")
        if numbers:
            open_orders[change.code] = numbers
        customer = by_code.get(change.code.casefold())
        if is_gone and customer is not None and (amount := facts.owed(customer)):
            owed[change.code] = amount
    return Standing(open_orders, owed)


def _open_questions(number: str, work: Work) -> tuple[Question, ...]:
    return tuple(q for q in work.questions(number) if q.state is QuestionState.OPEN)


def _answered(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where it answers no question about a register, or not by him who was asked."""
    sender = facts.sender
    has_more = brings_more(reading)
    if not is_proven_person(reading, sender) or has_more:
        return None
    clues = clues_of(reading)
    found = filed(work.pointed(clues), clues, sender.address)
    if found is None or found.is_torn or found.question.kind is not QuestionKind.REGISTER:
        return None
    question = found.question
    proposal = work.registers.proposal(question.order)
    if proposal is None or not question.is_put_to(sender.address):
        return None
    kind = MasterKind(proposal.kind)
    if not may(sender, ACTIONS[kind]):
        return None
    base, known = work.registers.current(kind)
    answer = RegisterAnswer(
        mail_id=row.id,
        head=reading.head,
        said=without_tokens(reading.said.first),
        word=reading.said.word,
        is_alone=not reading.said.besides,
        question=question,
        proposal=proposal,
        known=known,
        is_current=base == proposal.base and _fits(kind, proposal.rows, facts),
        facts=facts,
        open_orders=_open_orders(kind, proposal, known, (facts, work)),
        handed=_handed_by(proposal, known, (facts, work), house),
        language=house.language,
    )
    return effects_of_register_answer(answer)


def _fits(kind: MasterKind, rows: Sequence[Row], facts: Facts) -> bool:
    """Whether it goes with the other registers as they are now, as far as those go together."""
    register = facts.register
    if kind is MasterKind.CUSTOMERS:
        return not any(disagreements_of(with_customers(register, rows)))
    before = set(disagreements_of(register))
    return set(disagreements_of(register_with(register, kind, rows))) <= before


def _handed(
    changes: Sequence[RowChange], rows: Sequence[Row], facts: Facts, work: Work, house: House
) -> tuple[Effect, ...]:
    if not rows:
        return ()
    after = with_customers(facts.register, rows)
    return tuple(effects_of_handing_over(changes, after, facts, work, house))


def _handed_by(
    proposal: RegisterProposal, known: Sequence[Row], around: tuple[Facts, Work], house: House
) -> tuple[Effect, ...]:
    if proposal.kind != KIND:
        return ()
    changes = proposal.changes_from(known, around[0].register)
    return _handed(changes, proposal.rows, *around, house)


def _open_orders(
    kind: MasterKind,
    proposal: RegisterProposal,
    known: Sequence[Row],
    around: tuple[Facts, Work],
) -> Mapping[str, tuple[str, ...]]:
    if kind is not MasterKind.CUSTOMERS:
        return {}
    changes = proposal.changes_from(known, around[0].register)
    return _standing(changes, *around).open_orders
