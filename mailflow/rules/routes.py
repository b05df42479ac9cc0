"""Routes: one ordered table, read from the top, that says whose a mail is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Order, Reading, Unknown
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import MailKind, MailState, Trust
from mailflow.domain.report import Report
from mailflow.domain.shipment import Filled
from mailflow.domain.value import dataclass
from mailflow.rules.reports import received_in
from mailflow.rules.requests import asked_for, is_recall
from mailflow.rules.wish_in_words import wish_in_words

Test = Callable[[Reading, Sender], bool]
NOBODY = Sender(None, Trust.C)


@dataclass(frozen=True, slots=True)
class Route:
    """`answered`: the desk judges and answers it; else it ends in `state` with `reason`."""

    name: str
    summary: str
    takes: Test
    answered: bool
    state: MailState
    reason: str


def _is(kind: MailKind) -> Test:
    return lambda reading, _: reading.head.kind is kind


def _has_order(reading: Reading) -> bool:
    return any(isinstance(d, Order) for d in reading.documents)


AUTOMATIC = (MailKind.AUTO_REPLY, MailKind.LIST, MailKind.BOUNCE)
PERHAPS_SHEETS = (RefusedBecause.ENCRYPTED, RefusedBecause.CORRUPT, RefusedBecause.TOO_LARGE)
"""What was refused for these reasons may be an order all the same."""


def _own_mail(reading: Reading, sender: Sender) -> bool:
    """By our loop header, or by a Message-ID of ours where a server took the header away."""
    return reading.head.kind is MailKind.OWN or sender.is_us


def _automatic_order(reading: Reading, sender: Sender) -> bool:
    return reading.head.kind in AUTOMATIC and sender.known and _has_sheet(reading)


def _has_sheet(reading: Reading) -> bool:
    return bool(reading.documents) or any(r.reason in PERHAPS_SHEETS for r in reading.refused)


def _report(reading: Reading, sender: Sender) -> bool:
    """Also where the mail looks automatic: systems of a warehouse or bank send such sheets. Who sends
    nothing but a blank list of ours is told so."""
    return (
        sender.known
        and not _has_order(reading)
        and any(
            (isinstance(d, Report) and d.variant != Filled.BLANK)
            or (isinstance(d, Unknown) and bool(d.may_be))
            for d in reading.documents
        )
    )


def _is_automatic(reading: Reading, _: Sender) -> bool:
    return reading.head.kind is MailKind.AUTO_REPLY


def _nobody(reading: Reading, _: Sender) -> bool:
    return reading.head.sender is None


def _stranger(_: Reading, sender: Sender) -> bool:
    return not sender.known


def _order(reading: Reading, _: Sender) -> bool:
    return _has_order(reading)


def _documents(reading: Reading, _: Sender) -> bool:
    return bool(reading.documents)


def _refused(reading: Reading, _: Sender) -> bool:
    return bool(reading.refused)


def _in_words(reading: Reading, sender: Sender) -> bool:
    return wish_in_words(reading, sender) is not None


def _answer(reading: Reading, _: Sender) -> bool:
    return reading.head.kind is MailKind.ANSWER


def _recall(reading: Reading, _: Sender) -> bool:
    return is_recall(reading)


def _invitation(reading: Reading, _: Sender) -> bool:
    return reading.head.has_calendar


def _request(reading: Reading, _: Sender) -> bool:
    return asked_for(reading) is not None


def _rest(_: Reading, __: Sender) -> bool:
    return True


IGNORED, REVIEW, RETURNED = MailState.IGNORED, MailState.REVIEW, MailState.RETURNED
ROUTES = (
    Route("own-mail", "our own mail come back", _own_mail, False, IGNORED, "own-mail"),
    Route("report", "stock, payments, shipments and the like: a person looks", _report, False, REVIEW, "report-received"),
    Route("automatic-order", "a sheet of somebody we know in a mail that looks automatic: a person looks", _automatic_order, False, REVIEW, "automatic-order"),
    Route("bounce", "a report that a mail did not arrive", _is(MailKind.BOUNCE), False, IGNORED, "bounce"),
    Route("auto-reply", "an automatic answer; never answered", _is_automatic, False, IGNORED, "auto-reply"),
    Route("mailing-list", "a mail of a list; never answered", _is(MailKind.LIST), False, IGNORED, "mailing-list"),
    Route("sender-ambiguous", "nobody can tell who wrote it", _nobody, False, REVIEW, "sender-ambiguous"),
    Route("stranger", "not of our registers; no answer, stands in the digest", _stranger, False, IGNORED, "stranger"),
    Route("order", "orders from somebody we know: judged and answered", _order, True, MailState.DONE, "booked"),
    Route("unknown-document", "sheets that are no order: answered, and a person looks", _documents, True, REVIEW, "unknown-document"),
    Route("refused-only", "attachments none of which can be read: answered, and asked for again", _refused, True, RETURNED, "refused-only"),
    Route("recall", "a mail is called back by its sender: a person looks what became of it", _recall, False, REVIEW, "recall"),
    Route("in-words", "an order, or a change of one, in words alone: asked for as a sheet, and a person looks", _in_words, True, REVIEW, "in-words"),
    Route("answer", "an answer to a mail of ours, without a sheet: a person reads it", _answer, False, REVIEW, "answer"),
    Route("invitation", "an invitation to a meeting, or an answer to one; never answered", _invitation, False, IGNORED, "invitation"),
    Route("request", "words that ask for something: a person reads them", _request, False, REVIEW, "request"),
    Route("nothing-attached", "a mail from somebody we know, without a sheet: a person reads it", _rest, False, REVIEW, "nothing-attached"),
)  # fmt: skip
"""Read from the top. Where `answered`, state and reason are what is usual; the orders decide."""


def route(reading: Reading, sender: Sender) -> Route:
    return next(r for r in ROUTES if r.takes(reading, sender))


def finer_reason(reading: Reading, way: Route) -> str:
    """The reason as people see it: `request:status` tells at a glance what is wanted."""
    variant = _variant(reading, way)
    return f"{way.reason}:{variant}" if variant else way.reason


def mail_findings(reading: Reading, way: Route, sender: Sender = NOBODY) -> tuple[Finding, ...]:
    """What is to be said of the mail as a whole."""
    return tuple(_mail_findings(reading, way, sender))


def _mail_findings(reading: Reading, way: Route, sender: Sender) -> Iterator[Finding]:
    if way.answered:
        if wish := wish_in_words(reading, sender):
            yield Finding(wish.code, Severity.ERROR, Asked.SALES_ADMIN, found=wish.line)
        for refused in reading.refused:
            yield Finding(
                "attachment-refused",
                Severity.ERROR,
                Asked.SENDER,
                found=refused.attachment,
                variant=refused.variant,
                details=(("detail", refused.detail),),
            )
    elif way.takes is _report:
        yield from received_in(reading)
    elif way.state is MailState.REVIEW:
        yield Finding(
            way.reason,
            Severity.WARNING,
            Asked.SALES_ADMIN,
            found=reading.head.subject,
            variant=_variant(reading, way),
        )


def _variant(reading: Reading, way: Route) -> str:
    if way.name == "request":
        return asked_for(reading) or ""
    if way.name == "automatic-order" and not _has_order(reading):
        return "sheet"
    return ""
