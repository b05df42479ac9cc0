"""`免扣 XT-N101-202611-3f9a2c41`, `waive XT-…`: a mail that says that no sample tins are taken off, and
nothing else."""

from __future__ import annotations

import re
import unicodedata

from mailflow.domain.pattern import pattern

NUMBER = r"XT-[0-9A-Za-z_.-]{1,40}-\d{6}-[0-9a-f]{8}"
_WAIVES = pattern(rf"(?:请)?(?:免扣|免扣减|不扣|不扣减|waive)\s*[:：]?\s*({NUMBER})", re.IGNORECASE)
_REPLY = pattern(r"^\s*(?:(?:re|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)


def waived(subject: str, first: str) -> str | None:
    """The number of the shortfall that the subject or the first own line names, and nothing beside
    it; None where they name none, or two."""
    texts = (unicodedata.normalize("NFKC", text).strip() for text in (subject, first))
    matches = (_WAIVES.fullmatch(_REPLY.sub("", text)) for text in texts)
    named = {match[1] for match in matches if match}
    return named.pop() if len(named) == 1 else None
