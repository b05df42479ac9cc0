"""Trouble with a carrier as a whole is told apart from trouble with one message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from mailflow.domain.pattern import pattern
from mailflow.domain.provider import Provider
from mailflow.ports import NotSent

_RATE_MARKS = pattern(
    r"too (frequent|many|fast)|frequency|rate.?limit|throttl|try (again )?later|submissionquota|"
    r"(sending|daily|hourly|message|user) (quota|limit)|limit exceeded|"
    # NetEase and Coremail: connections, mails in one connection, quarter-hour quota, spam delay.
    r"\b(HL:IFC|HL:ICC|HL:IPB|MI:DMC|MI:SFQ|MI:CEL|DT:SPM|RP:DRC|RP:CEL|RP:QRC)\b|"
    # Enhanced codes: 4.x.x, Gmail's daily quota, Microsoft's submission limits.
    r"^4\.\d\.\d{1,3} |\b5\.4\.5\b|\b5\.7\.233\b",
    re.IGNORECASE,
)
"""What providers say in a 5xx that only means: later (reliability S07, section 5)."""

_WHOLE_ACCOUNT = pattern(
    r"frequency|rate.?limit|throttl|too (frequent|many (connections|messages|mails))|"
    r"(sending|daily|hourly) (quota|limit)|\b(HL:IFC|HL:ICC|MI:DMC|MI:SFQ)\b|\b5\.4\.5\b",
    re.IGNORECASE,
)
"""Of these, what the next message would be told as well."""


_NAMED_PAUSE = pattern(r"back-?off time:? *(\d{1,9}) *milliseconds", re.IGNORECASE)
"""Microsoft says how long."""

A_DAY_IS_OVER = timedelta(hours=1)
"""Nobody says at which hour a provider's day begins: it is asked again once an hour."""


class CarrierDown(NotSent):
    """No message was tried: the server is away, refuses us, or asks to be left alone.

    `tried` is true where it was said to one message, but holds for those after it too. `pause` is
    given where it said "too many": how long it wants to be left alone, zero where it names no time.
    """

    def __init__(self, text: str, *, tried: bool = False, pause: timedelta | None = None) -> None:
        super().__init__(text)
        self.tried = tried
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Words:
    """How the replies of one provider are understood, beside those that any may give.

    `later`: 5xx that only mean later; `account`: what the next message would be told as well; `day`:
    the limit of a day is reached. Each a regular expression or empty.
    """

    later: str = ""
    account: str = ""
    day: str = ""

    @classmethod
    def of(cls, provider: Provider) -> Words:
        return cls(*("|".join(p) for p in (provider.later, provider.account, provider.day)))

    def is_permanent(self, code: int, text: str) -> bool:
        """A refusal for good: 5xx, unless its words speak of a rate or of later."""
        return 500 <= code <= 599 and not (
            _RATE_MARKS.search(text) or _found(self.later, text) or self._is_too_much(text)
        )

    def is_of_the_account(self, code: int, text: str) -> bool:
        """Whether a refusal is about us, whatever the message: a pause helps, the next one not."""
        return code == 421 or (code >= 400 and self._is_too_much(text))

    def pause(self, text: str) -> timedelta | None:
        """How long it wants to be left alone, zero where it names no time; None where it was not
        too much for it, as where it only shuts down."""
        if not self._is_too_much(text):
            return None
        if named := _NAMED_PAUSE.search(text):
            return timedelta(milliseconds=int(named[1]))
        return A_DAY_IS_OVER if _found(self.day, text) else timedelta()

    def _is_too_much(self, text: str) -> bool:
        return any(
            (_WHOLE_ACCOUNT.search(text), _found(self.account, text), _found(self.day, text))
        )


def _found(pattern: str, text: str) -> bool:
    return bool(pattern and re.search(pattern, text, re.IGNORECASE))


ANYBODY = Words()
