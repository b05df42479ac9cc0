"""Whether a mail brings money that its sender may speak of, and what the ledger knows of it already."""

from __future__ import annotations

from collections.abc import Iterable

from mailflow.desk.house import House
from mailflow.desk.money import MoneyMail, Sorted, effects_of_money
from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.expenses import Expenses
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.ledger import Entry
from mailflow.domain.order import BookedOrder
from mailflow.domain.pattern import pattern
from mailflow.domain.payments import Payments
from mailflow.ports import MailRow, Work
from mailflow.rules.decide import judge
from mailflow.rules.money_again import again_finding, may_be_again
from mailflow.rules.money_sheet import MOST_ROWS, Certain, Sheet, judged_money, may_say
from mailflow.rules.money_words import NOT_MONEY
from mailflow.rules.own_words import own_words
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.rules.wishes import cancels, corrects, said

NUMBER = pattern(r"\[M(\d{1,15})\]")
UNREAD = (*(RefusedBecause.ENCRYPTED, RefusedBecause.CORRUPT, RefusedBecause.TOO_LARGE),)
"""What was refused for these reasons may hold more of the same."""


def effects_of_sheets(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[tuple[Effect, ...], tuple[Finding, ...]] | None:
    """None where the mail is none of it, or not his to say: it goes the way of all others."""
    sheets = _sheets_of(reading, facts)
    if not sheets or _is_doubtful(reading):
        return None
    taken: list[Entry] = []
    sorted_ = tuple(_sorted(sheet, row, facts, (work, house), taken) for sheet in sheets)
    codes = {c.entry.distributor for s in sorted_ for c in s.new if isinstance(s.sheet, Payments)}
    mail = MoneyMail(
        mail_id=row.id,
        revision=row.revision,
        reading=reading,
        facts=facts,
        sheets=sorted_,
        held=_held(sorted(codes), work),
        corrects=_corrected(reading, facts, work),
        language=house.language,
    )
    return effects_of_money(mail), mail.asked


def _sheets_of(reading: Reading, facts: Facts) -> tuple[Sheet, ...]:
    """All documents of the mail, where each is such a sheet of a length that can be looked up, and a
    person sent it who may say so; else none."""
    sheets = tuple(d for d in reading.documents if isinstance(d, Payments | Expenses))
    is_his = is_proven_person(reading, facts.sender)
    fit = all(0 < len(sheet.rows) <= MOST_ROWS for sheet in sheets)
    if len(sheets) != len(reading.documents) or not is_his or not fit:
        return ()
    return sheets if all(may_say(sheet, facts) for sheet in sheets) else ()


def _is_doubtful(reading: Reading) -> bool:
    """Words around the sheets may change what they mean: a person reads them. So he does where
    something that may be a sheet could not be read."""
    head = reading.head
    words = f"{head.subject}\n{own_words(reading.body)}\n{reading.forwarded}"
    is_changed = corrects(words) or cancels(words) or NOT_MONEY.search(said(words)) is not None
    is_part = any(refused.reason in UNREAD for refused in reading.refused)
    return is_changed or is_part or is_recall(reading)


def _sorted(
    sheet: Sheet, row: MailRow, facts: Facts, books: tuple[Work, House], taken: list[Entry]
) -> Sorted:
    """`taken` are the entries of the mail so far; those of this sheet are added."""
    work, house = books
    decision = judge(sheet, facts, house.lexicon, house.weights)
    judged = judged_money(decision, row.id, facts, house.lexicon)
    new: list[Certain] = []
    known: list[tuple[Certain, Entry]] = []
    asked = list(judged.asked)
    for certain in judged.rows:
        like = work.entered_like(certain.entry)
        same = next((e for e in like if e.key == certain.entry.key), None)
        if same is not None:
            known.append((certain, same))
            continue
        other = (
            may_be_again(certain.entry, like)
            or may_be_again(certain.entry, taken)
            or may_be_again(certain.entry, (c.entry for c in new), in_one_sheet=True)
        )
        if other is not None:
            asked.append(again_finding(sheet, certain.at, certain.amount, other))
        else:
            new.append(certain)
    taken += [c.entry for c in new]
    return Sorted(sheet, judged, tuple(new), tuple(known), tuple(asked))


def _corrected(reading: Reading, facts: Facts, work: Work) -> tuple[int, ...]:
    """Whoever sends his sheet again under our answer is asked anew what is still wrong with it."""
    numbers = (int(n) for n in NUMBER.findall(reading.head.subject))
    mine = (facts.sender.address or "").casefold()
    return tuple(n for n in numbers if work.sent_by(n).casefold() == mine)


def _held(codes: Iterable[str], work: Work) -> tuple[BookedOrder, ...]:
    return tuple(
        order
        for code in codes
        for order in work.held_of(code)
        if any(f.code == "over-credit" for f in work.findings(order))
    )
