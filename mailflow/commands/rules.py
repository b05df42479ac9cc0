"""`mailflow rules`: every check, kind, notice and route with its code and one line."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.commands.saying import say
from mailflow.domain.mail import Aside
from mailflow.domain.notice import AnswerNotice, ApprovalNotice, DigestNotice, ListNotice
from mailflow.house import packaged
from mailflow.outbox.catalogue import Catalogue
from mailflow.rules.check import all_checks
from mailflow.rules.routes import ROUTES

KINDS = (
    ("order", "an order of one distributor"),
    ("unknown", "a sheet no parser claims"),
)
NOTICES = (ListNotice, AnswerNotice, ApprovalNotice, DigestNotice)
OTHERS = (
    ("uncertain-line", "error", "sales_admin", "Nothing uncertain is ever booked."),
    ("unknown-document", "error", "sales_admin", "An attachment is no order."),
    ("attachment-refused", "error", "sender", "An attachment cannot be read."),
)


def rules() -> int:
    for line in _lines(Catalogue((packaged("templates"),))):
        say(line)
    return 0


def _lines(catalogue: Catalogue) -> Iterator[str]:
    yield "checks"
    for check in all_checks():
        yield f"  {check.code:<24}{check.severity.value:<9}{check.asked.value:<14}{check.summary}"
    for code, severity, asked, summary in OTHERS:
        yield f"  {code:<24}{severity:<9}{asked:<14}{summary}"
    yield "kinds"
    for code, summary in KINDS:
        yield f"  {code:<24}{summary}"
    yield "notices"
    for notice in NOTICES:
        summary = (notice.__doc__ or "").partition("\n")[0]
        yield f"  {notice.code:<24}{summary}"
    yield "set aside for a person, by reason"
    for why in Aside:
        yield f"  {why.value:<31}{catalogue.title(why, 'en')}"
    yield "routes, read from the top"
    for route in ROUTES:
        yield f"  {route.name:<24}{route.state.value:<10}{route.summary}"
