"""Whether a mail answers a question of ours, and what the desk then makes of it."""

from __future__ import annotations

from dataclasses import replace

from mailflow.desk.answer_mail import AnswerMail, verdict_of, waits_of
from mailflow.desk.answers import effects_of_answer, effects_of_taking, reply_to
from mailflow.desk.cancelling import CancelMail, effects_of_cancelling
from mailflow.desk.house import House
from mailflow.desk.intake import JudgedMail, Taken
from mailflow.desk.orders import effects_of
from mailflow.domain.answer import Word
from mailflow.domain.at_hand import AtHand
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.finding import Asked
from mailflow.domain.notice_asked import Verdict
from mailflow.domain.order import BookedOrder, is_supply, order_of
from mailflow.domain.proposal import Proposal
from mailflow.domain.question import Filed, Pointed, QuestionState, clues_of, filed
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.cancel_words import asks_to_cancel
from mailflow.rules.correct import confirmed_by, unless_sent_again
from mailflow.rules.decide import judge
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.supplying import effects_of_supply_answer


def effects_of_an_answer(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail is no answer to a question: it goes the way of all others."""
    if not _may_answer(reading, facts.sender):
        return None
    clues = clues_of(reading)
    pointed = work.pointed(clues)
    is_wish = asks_to_cancel(reading) and not _is_asked_back(pointed, facts)
    if is_wish and (back := _cancelled(row, reading, facts, work, (pointed, house))):
        return back
    found = filed(pointed, clues, facts.sender.address)
    if found is None or not _is_meant(found, reading, facts.sender):
        return None
    order = work.load_order(order_of(found.question.order))
    if order is None:
        return None
    mail = _with_books(row.id, reading, facts, (found, order), (work, house))
    if is_supply(found.question.order):
        return effects_of_supply_answer(mail, work)
    if found.question.proposal and verdict_of(mail) is Verdict.ACCEPTED:
        return _taken(mail, found.question.proposal, row, house)
    return effects_of_answer(mail)


def with_word_beside(
    dealt: tuple[Effect, ...], row: MailRow, reading: Reading, facts: Facts, at: tuple[Work, House]
) -> tuple[Effect, ...]:
    """What follows from a mail with something attached; whoever answers a question of ours above it
    is asked for that answer by itself, for he believes to have given it."""
    work, house = at
    is_his = facts.sender.known and is_proven_person(reading, facts.sender)
    if reading.said.word is None or not (is_his and brings_more(reading)):
        return dealt
    clues = clues_of(reading)
    found = filed(work.pointed(clues), clues, facts.sender.address)
    if found is None or not _waits_for(found, reading, facts.sender):
        return dealt
    order = work.load_order(order_of(found.question.order))
    if order is None or order.state not in waits_of(found.question):
        return dealt
    mail = _with_books(row.id, reading, facts, (found, order), (work, house))
    *rest, end = dealt
    return (*rest, Post(reply_to(mail, Verdict.BESIDE)), end)


def _waits_for(found: Filed, reading: Reading, sender: Sender) -> bool:
    """Whose order is returned corrects it by what he attaches: nothing else is waited for."""
    question = found.question
    is_open = question.state is QuestionState.OPEN and question.is_put_to(sender.address)
    return is_open and question.role is not Asked.SENDER and reading.said.word in question.allowed


def _with_books(
    mail_id: int,
    reading: Reading,
    facts: Facts,
    answered: tuple[Filed, BookedOrder],
    at: tuple[Work, House],
) -> AnswerMail:
    (found, order), (work, house) = answered, at
    before = work.load_revision(order.number, order.amends) if order.amends else None
    ends = order if found.question.cancels else before
    return AnswerMail(
        mail_id=mail_id,
        head=reading.head,
        said=reading.said,
        facts=facts,
        filed=found,
        order=order,
        questions=work.questions(found.question.order),
        origin=work.origin(order.mail_id),
        today=facts.business_day,
        before=before,
        language=house.language,
        asking=house.asking,
        has_left=any(work.shipped_of(order.number).values()),
        listed=work.listed(order),
        at_hand=AtHand(
            work.stock(without=(order.number,)).free(),
            work.samples.open_ones(without=(order.number,)),
        ),
        supplied=work.shortages.supplied(ends) if ends else {},
    )


def _cancelled(
    row: MailRow, reading: Reading, facts: Facts, work: Work, known: tuple[Pointed, House]
) -> tuple[Effect, ...] | None:
    """None where it is not certain which order is meant, or it is not his to cancel any more."""
    pointed, house = known
    order = work.load_order(pointed.orders[0]) if len(pointed.orders) == 1 else None
    if order is None or len(work.orders_of(order.mail_id)) != 1:
        return None
    if not work.shortages.next_supply(order.number).endswith("-B1"):
        # More than one list of it may be out: a person tells the warehouse which.
        return None
    said = reading.said
    is_word = said.word is Word.CANCEL
    words = said.besides if is_word else (said.first, *said.besides)
    return effects_of_cancelling(
        CancelMail(
            mail_id=row.id,
            head=reading.head,
            order=order,
            origin=work.origin(order.mail_id),
            facts=facts,
            questions=work.questions(order.number),
            is_bare=is_word and not said.besides,
            listed=work.listed(order),
            has_left=any(work.shipped_of(order.number).values()),
            reason=" ".join(filter(None, words)),
            language=house.language,
        )
    )


def _is_asked_back(pointed: Pointed, facts: Facts) -> bool:
    """Whether he answers a question by its token, and wishes nothing of his own."""
    return any(q.cancels and q.is_put_to(facts.sender.address) for q in pointed.by_token)


def _taken(mail: AnswerMail, proposal: Proposal, row: MailRow, house: House) -> tuple[Effect, ...]:
    """An order of its own, of the mail that took the proposals or said that what stands there is
    meant, judged by the facts of now."""
    word = mail.word or Word.ACCEPT
    order, changes = proposal.after(word)
    facts = replace(mail.facts, confirmed=confirmed_by(word, mail.reason))
    with_text = replace(facts, mail_text=proposal.mail_text)
    judged_now = judge(order, with_text, house.lexicon, house.weights)
    decision = unless_sent_again(judged_now, with_text, mail.order.received)
    judged = JudgedMail(
        mail_id=row.id,
        sha256=mail.origin.sha256 or row.sha256 or "",
        reading=Reading(
            replace(mail.head, subject=mail.origin.subject),
            (order,),
            body=proposal.mail_text,
        ),
        decisions=(decision,),
        findings=(),
        facts=facts,
        language=house.language,
        revision=row.revision,
        taken=Taken(changes, mail.order.number),
    )
    return (*effects_of_taking(mail), *effects_of(judged))


def _may_answer(reading: Reading, sender: Sender) -> bool:
    """A sheet that comes along is what the mail is about, not the words above it (B06)."""
    has_more = brings_more(reading)
    is_his = sender.known and is_proven_person(reading, sender)
    return is_his and not has_more and not is_recall(reading)


def _is_meant(found: Filed, reading: Reading, sender: Sender) -> bool:
    """Words in a thread are not yet an answer: a person who was not asked talks there too."""
    question, word = found.question, reading.said.word
    if found.by_token:
        return True
    if not question.is_put_to(sender.address):
        # To take an order back answers no question: a person reads what cannot be done by a word.
        is_answer = word is not None and word not in (Word.CANCEL, Word.SEND)
        return is_answer and question.state is QuestionState.OPEN
    is_open = question.state is QuestionState.OPEN
    return word is not None or (is_open and question.role is not Asked.SENDER)
