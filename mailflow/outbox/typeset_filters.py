"""How values are shown in letters: money, days, hours, subjects, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.domain.answer import TOKEN_SHAPE
from mailflow.domain.money import to_cents
from mailflow.domain.pattern import pattern
from mailflow.domain.shortfall import percent
from mailflow.outbox.catalogue import Catalogue

_REPLY = pattern(
    r"^\s*(?:(?:re|aw|sv|回复|答复|回覆|答覆)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)
_NUMBER = pattern(
    r"\s*\[(?:(?:DD|FH|MD|GG)\d{6}-\d{4,}(?:-\d+)?(?:-B\d+)?|R-\d{4}-\d{4,}|M\d+|XT-[0-9A-Za-z_.-]{1,60}|DZ-[^\[\]\s]{0,40}20\d{4}(?:\s+M\d+)?)(?:\s+#\w*)?\]"
    rf"|\s*#{TOKEN_SHAPE}(?!\w)",
    re.IGNORECASE,
)
LONGEST_OWN_SUBJECT = 120


def filters(zone: ZoneInfo, catalogue: Catalogue) -> Mapping[str, Callable[..., Any]]:
    def clock(at: datetime, lang: str) -> str:
        """`11月9日 14:32` in the business zone."""
        local = at.astimezone(zone)
        return f"{day(local.date(), lang)} {local:%H:%M}"

    def waited(since: datetime, until: date) -> int:
        """Whole business-zone days from an instant to a day."""
        return max(0, (until - since.astimezone(zone).date()).days)

    def titles(codes: str, lang: str) -> str:
        """A comma-joined list of codes, each perhaps with a variant after a colon."""
        said = dict.fromkeys(catalogue.title(code, lang) for code in codes.split(",") if code)
        return ("、" if lang == "zh" else ", ").join(said)

    return {
        "clock": clock,
        "coded": catalogue.coded,
        "count": lambda number: f"{number:,}",
        "day": day,
        "lines": lambda text: str(text).splitlines() or [""],
        "message": catalogue.message,
        "month": month,
        "money": lambda amount: f"{to_cents(Decimal(amount)):,.2f}",
        "own_subject": own_subject,
        "percent": percent,
        "said": lambda text, lang: text.zh if lang == "zh" else text.en,
        "title": catalogue.title,
        "titles": titles,
        "waited": waited,
    }


def day(value: date, lang: str) -> str:
    return f"{value.month}月{value.day}日" if lang == "zh" else f"{value.day} {value:%b}"


def month(value: date, lang: str) -> str:
    """`2026年11月`."""
    return f"{value.year}年{value.month}月" if lang == "zh" else f"{value:%b} {value.year}"


def own_subject(subject: str) -> str:
    """The sender's subject without `Re:` before it and our numbers in it; both are put anew."""
    text = _NUMBER.sub("", _REPLY.sub("", subject)).strip()
    return text if len(text) <= LONGEST_OWN_SUBJECT else text[: LONGEST_OWN_SUBJECT - 1] + "…"
