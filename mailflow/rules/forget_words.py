"""`删除名单 XF261110-0042`, `delete list XF261110-0042`: a mail that asks that a list of consumers is
deleted, and for nothing else."""

from __future__ import annotations

import re

from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern
from mailflow.rules.alone import said_alone

NUMBER = r"XF\d{6}-\d{4,}"
_FORGET = pattern(
    r"(?:请)?(?:帮忙)?(?:提前)?(?:删除|删掉|清除|销毁)(?:消费者)?(?:名单|资料|数据)?"
    rf"[\s:：]*({NUMBER})(?:\s*的?(?:消费者)?(?:名单|资料|数据))?"
    rf"|(?:please )?(?:delete|forget|erase)(?: the)?(?: consumers?)?(?: list)?[\s:]+({NUMBER})",
    re.IGNORECASE,
)


def list_to_forget(reading: Reading) -> str | None:
    """The number of the list; None where nothing of the kind is asked, or more than one is named."""
    matches = (_FORGET.fullmatch(text) for text in said_alone(reading))
    named = {(match[1] or match[2]).upper() for match in matches if match}
    return named.pop() if len(named) == 1 else None
