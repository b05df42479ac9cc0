"""A specimen of every letter, with invented people: what `doctor` tries the templates with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.answer import Word
from mailflow.domain.asking import Urging
from mailflow.domain.chase import Stage
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Aside, Thread
from mailflow.domain.notice import (
    TOLD_IN_REPLY,
    AnswerNotice,
    ApprovalNotice,
    DigestCounts,
    DigestLine,
    DigestNotice,
    Letter,
    ListFile,
    ListNotice,
    MarkedCopy,
    OrderReport,
    RefusalNotice,
    ReplyNotice,
    ReturnedNotice,
    Verdict,
)
from mailflow.domain.order import Listed, OrderState
from mailflow.domain.question import Question
from mailflow.domain.register import Person
from mailflow.domain.settlement import next_steps
from mailflow.outbox.catalogue import LANGUAGES
from mailflow.outbox.specimen_budget import budget_letters, use
from mailflow.outbox.specimen_clock import clock_letters
from mailflow.outbox.specimen_confirmed import confirmed_letters
from mailflow.outbox.specimen_goods import goods_letters
from mailflow.outbox.specimen_help import help_letters
from mailflow.outbox.specimen_late import late_letters
from mailflow.outbox.specimen_money import money_letters
from mailflow.outbox.specimen_month import month_letters
from mailflow.outbox.specimen_orders import (
    ADMIN,
    CUSTOMER,
    DAY,
    FILE,
    FINANCE,
    RECEIVED,
    dispatch_list,
    hidden_quantity,
    loose_tins,
    order,
    over_credit,
    refused,
)
from mailflow.outbox.specimen_reading import specimen_reading
from mailflow.outbox.specimen_register import register_letters
from mailflow.outbox.specimen_statistics import statistics_letters
from mailflow.outbox.specimen_stock import all_short_report, short_report, stock_letters
from mailflow.outbox.specimen_story import specimen_story
from mailflow.outbox.typeset_pages import CannotTypeset, Pages


def answer(notice: AnswerNotice, language: str = "zh") -> Letter:
    """The letter around an answer, with what would be enclosed."""
    lists = (ListFile(r.dispatch_list) for r in notice.reports if r.dispatch_list)
    wrong = tuple(f for r in notice.reports for f in r.findings if f.asked is Asked.SENDER)
    copies = (MarkedCopy(42, FILE, "xlsx", wrong, language),) if wrong else ()
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id=notice.reports[0].order.number if notice.reports else "M42",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
        enclosures=(*lists, *copies),
        mail_id=42,
    )


def answered(
    *reports: OrderReport, outcome: Outcome, findings: tuple[Finding, ...] = ()
) -> AnswerNotice:
    return AnswerNotice(
        recipient="河南区域经理",
        subject="南阳童之家11月订单",
        received=RECEIVED,
        outcome=outcome,
        reports=reports,
        findings=findings,
    )


def accepted_report() -> OrderReport:
    return OrderReport(order(), Outcome.ACCEPTED, (), dispatch_list())


def returned_report() -> OrderReport:
    waits: tuple[tuple[Asked, Person | None], ...] = ((Asked.SENDER, None),)
    return OrderReport(
        order(OrderState.RETURNED), Outcome.RETURNED, (loose_tins(),), waits_on=waits
    )


def held_report() -> OrderReport:
    waits = ((Asked.FINANCE, FINANCE),)
    return OrderReport(order(OrderState.HELD), Outcome.HELD, (over_credit(),), waits_on=waits)


def review_report() -> OrderReport:
    waits = ((Asked.SALES_ADMIN, ADMIN),)
    findings = (hidden_quantity(),)
    return OrderReport(order(OrderState.REVIEW), Outcome.REVIEW, findings, waits_on=waits)


def digest(quiet: bool = False) -> DigestNotice:
    if quiet:
        return DigestNotice(ADMIN, DAY, DigestCounts(0, 0, 0, 0, 0, 0, 0, 0))
    decide = DigestLine(
        reference="DD261106-0031",
        what="hidden-quantity,duplicate-order",
        who=CUSTOMER.name,
        subject="南阳童之家补单",
        since=datetime(2026, 11, 6, 2, 5, tzinfo=UTC),
        region="河南",
        waits_on=Asked.SALES_ADMIN,
        steps=next_steps("unknown-product", {"word": "小罐"}, "manager@chenlu.example"),
    )
    waiting = replace(
        decide,
        reference="DD261109-0040",
        what="over-credit",
        since=RECEIVED,
        waits_on=Asked.FINANCE,
        steps=(),
    )
    aside = DigestLine(
        reference="M45",
        what=Aside.TIMEOUT.value,
        who="",
        subject="",
        since=RECEIVED,
        findings=(Finding("quarantined", Severity.ERROR, Asked.SALES_ADMIN, variant="timeout"),),
        waits_on=Asked.SALES_ADMIN,
    )
    unread = DigestLine("M44", "stranger", "ad@elsewhere.example", "最新价目表", RECEIVED)
    machine = DigestLine(
        "message 17", "message-failed", "warehouse.north@chenlu.example", "发货清单", RECEIVED
    )
    counts = DigestCounts(12, 7, 3, 1, 1, 2, 7, 1)
    short = ShortGoods("河南", "CL-JZ2-900", 114, 2, RECEIVED, "晨露金装婴幼儿配方奶粉2段900g")
    told = DigestNotice(ADMIN, DAY, counts, (decide, aside), (waiting,), (unread,), (machine,))
    return replace(told, shortages=(short,), budgets=(use(),))


def question(*, is_used: bool = False) -> Question:
    """Put to finance, by an invented token."""
    put = Question(
        order="DD261109-0042",
        revision=1,
        role=Asked.FINANCE,
        address=FINANCE.email,
        allowed=(Word.AGREE, Word.REFUSE),
        created=RECEIVED,
        expires=RECEIVED + timedelta(days=7),
        token="7K3M9QWX2ZB4T6VD8HCF",
    )
    return put.answered_with(Word.AGREE, FINANCE.email, 43, RECEIVED) if is_used else put


def offering(language: str) -> Letter:
    """An answer to a returned order that is mended by a word."""
    asked = replace(question(), role=Asked.SENDER, allowed=(Word.ACCEPT,))
    wrong = replace(loose_tins(), code="price-mismatch", found="150", expected="158.00")
    report = replace(returned_report(), findings=(replace(wrong, proposal="158.00"),))
    return replace(answer(answered(report, outcome=Outcome.RETURNED), language), question=asked)


def taken(language: str) -> Letter:
    """The answer to the order that was made so."""
    wrong = replace(loose_tins(), code="price-mismatch", found="150", expected="158.00")
    changes = (replace(wrong, proposal="158.00"),)
    notice = replace(
        answered(accepted_report(), outcome=Outcome.ACCEPTED),
        changes=changes,
        replaces="DD261108-0037",
    )
    return answer(notice, language)


UNASKED = (Verdict.CANCELLED, Verdict.PASSED_ON, Verdict.TOO_LATE)
"""What answers a wish and no question."""


def replied(verdict: Verdict, language: str) -> Letter:
    asked = question(is_used=verdict is Verdict.ALREADY)
    state = OrderState.ACCEPTED if verdict is Verdict.ALREADY else OrderState.HELD
    waiting = ("市场部总经理",) if verdict is Verdict.NOTED else ()
    said = "同意，但数量改为 50 箱"
    if verdict is Verdict.UNREASONED:
        asked = replace(asked, role=Asked.SENDER, allowed=(Word.LOOSE,))
        said = "要散听 另加10箱"
    put = None if verdict in UNASKED else asked
    notice = ReplyNotice(verdict, order(state), put, FINANCE.name, FINANCE.name, said, waiting)
    return Letter(
        notice=notice,
        to=(FINANCE.email,),
        subject_id="DD261109-0042-M43",
        about="DD261109-0042",
        language=language,
        thread=Thread("<answer-1109@chenlu.example>", (), "Re: [DD261109-0042]"),
        question=asked if verdict in (Verdict.UNCLEAR, Verdict.UNREASONED) else None,
    )


UNLISTED = (
    *((Verdict.AGREED, Listed.NEVER), (Verdict.ALREADY, Listed.NEVER)),
    *((Verdict.ALREADY, Listed.UNSENT), (Verdict.PASSED_ON, Listed.UNSENT)),
    *((Verdict.PASSED_ON, Listed.NEVER), (Verdict.KEPT, Listed.NEVER)),
    (Verdict.KEPT, Listed.UNSENT),
)
"""What is answered otherwise where the order has no list, or one that has not left."""


def listed_otherwise(language: str) -> Iterator[Letter]:
    for verdict, listed in UNLISTED:
        letter = replied(verdict, language)
        assert isinstance(letter.notice, ReplyNotice)
        yield replace(letter, notice=replace(letter.notice, listed=listed))


def refusal(language: str) -> Letter:
    notice = RefusalNotice(
        order(OrderState.CLOSED),
        FINANCE.name,
        Asked.FINANCE,
        "上月货款还没有到",
        "南阳童之家11月订单",
    )
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id="DD261109-0042-refused",
        about="DD261109-0042",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
    )


def urged(urging: Urging, language: str) -> Letter:
    return Letter(
        notice=ApprovalNotice(FINANCE, held_report(), ADMIN, urging),
        to=(FINANCE.email,),
        subject_id=f"DD261109-0042-{urging.value}",
        about="DD261109-0042",
        language=language,
        question=question(),
    )


def uncorrected(stage: Stage, language: str) -> Letter:
    notice = ReturnedNotice(
        order(OrderState.RETURNED),
        (loose_tins(),),
        "南阳童之家11月订单",
        stage,
        RECEIVED + timedelta(days=7),
    )
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id=f"DD261109-0042-{stage.value}",
        about="DD261109-0042",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
    )


def specimens(language: str = "zh") -> tuple[Letter, ...]:
    """At least one of every notice, and of an answer one of every outcome."""
    admin = (ADMIN.email,)
    goods = Letter(
        notice=ListNotice(dispatch_list()),
        to=("warehouse.north@chenlu.example",),
        subject_id="FH261109-0042",
        language=language,
        enclosures=(ListFile(dispatch_list()),),
    )
    approval = Letter(
        notice=ApprovalNotice(FINANCE, held_report(), ADMIN),
        to=(FINANCE.email,),
        subject_id="DD261109-0042",
        language=language,
        question=question(),
    )
    return (
        *(answer(answered(r, outcome=r.outcome), language) for r in _reports()),
        answer(answered(outcome=Outcome.RETURNED, findings=(refused(),)), language),
        goods,
        approval,
        *(urged(urging, language) for urging in (Urging.REMINDER, Urging.DEPUTY)),
        *(uncorrected(stage, language) for stage in (Stage.REMIND, Stage.AGAIN, Stage.CLOSE)),
        *(replied(verdict, language) for verdict in TOLD_IN_REPLY),
        *(listed_otherwise(language)),
        refusal(language),
        offering(language),
        taken(language),
        *goods_letters(language),
        *late_letters(question(), language),
        *confirmed_letters(question(), language),
        *money_letters(language),
        *month_letters(language),
        *(
            answer(answered(r, outcome=r.outcome), language)
            for r in (short_report(), all_short_report())
        ),
        *stock_letters(language),
        *clock_letters(language),
        *statistics_letters(language),
        *budget_letters(language),
        *help_letters(language),
        *register_letters(language),
        Letter(notice=digest(), to=admin, subject_id="digest-20261109", language=language),
        Letter(
            notice=digest(quiet=True), to=admin, subject_id="digest-20261110", language=language
        ),
    )


def _reports() -> tuple[OrderReport, ...]:
    return accepted_report(), returned_report(), held_report(), review_report()


def complaints_about(pages: Pages) -> tuple[str, ...]:
    """What is wrong with templates and words: every specimen is tried in both languages."""
    found = []
    for language in LANGUAGES:
        try:
            pages.reading(specimen_reading(), language)
            pages.story(specimen_story(), language)
        except CannotTypeset as error:
            found.append(str(error))
    for letter in (letter for language in LANGUAGES for letter in specimens(language)):
        try:
            pages.page(letter)
        except CannotTypeset as error:
            found.append(str(error))
    return tuple(dict.fromkeys(found))
