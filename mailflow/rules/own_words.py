"""What a sender wrote himself: the words above the first mail that he quotes."""

from __future__ import annotations

import re

from mailflow.domain.pattern import pattern

_QUOTED = pattern(
    r"^\s*(?:>|-{2,}\s*(?:原始邮件|转发邮件|Original Message|Forwarded)|发件人[:：]|From:|在.{4,60}写道)",
    re.MULTILINE | re.IGNORECASE,
)


def own_words(text: str) -> str:
    """An old order in a quote is no wish of today."""
    quote = _QUOTED.search(text)
    return text[: quote.start()] if quote else text
