"""Call-back results are entered row by row; their sums go to managers and sales admins, without any
consumer (S10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailflow.desk.orders import mail_case
from mailflow.desk.people import addresses, language_of
from mailflow.domain.access import granted
from mailflow.domain.access_table import Action
from mailflow.domain.called import Called, Sorted, StoreSums, sorted_by, summed
from mailflow.domain.effect import CloseCase, Effect, OpenCase, Post, SettleMail
from mailflow.domain.effect_goods import KeepCalls, KeepShortfalls
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_calls import (
    CallAnswerNotice,
    CallLine,
    CallSumsFile,
    CallSumsNotice,
    EnteredSheet,
)
from mailflow.domain.register import Customer, Person, ProductKind, Role
from mailflow.domain.shortfall import Shortfall, UseStandard, shortfalls_of
from mailflow.domain.value import dataclass

ENTERED, KNOWN, ASKED, EMPTY = (
    *("call-backs-entered", "call-backs-known", "call-backs-asked", "call-backs-empty"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsSheet:
    """A sheet with its rows as they may be kept; `asked` is what is doubted."""

    attachment: str
    format: str
    where: str
    rows: tuple[Called, ...]
    asked: tuple[Finding, ...]
    empty: int
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsMail:
    """`held` is what holds of the stores that it names; `corrects` the mails of the same sender that it
    is an answer about."""

    mail_id: int
    head: Head
    facts: Facts
    sheets: tuple[CallsSheet, ...]
    held: tuple[Called, ...]
    corrects: tuple[int, ...] = ()
    revision: int = 1
    language: str = "zh"
    standard: UseStandard | None = None
    """How many of its sample tins a store has to use; None: nothing is taken off for them."""

    @property
    def asked(self) -> tuple[Finding, ...]:
        return tuple(f for sheet in self.sheets for f in sheet.asked)


def effects_of_call_backs(mail: CallsMail) -> tuple[Effect, ...]:
    sorted_ = tuple(_sorted(mail))
    entered = tuple(row for each in sorted_ for row in each.entered)
    effects: list[Effect] = []
    letters: tuple[Letter, ...] = ()
    if entered:
        changed = sum(len(each.changed) for each in sorted_)
        why = f"{len(entered)} rows, {changed} of them corrected"
        effects.append(KeepCalls(entered, mail.mail_id, why))
        sums = _sums_after(mail, entered)
        shortfalls = tuple(_shortfalls(mail, sums))
        if shortfalls:
            effects.append(KeepShortfalls(shortfalls, f"M{mail.mail_id}"))
        letters = tuple(_sums_letters(mail, sums, shortfalls))
    effects += (CloseCase(number, f"M{mail.mail_id}") for number in mail.corrects)
    effects.append(Post(_answer(mail, sorted_, letters)))
    effects += map(Post, letters)
    if mail.asked:
        reason = ",".join(dict.fromkeys(f.code for f in mail.asked))
        effects.append(OpenCase(mail_case(mail.mail_id, (reason, Asked.SALES_ADMIN), mail.facts)))
    state = MailState.RETURNED if mail.asked else MailState.DONE
    known = KNOWN if any(each.known for each in sorted_) else EMPTY
    reason = ASKED if mail.asked else ENTERED if entered else known
    return (*effects, SettleMail(state, reason))


def _sorted(mail: CallsMail) -> Iterator[Sorted]:
    """Sheet by sheet: what the one before told holds when the next is looked at."""
    held = {row.same: row for row in mail.held}
    for sheet in mail.sheets:
        found = sorted_by(held.values(), sheet.rows)
        yield found
        held |= {row.same: row for row in found.entered}


def _answer(mail: CallsMail, sorted_: tuple[Sorted, ...], letters: tuple[Letter, ...]) -> Letter:
    sender = mail.facts.sender
    language = language_of(sender, mail.language)
    sheets = tuple(
        EnteredSheet(
            attachment=sheet.attachment,
            where=sheet.where,
            new=len(found.new),
            changed=len(found.changed),
            known=len(found.known),
            empty=sheet.empty,
            asked=sheet.asked,
            whole=sheet.whole,
        )
        for sheet, found in zip(mail.sheets, sorted_, strict=True)
    )
    told = dict.fromkeys(_name_of(mail, letter.to[0]) for letter in letters)
    return Letter(
        notice=CallAnswerNotice(
            subject=mail.head.subject,
            sheets=sheets,
            told=tuple(told),
            regions=tuple(_regions(mail)),
        ),
        to=(sender.address or "",),
        subject_id=f"M{mail.mail_id}",
        revision=mail.revision,
        language=language,
        thread=thread_of(mail.head),
        enclosures=tuple(_copies(mail, language)),
        mail_id=mail.mail_id,
    )


def _name_of(mail: CallsMail, address: str) -> str:
    people = mail.facts.register.person(address)
    return people[0].name if people else address


def _regions(mail: CallsMail) -> Iterator[str]:
    codes = dict.fromkeys(row.distributor for sheet in mail.sheets for row in sheet.rows)
    by_code = mail.facts.register.by_code
    yield from dict.fromkeys(by_code[code.casefold()].region for code in codes)


def _copies(mail: CallsMail, language: str) -> Iterator[MarkedCopy]:
    """His own workbook, every cell marked that is asked about."""
    formats = dict.fromkeys((s.attachment, s.format) for s in mail.sheets)
    for attachment, kind in formats:
        of_it = [s for s in mail.sheets if s.attachment == attachment]
        if found := tuple(f for s in of_it for f in s.asked):
            yield MarkedCopy(mail.mail_id, attachment, kind, found, language)


def _sums_after(mail: CallsMail, entered: tuple[Called, ...]) -> tuple[StoreSums, ...]:
    """Of whatever this mail tells anything new of, with all that holds."""
    groups = {row.group for row in entered}
    holds = {row.same: row for row in mail.held} | {row.same: row for row in entered}
    return tuple(s for s in summed(holds.values()) if s.group in groups)


def _shortfalls(mail: CallsMail, sums: tuple[StoreSums, ...]) -> Iterator[Shortfall]:
    """Of sample tins alone: what a store was not used of other goods is nobody's shortfall."""
    if mail.standard is not None:
        of_samples = (s for s in sums if _is_sample(mail, s))
        yield from shortfalls_of(of_samples, mail.standard)


def _is_sample(mail: CallsMail, sums: StoreSums) -> bool:
    product = mail.facts.register.by_sku.get(sums.sku.casefold())
    return product is not None and product.kind is ProductKind.SAMPLE


def _unnamed(mail: CallsMail, sums: Iterable[StoreSums]) -> int:
    """How many would be short if it were known of which sample tin."""
    if mail.standard is None:
        return 0
    others = (s for s in sums if not _is_sample(mail, s))
    return sum(1 for each in shortfalls_of(others, mail.standard) if each.tins)


def _sums_letters(
    mail: CallsMail, sums: tuple[StoreSums, ...], shortfalls: tuple[Shortfall, ...]
) -> Iterator[Letter]:
    """One a person, of the distributors that are his, in the state after this mail."""
    register, facts = mail.facts.register, mail.facts
    short = {(s.distributor, s.key, s.sku, s.month): s for s in shortfalls if s.tins}
    by_person: dict[str, tuple[Person | None, list[StoreSums]]] = {}
    for each in sums:
        customer = register.by_code[each.distributor.casefold()]
        for address in _readers(facts, customer):
            people = register.person(address)
            person = people[0] if people else None
            by_person.setdefault(address.casefold(), (person, []))[1].append(each)
    by = facts.sender.people[0].name if facts.sender.people else facts.sender.address or ""
    number = f"M{mail.mail_id}"
    for address, (person, mine) in by_person.items():
        language = person.language if person and person.language else mail.language
        lines = tuple(_line(facts, each, short.get(each.group)) for each in mine)
        people = (person,) if person else ()
        yield Letter(
            notice=CallSumsNotice(
                by=by,
                lines=lines,
                open=len(mail.asked),
                unnamed=_unnamed(mail, mine),
                may_waive=any(granted(people, Action.WAIVE_SAMPLES)),
            ),
            to=(person.email if person else address,),
            subject_id=number,
            revision=mail.revision,
            language=language,
            enclosures=(CallSumsFile(lines, number, language),),
            mail_id=mail.mail_id,
        )


def _readers(facts: Facts, customer: Customer) -> tuple[str, ...]:
    """Its manager, and the sales admins of its region."""
    admins = addresses(facts.register.people(Role.SALES_ADMIN, customer.region))
    return tuple(dict.fromkeys((customer.regional_manager, *admins)))


def _line(facts: Facts, each: StoreSums, shortfall: Shortfall | None) -> CallLine:
    customer = facts.register.by_code[each.distributor.casefold()]
    product = facts.register.by_sku.get(each.sku.casefold())
    return CallLine(
        distributor=customer.code,
        name=customer.name,
        store=each.store,
        sku=each.sku,
        product=product.name if product else each.sku,
        month=each.month,
        sums=each.sums,
        shortfall=shortfall,
    )
