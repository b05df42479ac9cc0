"""What kind of mail it is by its headers: automatic, a bounce, of a list, our own, an answer.

`Auto-Submitted` alone is not enough: QQ, Exchange and iCloud mark their replies otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mailflow.domain.mail import MailKind

Headers = Callable[[str], str]
LOOP_HEADER = "X-Mailflow-Loop"

_AUTO_SUBJECT = re.compile(
    r"^\s*(?:自动回复|自动答复|自動回覆|休假自动回复|假期自动回复|out of office|automatic reply|auto ?reply|"
    r"auto-?response|abwesenheit|réponse automatique)\s*[:：-]?",
    re.IGNORECASE,
)
_BOUNCE_SENDER = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_CASE_NUMBER = re.compile(r"\b(?:DD|FH)\d{6}-\d{4,}(?:-\d+)?\b")


def marks_of(header: Headers, subject: str, sender: str | None) -> tuple[MailKind, tuple[str, ...]]:
    """The kind and what tells it. `header` gives a header's text in lower case, or empty."""
    if header(LOOP_HEADER):
        return MailKind.OWN, (f"{LOOP_HEADER.lower()}: {header(LOOP_HEADER)}",)
    bounce = tuple(_bounce(header, sender))
    if bounce:
        return MailKind.BOUNCE, bounce
    automatic = tuple(_automatic(header, subject))
    if automatic:
        return MailKind.AUTO_REPLY, automatic
    of_list = tuple(_of_list(header))
    if of_list:
        return MailKind.LIST, of_list
    if _CASE_NUMBER.search(subject):
        return MailKind.ANSWER, ()
    return MailKind.BUSINESS, ()


def _bounce(header: Headers, sender: str | None) -> Iterator[str]:
    if "report-type=delivery-status" in header("content-type").replace('"', ""):
        yield "delivery-status report"
    elif sender and _BOUNCE_SENDER.match(sender):
        yield f"from: {sender}"
    elif header("x-failed-recipients"):
        yield "x-failed-recipients"


def _automatic(header: Headers, subject: str) -> Iterator[str]:
    submitted = header("auto-submitted").partition(";")[0].strip()
    if submitted and submitted != "no":
        yield f"auto-submitted: {submitted}"
    for name in ("x-qq-auto-reply", "x-qq-holidayreply", "x-autoreply", "x-autorespond"):
        if header(name) not in ("", "no", "false"):
            yield f"{name}: {header(name)}"
    if header("x-apple-action") == "vacation":
        yield "x-apple-action: vacation"
    if header("precedence") in ("auto_reply", "auto-reply"):
        yield f"precedence: {header('precedence')}"
    if re.search(r"\+auto_=", header("return-path")):
        yield "return-path: +auto_="
    if _AUTO_SUBJECT.match(subject):
        yield f"subject: {subject[:40]}"
    elif header("return-path").strip() == "<>":
        yield "return-path: <>"


def _of_list(header: Headers) -> Iterator[str]:
    for name in ("list-id", "list-post"):
        if header(name):
            yield f"{name}: {header(name)[:60]}"
    if header("precedence") in ("list", "bulk", "junk"):
        yield f"precedence: {header('precedence')}"
