"""Whether a mail brings results of call-backs of whoever may tell them, and what then follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mailflow.desk.call_backs import CallsMail, CallsSheet, effects_of_call_backs
from mailflow.desk.house import House
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.call_backs import CallBacks
from mailflow.domain.called import Called
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.entering import NUMBER, UNREAD
from mailflow.ports import MailRow, Work
from mailflow.rules.call_sheet import MOST_ROWS, CallRow, Judged, call_finding, judged_calls
from mailflow.rules.own_words import own_words
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.rules.wishes import cancels


def effects_of_call_back_results(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[tuple[Effect, ...], tuple[Finding, ...]] | None:
    """None where the mail is none of it, or not his to say: a person then looks at it."""
    sheets = [d for d in reading.documents if isinstance(d, CallBacks)]
    if not sheets or not _is_his(reading, facts, sheets):
        return None
    known = work.calls.known_stores
    judged = [judged_calls(s, facts, house.lexicon, known, house.given_with) for s in sheets]
    stores = {(r.customer.code, r.key) for each in judged for r in each.rows}
    held = work.calls.held(sorted(stores))
    told = tuple(_told(judged, sheets, held, (facts, work)))
    mail = CallsMail(
        mail_id=row.id,
        head=reading.head,
        facts=facts,
        sheets=told,
        held=held,
        corrects=_corrected(reading, facts, work),
        revision=row.revision,
        language=house.language,
        standard=house.standard,
    )
    return effects_of_call_backs(mail), mail.asked


def _is_his(reading: Reading, facts: Facts, sheets: list[CallBacks]) -> bool:
    """A person who is proven, and a mail that brings nothing else and takes nothing back."""
    is_his = may(facts.sender, Action.TELL_CALL_BACKS) and is_proven_person(reading, facts.sender)
    is_alone = len(sheets) == len(reading.documents) and not reading.forwarded
    is_whole = not any(refused.reason in UNREAD for refused in reading.refused)
    fit = all(len(sheet.rows) <= MOST_ROWS for sheet in sheets)
    words = f"{reading.head.subject}\n{own_words(reading.body)}"
    is_taken_back = is_recall(reading) or cancels(words)
    return is_his and is_alone and is_whole and fit and not is_taken_back


def _told(
    judged: list[Judged],
    sheets: list[CallBacks],
    held: tuple[Called, ...],
    around: tuple[Facts, Work],
) -> Iterator[CallsSheet]:
    """Each sheet with its rows as they may be kept: who was called is signed here, and forgotten."""
    kinds = {row.group: bool(row.who) for row in held}
    for each, sheet in zip(judged, sheets, strict=True):
        rows, asked = [], list(each.asked)
        for row, called in zip(each.rows, _signed(each.rows, held, around), strict=True):
            # Calls one by one and their sum would count the same tins twice.
            if kinds.setdefault(called.group, bool(called.who)) is not bool(called.who):
                asked.append(call_finding(sheet, "summed", row.at))
            else:
                rows.append(called)
        yield CallsSheet(
            attachment=sheet.attachment,
            format=sheet.format,
            where=str(sheet.where),
            rows=tuple(rows),
            asked=tuple(asked),
            empty=each.empty,
            whole=each.whole,
        )


def _signed(
    rows: Iterable[CallRow], held: tuple[Called, ...], around: tuple[Facts, Work]
) -> Iterator[Called]:
    """A call without a day counts to the month in which it was told first."""
    facts, work = around
    first = {replace(row, month=facts.business_day).same: row.month for row in held}
    now = facts.business_day.replace(day=1)
    for row in rows:
        who = work.calls.sign(row.person) if row.person else ""
        called = Called(
            distributor=row.customer.code,
            store=row.store,
            key=row.key,
            sku=row.product.sku if row.product else "",
            month=row.month or now,
            who=who,
            called_on=row.called_on,
            sums=row.sums,
            cell=str(row.at),
        )
        if row.month is None:
            known = first.get(replace(called, month=facts.business_day).same)
            called = replace(called, month=known or now)
        yield called


def _corrected(reading: Reading, facts: Facts, work: Work) -> tuple[int, ...]:
    """Whoever sends his sheet again under our answer is asked anew what is still wrong with it."""
    numbers = (int(n) for n in NUMBER.findall(reading.head.subject))
    mine = (facts.sender.address or "").casefold()
    return tuple(n for n in numbers if work.sent_by(n).casefold() == mine)
