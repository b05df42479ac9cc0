"""A mail that says one thing and nothing beside it: its one line, or its subject."""

from __future__ import annotations

import re
import unicodedata

from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern

_REPLY = pattern(
    r"^\s*(?:(?:re|aw|sv|fw|fwd|回复|答复|回覆|答覆|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_POLITE = pattern(
    r"(?:您好|你好|大家好|各位好|hi|hello|谢谢您?|多谢|感谢|辛苦了|麻烦了|thanks?(?: you)?|thx)?",
    re.IGNORECASE,
)
_ENDS = " \t。．.!！~～,，;；?？"


PICTURE = "image"
"""What was refused for being one stands in signatures."""


def brings_more(reading: Reading) -> bool:
    """Whether something came along that the mail may be about, and not the words in it (B06)."""
    return bool(reading.documents) or has_unread(reading)


def has_unread(reading: Reading) -> bool:
    """Whether something came along that could not be read, and is more than a picture."""
    return any(r.detail != PICTURE for r in reading.refused)


def said_alone(reading: Reading) -> tuple[str, ...]:
    """The first own line where nothing stands beside it, and the subject where no reply brought it
    and nothing but courtesy stands below: whatever else he writes, a person has to read."""
    said = reading.said
    first = _plain(said.first)
    if said.besides and not all(_POLITE.fullmatch(_plain(line)) for line in said.besides):
        return ()
    if first and not _POLITE.fullmatch(first):
        return (first,)
    return own_subject(reading)


def own_subject(reading: Reading) -> tuple[str, ...]:
    """The subject where no reply brought it."""
    subject = reading.head.subject
    return () if _REPLY.match(subject) else (_plain(subject),)


def own_lines(reading: Reading) -> tuple[str, ...]:
    """What he wrote, line by line, without courtesy."""
    lines = (_plain(line) for line in (reading.said.first, *reading.said.besides))
    return tuple(line for line in lines if not _POLITE.fullmatch(line))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().rstrip(_ENDS)
