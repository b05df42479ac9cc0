"""What waits on somebody, and which letters did not reach whom they were for: what that means, what next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mailflow.desk.digest import explained
from mailflow.domain.matter import MachineTrouble, Matter, MatterKind
from mailflow.outbox.catalogue import Catalogue

LANGUAGE = "en"
"""Of the commands."""
OF_MESSAGES = (
    MachineTrouble.MESSAGE_FAILED,
    MachineTrouble.MESSAGE_BOUNCED,
    MachineTrouble.MESSAGE_UNKNOWN,
)


def waits_told(matters: Sequence[Matter], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each open case; `means` says of one that no letter has explained what it is and what can be done."""
    return [
        {
            "case": m.reference,
            "on": m.waits_on.value,
            "who": m.who,
            "region": m.region,
            "reason": m.reason,
            "since": m.since.isoformat(),
            "means": _meaning(m, catalogue),
        }
        for m in matters
        if m.kind is MatterKind.CASE
    ]


def undelivered_told(matters: Sequence[Matter], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each message that failed, came back or is in doubt; `next` are the commands that settle it."""
    return [
        {
            "message": m.reference.removeprefix("message "),
            "to": m.who,
            "subject": m.subject,
            "reason": m.reason,
            "since": m.since.isoformat(),
            "means": _meaning(m, catalogue),
            "next": [f"mailflow {verb} {m.reference} --reason …" for verb in ("release", "close")],
        }
        for m in matters
        if m.reason in OF_MESSAGES
    ]


def _meaning(matter: Matter, catalogue: Catalogue) -> str:
    return " ".join(catalogue.message(finding, LANGUAGE) for finding in explained(matter))


def lines_of(shape: Mapping[str, Any]) -> Iterator[str]:
    """Both, as `status` prints them."""
    for wait in shape["waits"]:
        yield (
            f"{wait['case']} waits on {wait['on']} since {wait['since'][:16]}: "
            f"{wait['who']} {wait['reason']}"
        )
        if wait["means"]:
            yield f"    {wait['means']}"
    for lost in shape["undelivered"]:
        yield (
            f"message {lost['message']} {lost['reason']} since {lost['since'][:16]}: "
            f"{lost['to']} {lost['subject']}"
        )
        yield f"    {lost['means']}"
        yield f"    next: `{lost['next'][0]}` once that is mended sends it again, close leaves it"
