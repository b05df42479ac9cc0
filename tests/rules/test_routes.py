"""Whose a mail is, read from the top of one table."""

from __future__ import annotations

import pytest

from mailflow.domain.document import Reading, Refused, RefusedBecause, Unknown
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, MailKind, MailState, Trust
from mailflow.rules.routes import ROUTES, mail_findings, route
from tests.rules import desk
from tests.rules.desk import order

KNOWN = Sender(desk.MANAGER.email, Trust.A, (desk.MANAGER,))
STRANGER = Sender("who@else.example", Trust.C)
ORDER = (order(),)
UNKNOWN = (Unknown("a.xlsx", None, "x"),)
REFUSED = (Refused("b.xlsx", RefusedBecause.ENCRYPTED),)


def mail(kind: MailKind = MailKind.BUSINESS, **more: object) -> Reading:
    head = Head(sender=more.pop("sender", KNOWN.address), subject="订单", kind=kind)  # type: ignore[arg-type]
    return Reading(head, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "sender", "name", "state"),
    [
        (mail(MailKind.OWN, documents=ORDER), KNOWN, "own-mail", MailState.IGNORED),
        (mail(MailKind.BOUNCE, documents=ORDER), KNOWN, "bounce", MailState.IGNORED),
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
        (mail(), KNOWN, "nothing-attached", MailState.REVIEW),
    ],
)
def test_every_mail_has_its_route(
    reading: Reading, sender: Sender, name: str, state: MailState
) -> None:
    way = route(reading, sender)
    assert (way.name, way.state) == (name, state)


def test_only_mails_with_something_to_answer_are_answered() -> None:
    assert {r.name for r in ROUTES if r.answered} == {"order", "unknown-document", "refused-only"}


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
