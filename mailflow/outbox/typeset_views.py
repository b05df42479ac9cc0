"""What a notice comes to before it is put into words: which sentence leads, what goes together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mailflow.domain.answer import TAKING, Word
from mailflow.domain.decision import WORST_FIRST, Outcome
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_asked import ApprovalNotice
from mailflow.domain.notice_orders import AnswerNotice
from mailflow.domain.order import BookedOrder
from mailflow.domain.proposal import SHIP_TO
from mailflow.domain.question import Question
from mailflow.domain.register import ShipTo
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.reply_links import Button
from mailflow.outbox.typeset_words import Words

LONGEST_COMPARED = 14
LOOSE_TINS = "loose-tins"


def views(catalogue: Catalogue) -> Mapping[str, Callable[..., Any]]:
    def reason(notice: ApprovalNotice, lang: str) -> str:
        """In a few words, why this person is asked."""
        findings = notice.report.findings
        own = asked(findings, notice.recipient.role.value) or asked(findings, "others")
        return catalogue.title(f"{own[0].code}:{own[0].variant}", lang) if own else ""

    return {
        "asked": asked,
        "cell": cell,
        "compared": compared,
        "encloses_a_copy": encloses_a_copy,
        "goes_with": goes_with,
        "is_loose_elsewhere": is_loose_elsewhere,
        "lead": lead,
        "outcomes": outcomes,
        "places": places,
        "reason_for_loose": reason_for_loose,
        "reason": reason,
        "spoken": spoken,
        "sums": sums,
    }


def asked(findings: Sequence[Finding], *people: str) -> list[Finding]:
    """Those findings that lie with one of these people; `others`: with anyone but the sender."""
    if people == ("others",):
        return [f for f in findings if f.asked not in (Asked.SENDER, Asked.NOBODY)]
    return [f for f in findings if f.asked in people]


def cell(finding: Finding, around: str) -> str:
    """`E8`, or `Sheet2!E8` outside of the sheet of `around` (`Sheet1!A7:H20`); else empty."""
    if finding.at is None:
        return ""
    sheet = around.rpartition("!")[0]
    return finding.at.address if finding.at.sheet == sheet else str(finding.at)


def compared(finding: Finding) -> bool:
    """Whether what was found and what is proposed are short enough to stand side by side."""
    values = (finding.found, finding.proposal)
    return all(0 < len(value) <= LONGEST_COMPARED for value in values)


def encloses_a_copy(letter: Letter) -> bool:
    return any(isinstance(enclosure, MarkedCopy) for enclosure in letter.enclosures)


def outcomes(notice: AnswerNotice) -> list[tuple[str, int]]:
    """How many orders ended how, what needs the sender most first."""
    counted = Counter(report.outcome for report in notice.reports)
    return [(outcome.value, counted[outcome]) for outcome in WORST_FIRST if counted[outcome]]


def places(order: BookedOrder) -> list[tuple[str, str, str]]:
    """Of each field of the ship-to: its name, what is registered, and where this order goes."""
    registered = order.customer.ship_to if order.customer else ShipTo()
    names = ("consignee", "phone", "address", "delivery_address")
    return [(name, getattr(registered, name), getattr(order.ship_to, name)) for name in names]


def reason_for_loose(findings: Sequence[Finding]) -> str:
    """What its sender wrote why he wants loose tins; empty where he did not say so by reply."""
    told = (dict(f.details).get("reason", "") for f in findings if f.code == LOOSE_TINS)
    return next((reason for reason in told if reason), "")


def lead(notice: AnswerNotice, words: Words) -> str:
    """The first line of an answer: what became of the orders, and whether anything is beside."""
    if notice.is_late:
        return words["lead_late"]
    if notice.is_again:
        return words["lead_again"]
    found = outcomes(notice)
    if not found and notice.in_words:
        return words[f"lead_{notice.in_words}"]
    if not found:
        name = "lead_unread" if notice.outcome is Outcome.RETURNED else "lead_passed"
        return words[name]
    short = [r for r in notice.reports if r.short]
    if len(notice.reports) == 1 and short:
        said = words["lead_short" if notice.reports[0].dispatch_list else "lead_all_short"]
    elif len(notice.reports) == 1:
        points = len(asked(notice.reports[0].findings, "sender"))
        said = words(f"lead_{found[0][0]}", n=points)
    elif len(found) == 1:
        is_unlisted = found[0][0] == Outcome.ACCEPTED and not all(
            r.dispatch_list for r in notice.reports
        )
        said = words("leads_taken" if is_unlisted else f"leads_{found[0][0]}", n=found[0][1])
    else:
        said = words["comma"].join(words(f"some_{name}", n=n) for name, n in found)
    said += words["beside_short"] if short and len(notice.reports) > 1 else ""
    return said + (words["beside"] if notice.findings else "")


def spoken(buttons: Sequence[Button], words: Words) -> str:
    """`“同意”或“不同意”`: the words that answer, as a sentence has them."""
    return words["answer_or"].join(
        words["spoken_loose"] if b.name == Word.LOOSE else words("answer_word", word=b.word)
        for b in buttons
    )


def goes_with(question: Question, name: str, words: Words) -> str:
    """What else a word does that its sender may say of a returned order: the other corrections, and
    where the goods go."""
    proposal = question.proposal
    if proposal is None or name not in TAKING:
        return ""
    _, changes = proposal.after(Word(name))
    beside = sum(f.code != SHIP_TO for f in changes)
    said = words("others_taken", n=beside) if beside and name != Word.ACCEPT else ""
    is_registered = proposal.stated is not None and name != Word.NEW_ADDRESS
    return said + (words["as_registered"] if is_registered else "")


def is_loose_elsewhere(question: Question) -> bool:
    """Whether loose tins may be wanted for a ship-to that is another: one word cannot say both."""
    proposal = question.proposal
    return bool(proposal and proposal.stated and Word.LOOSE in question.allowed)


def sums(finding: Finding) -> list[tuple[str, Decimal]]:
    """The sum an approver judges, by the names of their words; the excess last."""
    details = dict(finding.details)
    rows = {
        "over-credit": (
            ("this_cash", finding.found),
            ("owed", details.get("owed")),
            ("limit", finding.expected),
            ("excess", details.get("excess")),
        ),
        "over-expense": (
            ("this_expense", finding.found),
            ("left", finding.expected),
            ("excess", details.get("excess")),
        ),
        "over-budget": (
            ("this_expense", finding.found),
            ("budget", details.get("budget")),
            ("budget_used", details.get("used")),
            ("excess", details.get("excess")),
        ),
    }
    chosen = rows.get(finding.code, ())
    return [(name, Decimal(amount)) for name, amount in chosen if amount]
