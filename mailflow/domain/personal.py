"""What of a consumer is shown to those who may not know who he is: enough to find the row, no more."""

from __future__ import annotations

import re
import unicodedata

STAR = "*"
WHOLE_NUMBER = 11
"""Digits of a mobile number; of a shorter one fewer are shown."""
MOST_STARS = 3


def masked_phone(text: str) -> str:
    """`138****0000`: three digits at the front, four at the end, and nothing of a short one's middle."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    if not digits:
        return STAR * MOST_STARS if text.strip() else ""
    end = 4 if len(digits) >= WHOLE_NUMBER else 2 if len(digits) > 6 else 0
    return f"{digits[:3] if len(digits) > 6 else ''}****{digits[len(digits) - end :]}"


def masked_name(text: str) -> str:
    """`王*`: its first sign."""
    name = text.strip()
    return f"{name[0]}{STAR * min(max(len(name) - 1, 1), MOST_STARS)}" if name else ""
