"""Letters for tests: the specimens, and some that hold more than one thing at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.message import Message
from mailflow.domain.notice import Enclosure, Letter
from mailflow.domain.notice_announcement import AnnouncementVerdict, Told
from mailflow.domain.notice_asked import TOLD_IN_REPLY, RefusalNotice
from mailflow.domain.notice_month import StockPictures
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.notice_request import RequestEvent, RequestVerdict
from mailflow.domain.notice_statistics import StatisticsPictures
from mailflow.domain.order import OrderState
from mailflow.domain.order_change import changes_between
from mailflow.domain.sender_proof import ProofVerdict
from mailflow.domain.sheet import Place
from mailflow.outbox import specimen_asked, specimen_reports
from mailflow.outbox import specimen_orders as some
from mailflow.outbox import specimens as made
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.enclosures import Enclosures, Workshops
from mailflow.outbox.typeset import LetterSetter, Stationery
from mailflow.outbox.typeset_pages import Pages
from mailflow.parsers.sandbox import Sandbox

TEMPLATES = Path(__file__).parents[2] / "templates"
NOW = datetime(2026, 11, 9, 6, 40, tzinfo=UTC)
STATIONERY = Stationery(
    sender="销管订单 <orders@chenlu.example>",
    instance="desk-1",
    zone=ZoneInfo("Asia/Shanghai"),
)


def pages(*own: Path, redirected: bool = False) -> Pages:
    """Of these folders, before the packaged ones."""
    folders = (*own, TEMPLATES)
    desk = STATIONERY.sender
    return Pages(folders, STATIONERY.zone, Catalogue(folders), desk=desk, redirected=redirected)


def setter(stationery: Stationery = STATIONERY, *own: Path) -> LetterSetter:
    made = pages(*own, redirected=stationery.redirect_to is not None)
    return LetterSetter(
        stationery, made, Enclosures(made.catalogue, Workshops(Sandbox(), Sandbox()), "zh")
    )


def typeset(letter: Letter, stationery: Stationery = STATIONERY, *own: Path) -> Sequence[Message]:
    return setter(stationery, *own).typeset(letter, enclosed(letter), NOW)


def enclosed(letter: Letter) -> Mapping[Enclosure, bytes]:
    made = dict.fromkeys(letter.enclosures, b"PK\x03\x04 a workbook")
    pictures = (e for e in made if isinstance(e, StockPictures | StatisticsPictures))
    return {**made, **dict.fromkeys(pictures, b"")}


def named_letters(language: str) -> dict[str, Letter]:
    """Every letter that has a golden file, by the file's name."""
    letters = made.specimens(language)
    names = [
        "answer-accepted",
        "answer-returned",
        "answer-held",
        "answer-review",
        "answer-unreadable",
        "dispatch-list",
        "approval-request",
        "approval-reminder",
        "approval-deputy",
        "approval-handover",
        "order-reminder",
        "order-reminder-again",
        "order-closed",
        *(f"question-{verdict}" for verdict in TOLD_IN_REPLY),
        *(f"question-{verdict}-{listed}" for verdict, listed in specimen_asked.UNLISTED),
        "order-refused",
        "answer-offering",
        "answer-taken",
        "shipping-differs",
        "shipping-missing",
        "shipping-unclear",
        "goods-sent",
        "goods-sent-corrected",
        "batch-traced",
        "batch-unknown",
        "cancel-request",
        "cancel-request-urged",
        "cancel-request-unsent",
        "cancel-request-never",
        "list-cancelled",
        "cancel-agreed",
        "cancel-agreed-unlisted",
        "cancel-refused",
        "cancel-refused-unlisted",
        "cancel-too-late",
        "undelivered-list",
        "undelivered-cancellation",
        "answer-offering-loose",
        "answer-offering-address",
        "answer-loose-wanted",
        "approval-loose",
        "answer-address-new",
        "approval-address",
        "dispatch-list-elsewhere",
        "answer-elsewhere",
        "money-entered",
        "money-asked",
        "statement",
        "statement-of-month",
        "statements",
        "statement-which",
        "statement-which-one",
        "dispute-received",
        "dispute-received-bare",
        "dispute-raised",
        "dispute-raised-bare",
        "dispute-settled",
        "inventory-kept",
        "inventory-returned",
        "reports-due",
        "reports-late",
        "payments-soon",
        "payments-today",
        "payments-late",
        "stock-so-far",
        "stock-all",
        "stock-revised",
        "stock-revised-many",
        "month-grid",
        "month-grid-all",
        "answer-short",
        "answer-all-short",
        "answer-fewer-samples",
        "dispatch-list-short",
        "dispatch-list-supplement",
        "shortage",
        "shortage-supplied",
        "supply-request",
        "supply-reminder",
        "supply-deputy",
        "supply-handover",
        "stock-taken",
        "stock-older",
        "stock-doubtful",
        "ship-reminder-late",
        "ship-reminder",
        "ship-overdue",
        "waybill-request",
        "goods-delivered-part",
        "goods-delivered",
        "statistics",
        "statistics-unusual",
        "budget-nearly-used",
        "budget-exceeded",
        "help",
        "help-with-everything",
        "help-not-theirs",
        "status-of-one",
        "status-open",
        "status-asked",
        "status-none",
        "status-budgets",
        "register-proposed",
        "register-urged",
        "register-bad",
        "register-applied",
        "register-unchanged",
        "register-refused",
        "register-outdated",
        "register-already",
        "register-unclear",
        "register-changed",
        *(
            f"{kind}-{what}"
            for kind in ("products", "staff", "prices")
            for what in ("proposed", "applied", "changed")
        ),
        "call-back-entered",
        "call-back-asked",
        "call-back-known",
        "call-back-sums",
        "call-back-unheard",
        "dispatch-list-fewer-samples",
        "call-back-below",
        "samples-waived",
        "samples-waived-late",
        "document-sent",
        "document-which",
        "document-barred",
        "document-expired",
        "document-absent",
        "document-lost",
        "announcement",
        "announcement-corrected",
        "announcement-urged",
        *(f"announcement-{verdict}" for verdict in AnnouncementVerdict),
        "announcement-waits",
        *(f"announcement-told-{why}" for why in Told),
        "announcement-reply",
        "announcement-heard",
        "announcement-heard-confirmed",
        "announcement-heard-outdated",
        "archive-kept",
        "archive-known",
        "find-one",
        "find-several",
        "find-none",
        *(f"request-step-{step}" for step in ("approve", "do", "wanting")),
        "request-step-reminder",
        "request-step-deputy",
        *(f"request-{verdict.value}" for verdict in RequestVerdict),
        "request-missing-urged",
        *(f"request-news-{event.value}" for event in RequestEvent),
        *(f"sender-proof-{verdict}" for verdict in ProofVerdict),
        "consumers-taken",
        "consumers-asked",
        "consumers-whole",
        "consumers-to-call",
        "consumers-no-caller",
        "consumers-forgotten",
        "consumers-forgotten-agent",
        "consumers-forgotten-again",
        "digest",
        "digest-quiet",
    ]
    found = dict(zip(names, letters, strict=True))
    found["answer-many-points"] = answer_with_many_points()
    found["answer-corrected"] = answer_corrected()
    found["answer-again"] = answer_again()
    found["answer-of-two-orders"] = answer_of_two_orders()
    for code, line in (("order", "优护1段20箱，麻烦尽快安排"), ("change", "麻烦改成50箱")):
        found[f"answer-{code}-in-words"] = answer_in_words(f"{code}-in-words", line)
    found["dispatch-list-changed"] = changed_list()
    found["order-refused-change"] = refused_change()
    found["dispatch-list-special"] = special_list()
    return {name: replace(letter, language=language) for name, letter in found.items()}


def price_mismatch() -> Finding:
    return Finding(
        "price-mismatch",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(some.FILE, "Sheet1", 6, 6),
        found="170",
        expected="168.00",
        proposal="168.00",
        details=(("product", "晨露金装婴幼儿配方奶粉1段900g"),),
    )


def unknown_product() -> Finding:
    return Finding(
        "unknown-product",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(some.FILE, "Sheet2", 9, 1),
        found="晨露金装4阶段 900克",
        proposal="晨露金装婴幼儿配方奶粉4段900g",
    )


def after_cut_off() -> Finding:
    return Finding(
        "after-cut-off",
        Severity.INFO,
        Asked.NOBODY,
        found="2026-11-26",
        expected="2026-12",
        details=(("day", "25"),),
    )


def answer_with_many_points() -> Letter:
    findings = (
        some.loose_tins(),
        price_mismatch(),
        unknown_product(),
        some.hidden_quantity(),
        after_cut_off(),
    )
    report = replace(specimen_reports.returned_report(), findings=findings)
    return specimen_reports.answer(specimen_reports.answered(report, outcome=Outcome.RETURNED))


def answer_of_two_orders() -> Letter:
    second = replace(specimen_reports.returned_report(), order=some.order(OrderState.RETURNED, 1))
    notice = specimen_reports.answered(
        specimen_reports.accepted_report(),
        second,
        outcome=Outcome.RETURNED,
        findings=(some.refused(),),
    )
    return specimen_reports.answer(notice)


def answer_corrected() -> Letter:
    report = specimen_reports.accepted_report()
    order = replace(report.order, revision=2)
    report = replace(report, order=order, replaced=1)
    return specimen_reports.answer(specimen_reports.answered(report, outcome=Outcome.ACCEPTED))


def answer_again() -> Letter:
    report = replace(specimen_reports.accepted_report(), dispatch_list=None, is_again=True)
    return specimen_reports.answer(specimen_reports.answered(report, outcome=Outcome.ACCEPTED))


def answer_in_words(code: str, line: str) -> Letter:
    finding = Finding(code, Severity.ERROR, Asked.SALES_ADMIN, found=line)
    notice = specimen_reports.answered(outcome=Outcome.REVIEW, findings=(finding,))
    return specimen_reports.answer(notice)


def changed_list() -> Letter:
    """One product less, one more, one new, one fallen away."""
    after = replace(some.order(), revision=2)
    first, second, third, *rest = after.lines
    before = replace(after, lines=(replace(first, tins=66), replace(second, tins=90), *rest))
    gone = replace(third, sku="CL-X", name="晨露旧装2段900g", tins=12)
    before = replace(before, lines=(*before.lines, gone), revision=1)
    changes = changes_between(before, after)
    sheet = replace(some.dispatch_list(), order=after, revision=2, changes=changes)
    return Letter(
        notice=ListNotice(sheet),
        to=("warehouse.north@chenlu.example",),
        subject_id=sheet.number,
        revision=2,
    )


def refused_change() -> Letter:
    letter = specimen_asked.refusal("zh")
    assert isinstance(letter.notice, RefusalNotice)
    order = replace(letter.notice.order, revision=2, amends=1)
    return replace(letter, notice=replace(letter.notice, order=order))


def special_list() -> Letter:
    sheet = replace(some.dispatch_list(special=True), revision=2)
    return Letter(
        notice=ListNotice(sheet),
        to=("warehouse.north@chenlu.example",),
        subject_id=sheet.number,
        revision=2,
    )


def parsed(message: Message) -> EmailMessage:
    mail = message_from_bytes(message.mime, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def bodies(message: Message) -> tuple[str, str]:
    mail = parsed(message)
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    return plain.get_content(), rich.get_content()
