"""Trouble with a carrier as a whole is told apart from trouble with one message."""

from __future__ import annotations

import re

from mailflow.ports import NotSent

_RATE_MARKS = re.compile(
    r"too (frequent|many|fast)|frequency|rate.?limit|throttl|try (again )?later|submissionquota|"
    r"(sending|daily|hourly|message|user) (quota|limit)|limit exceeded|"
    # NetEase and Coremail: connections, mails in one connection, quarter-hour quota, spam delay.
    r"\b(HL:IFC|HL:ICC|HL:IPB|MI:DMC|MI:SFQ|MI:CEL|DT:SPM|RP:DRC|RP:CEL|RP:QRC)\b|"
    # Enhanced codes: 4.x.x, Gmail's daily quota, Microsoft's submission limits.
    r"^4\.\d\.\d{1,3} |\b5\.4\.5\b|\b5\.7\.233\b",
    re.IGNORECASE,
)
"""What providers say in a 5xx that only means: later (reliability S07, section 5)."""

_WHOLE_ACCOUNT = re.compile(
    r"frequency|rate.?limit|throttl|too (frequent|many (connections|messages|mails))|"
    r"(sending|daily|hourly) (quota|limit)|\b(HL:IFC|HL:ICC|MI:DMC|MI:SFQ)\b|\b5\.4\.5\b",
    re.IGNORECASE,
)
"""Of these, what the next message would be told as well."""


class CarrierDown(NotSent):
    """No message was tried: the server is away, refuses us, or asks to be left alone.

    `tried` is true where it was said to one message, but holds for those after it too.
    """

    def __init__(self, text: str, *, tried: bool = False) -> None:
        super().__init__(text)
        self.tried = tried


def is_permanent(code: int, text: str) -> bool:
    """A refusal for good: 5xx, unless its words speak of a rate or of later."""
    return 500 <= code <= 599 and not _RATE_MARKS.search(text)


def is_of_the_account(code: int, text: str) -> bool:
    """Whether a refusal is about us, whatever the message: a pause helps, the next one not."""
    return code == 421 or (code >= 400 and bool(_WHOLE_ACCOUNT.search(text)))
