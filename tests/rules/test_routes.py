"""Whose a mail is, read from the top of one table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.attached import Refused, RefusedBecause
from mailflow.domain.document import Reading, Unknown
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, MailKind, MailState, Trust
from mailflow.domain.register import Person, Role
from mailflow.parsers.answers import said_in
from mailflow.rules.routes import ROUTES, finer_reason, mail_findings, route
from tests.rules import desk
from tests.rules.desk import order

KNOWN = Sender(desk.MANAGER.email, Trust.A, (desk.MANAGER,))
STRANGER = Sender("who@else.example", Trust.C)
ORDER = (order(),)
UNKNOWN = (Unknown("a.xlsx", None, "x"),)
REFUSED = (Refused("b.xlsx", RefusedBecause.ENCRYPTED),)
PICTURE = (Refused("b.png", RefusedBecause.UNSUPPORTED, "image"),)
RECALL = "Wang Fang would like to recall the message, “November”."


def mail(kind: MailKind = MailKind.BUSINESS, **more: object) -> Reading:
    head = Head(
        sender=more.pop("sender", KNOWN.address),  # type: ignore[arg-type] # fields of any kind
        subject=more.pop("subject", "订单"),  # type: ignore[arg-type] # fields of any kind
        kind=kind,
        has_calendar=more.pop("calendar", False),  # type: ignore[arg-type] # fields of any kind
    )
    return Reading(head, **more)  # type: ignore[arg-type] # fields of any kind


@pytest.mark.parametrize(
    ("reading", "sender", "name", "state"),
    [
        (mail(MailKind.OWN, documents=ORDER), KNOWN, "own-mail", MailState.IGNORED),
        (mail(documents=ORDER), replace(KNOWN, is_us=True), "own-mail", MailState.IGNORED),
        (mail(MailKind.BOUNCE), KNOWN, "bounce", MailState.IGNORED),
        (mail(MailKind.BOUNCE, documents=ORDER), STRANGER, "bounce", MailState.IGNORED),
        (mail(MailKind.BOUNCE, documents=ORDER), KNOWN, "automatic-order", MailState.REVIEW),
        (mail(MailKind.LIST, documents=UNKNOWN), KNOWN, "automatic-order", MailState.REVIEW),
        (mail(MailKind.AUTO_REPLY, refused=REFUSED), KNOWN, "automatic-order", MailState.REVIEW),
        (mail(MailKind.AUTO_REPLY, refused=PICTURE), KNOWN, "auto-reply", MailState.IGNORED),
        (mail(MailKind.AUTO_REPLY), KNOWN, "auto-reply", MailState.IGNORED),
        (mail(MailKind.AUTO_REPLY, documents=ORDER), KNOWN, "automatic-order", MailState.REVIEW),
        (mail(MailKind.LIST, documents=ORDER), KNOWN, "automatic-order", MailState.REVIEW),
        (mail(MailKind.AUTO_REPLY, documents=ORDER), STRANGER, "auto-reply", MailState.IGNORED),
        (mail(MailKind.LIST), KNOWN, "mailing-list", MailState.IGNORED),
        (mail(sender=None, documents=ORDER), STRANGER, "sender-ambiguous", MailState.REVIEW),
        (mail(documents=ORDER), STRANGER, "stranger", MailState.IGNORED),
        (mail(documents=ORDER, refused=REFUSED), KNOWN, "order", MailState.DONE),
        (mail(MailKind.ANSWER, documents=ORDER), KNOWN, "order", MailState.DONE),
        (mail(documents=UNKNOWN), KNOWN, "unknown-document", MailState.REVIEW),
        (mail(refused=REFUSED), KNOWN, "refused-only", MailState.RETURNED),
        (mail(MailKind.ANSWER, refused=REFUSED), KNOWN, "refused-only", MailState.RETURNED),
        (mail(MailKind.ANSWER), KNOWN, "answer", MailState.REVIEW),
        (mail(subject="撤回: 订单"), KNOWN, "recall", MailState.REVIEW),
        (mail(subject="撤回: 订单", documents=ORDER), KNOWN, "order", MailState.DONE),
        (mail(body=RECALL), KNOWN, "recall", MailState.REVIEW),
        (mail(calendar=True), KNOWN, "invitation", MailState.IGNORED),
        (mail(calendar=True, documents=ORDER), KNOWN, "order", MailState.DONE),
        (mail(body="请问昨天的清单发了吗？"), KNOWN, "request", MailState.REVIEW),
        (mail(body="请问昨天的清单发了吗？"), STRANGER, "stranger", MailState.IGNORED),
        (mail(), KNOWN, "nothing-attached", MailState.REVIEW),
    ],
)
def test_every_mail_has_its_route(
    reading: Reading, sender: Sender, name: str, state: MailState
) -> None:
    way = route(reading, sender)
    assert (way.name, way.state) == (name, state)


def test_only_mails_with_something_to_answer_are_answered() -> None:
    assert {r.name for r in ROUTES if r.answered} == {
        *("order", "unknown-document", "refused-only", "in-words")
    }


def test_every_route_has_its_own_name_and_the_last_takes_what_is_left() -> None:
    assert len({r.name for r in ROUTES}) == len(ROUTES)
    assert ROUTES[-1].takes(mail(), STRANGER)


def test_a_mail_that_was_read_whole_has_no_findings_of_its_own() -> None:
    reading = mail(documents=ORDER)
    assert mail_findings(reading, route(reading, KNOWN)) == ()


@pytest.mark.parametrize("reason", list(RefusedBecause))
def test_a_refused_attachment_is_said_to_its_sender(reason: RefusedBecause) -> None:
    reading = mail(documents=ORDER, refused=(Refused("b.xlsx", reason, "unheard-of"),))
    [finding] = mail_findings(reading, route(reading, KNOWN))
    assert (finding.code, finding.variant) == ("attachment-refused", reason.value)
    assert (finding.found, finding.asked) == ("b.xlsx", Asked.SENDER)


def test_what_to_do_about_it_is_said_by_what_it_is() -> None:
    refused = (
        Refused("b.pdf", RefusedBecause.UNSUPPORTED, "pdf"),
        Refused("", RefusedBecause.TOO_LARGE),
    )
    reading = mail(documents=ORDER, refused=refused)
    variants = [f.variant for f in mail_findings(reading, route(reading, KNOWN))]
    assert variants == ["unsupported-pdf", "body-too-large"]


def test_a_mail_for_a_person_says_why() -> None:
    reading = mail()
    [finding] = mail_findings(reading, route(reading, KNOWN))
    assert (finding.code, finding.asked) == ("nothing-attached", Asked.SALES_ADMIN)
    stranger = mail(documents=ORDER)
    assert mail_findings(stranger, route(stranger, STRANGER)) == ()


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("请把10月的对账单发给我", "statement"),
        ("麻烦发一下三季度的销售报表", "report"),
        ("客户要这一批的质检报告", "documents"),
        ("小叶子的小听粉用完了，申请再发一些", "samples"),
        ("门店要两张海报", "design"),
        ("申请12月的妈妈班", "training"),
        ("有3箱破损，怎么处理", "complaint"),
        ("订单到哪里了", "status"),
        ("Please send the tracking number", "status"),
        ("Could you send two samples", "samples"),
        ("Understood, thanks", None),
        ("好的，谢谢", None),
        ("好的\n-------- 原始邮件 --------\n请把对账单发给我", None),
    ],
)
def test_what_a_mail_asks_for_is_told_by_its_own_words(words: str, about: str | None) -> None:
    reading = mail(body=words)
    [finding] = mail_findings(reading, route(reading, KNOWN))
    assert finding.code == ("request" if about else "nothing-attached")
    assert finding.variant == (about or "")
    expected = f"request:{about}" if about else "nothing-attached"
    assert finer_reason(reading, route(reading, KNOWN)) == expected


def test_a_person_hears_whether_an_automatic_mail_holds_an_order_or_some_sheet() -> None:
    for documents, variant in ((ORDER, ""), (UNKNOWN, "sheet")):
        reading = mail(MailKind.AUTO_REPLY, documents=documents)
        [finding] = mail_findings(reading, route(reading, KNOWN))
        assert (finding.code, finding.variant) == ("automatic-order", variant)


WORDS_ALONE = [
    (MailKind.BUSINESS, "小叶子要货", "优护1段20箱，优护2段30箱，麻烦尽快安排", "order-in-words"),
    (MailKind.BUSINESS, "宝宝屋订单", "优护1段 20箱", "order-in-words"),
    (MailKind.ANSWER, "Re: x", "麻烦改成50箱", "change-in-words"),
    (MailKind.ANSWER, "Re: x", "再加10箱优护1段", "change-in-words"),
    (MailKind.ANSWER, "Re: x", "这张单先取消吧，客户说不要了", "change-in-words"),
    (MailKind.ANSWER, "Re: x", "按21箱发吧", "change-in-words"),
    (MailKind.ANSWER, "Re: x", "谢谢，知道了", ""),
    (MailKind.ANSWER, "Re: x", "今天收到20箱", ""),
    (MailKind.ANSWER, "Re: x", "多发了5箱怎么办", ""),
    (MailKind.BUSINESS, "破损", "上次那批货有3箱破损，怎么处理？要补发吗", ""),
    (MailKind.BUSINESS, "您好", "下午开会，请准时", ""),
]


@pytest.mark.parametrize(("kind", "subject", "text", "code"), WORDS_ALONE)
def test_what_is_ordered_in_words_alone_is_asked_for_as_a_sheet(
    kind: MailKind, subject: str, text: str, code: str
) -> None:
    reading = mail(kind, subject=subject, body=text, said=said_in(subject, text, ""))
    way = route(reading, KNOWN)
    found = [f.code for f in mail_findings(reading, way, KNOWN) if way.answered]
    assert (found, way.name == "in-words") == ([code] if code else [], bool(code))
    assert way.state is MailState.REVIEW


def test_who_orders_nothing_is_not_asked_for_a_sheet() -> None:
    reading = mail(subject="x", body="要20箱", said=said_in("x", "要20箱", ""))
    keeper = Person(Role.WAREHOUSE, "仓", "w@x.example", ())
    assert route(reading, Sender("w@x.example", Trust.A, (keeper,))).name == "nothing-attached"
    assert route(reading, STRANGER).name == "stranger"
