"""What of a consumer is shown to those who may not know who he is: enough to find the row, no more."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from mailflow.domain.finding import Finding
from mailflow.domain.pattern import pattern

STAR = "*"
WHOLE_NUMBER = 11
"""Digits of a mobile number; of a shorter one fewer are shown."""
MOST_STARS = 3
_GAP = r"[\s\-－—]?"
_NUMBER = pattern(
    rf"(?<!\d)(?:(?:[+＋]|[0０]{{2}})[8８][6６]{_GAP})?"
    rf"([1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}|(?<![\-－])[0０]\d{{2,3}}{_GAP}\d{{3,4}}{_GAP}\d{{4}})(?!\d)"
)
"""A mobile number, or a landline with its area code; what is longer or shorter is no number of somebody's."""


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


def without_numbers(text: str) -> str:
    """A subject or the name of a file as lists, digests and the database have it: whose number somebody
    writes there is not known, and it may be a consumer's."""
    return _NUMBER.sub(lambda found: masked_phone(found[1]), text)


def without_names(finding: Finding) -> Finding:
    """With no number in the name of a file; what is said of a whole mail may be such a name."""
    at, where, is_whole = finding.at, finding.where, not (finding.at or finding.where)
    return replace(
        finding,
        at=at and replace(at, attachment=without_numbers(at.attachment)),
        where=where and replace(where, attachment=without_numbers(where.attachment)),
        found=without_numbers(finding.found) if is_whole else finding.found,
        details=tuple(
            (name, without_numbers(text) if name == "attachment" else text)
            for name, text in finding.details
        ),
    )
