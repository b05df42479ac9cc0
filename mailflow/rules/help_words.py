"""`帮助`, `状态 DD261109-0042`: a mail that asks what one can do, or where something stands, and
nothing else."""

from __future__ import annotations

import re

from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass
from mailflow.rules.alone import said_alone

MOST_ASKED = 10
"""Numbers in one question; who names more has a list in mind, and a person reads it."""
_HELP = pattern(r"帮助|使用(?:说明|帮助)|怎么用|能做什么|我能做什么|help", re.IGNORECASE)
_STATUS = pattern(
    r"(?:请)?(?:帮我|帮忙)?(?:查询?|查一下)?(?:一下)?"
    r"(?:(?:订单|清单|发货|物流|公告|申请)?(?:状态|进度)|查单|(?:order )?status)(?:查询)?"
    r"(?P<numbers>(?:[\s:：,，、;；#]|(?<=[^0-9A-Za-z])(?=[0-9A-Za-z]))+.*)?",
    re.IGNORECASE,
)
_APART = pattern(r"[\s:：,，、;；#和及\[\]【】]+|and\b", re.IGNORECASE)
_NUMBER = pattern(r"(?=.*\d)[0-9A-Z][0-9A-Z._/-]{0,39}", re.IGNORECASE)
_REVISION = pattern(r"R\d{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """`numbers` as they were written, in capitals; empty: whatever is his and not at its end."""

    numbers: tuple[str, ...] = ()


def help_asked(reading: Reading) -> bool:
    return any(_HELP.fullmatch(text) for text in said_alone(reading))


def status_asked(reading: Reading) -> StatusAsked | None:
    """None where nothing of the kind is asked, or what stands behind the word is no number."""
    found = [asked for text in said_alone(reading) if (asked := _asked(text)) is not None]
    numbers = tuple(dict.fromkeys(number for each in found for number in each.numbers))
    return StatusAsked(numbers) if found and len(numbers) <= MOST_ASKED else None


def _asked(text: str) -> StatusAsked | None:
    match = _STATUS.fullmatch(text)
    if match is None:
        return None
    words = [word for word in _APART.split(match["numbers"] or "") if word]
    words = [word for word in words if not _REVISION.fullmatch(word)]
    if not all(_NUMBER.fullmatch(word) for word in words):
        return None
    return StatusAsked(tuple(dict.fromkeys(word.upper() for word in words)))
