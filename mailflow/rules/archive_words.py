"""What else a mail says that brings papers to be kept, and what a mail wants to be found."""

from __future__ import annotations

import re

from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern
from mailflow.rules.alone import own_lines, said_alone

LONGEST_PLAIN = 40
"""Signs of words that hand a paper over; more say something."""
_FIND = pattern(
    r"(?:请)?(?:帮我|帮忙)?(?:查找|检索|搜索|搜一下|找一下|find|search(?: for)?)\s*[:：]?\s*(?P<words>.+)",
    re.IGNORECASE,
)
_WANTS = pattern(
    r"审批|审核|批准|盖章|用印|签[字署回]|确认|修改|退回|尽快|回复|请问|能否|是否|吗|[?？]|作废|终止|解除|催|不对|有误|问题"
    r"|\b(?:approve|sign|confirm|please (?!find|keep|file|archive)|terminate|wrong|when|could|would)",
    re.IGNORECASE,
)


def says_more(reading: Reading) -> bool:
    """Whether a person has to read it: it wants something, or is no mere handing over."""
    lines = own_lines(reading)
    words = "\n".join((reading.head.subject, *lines))
    return sum(map(len, lines)) > LONGEST_PLAIN or bool(_WANTS.search(words))


def words_wanted(reading: Reading) -> str | None:
    """`查找 经销合同 小叶子`, `find contract`: the words; None where the mail says anything else."""
    for text in said_alone(reading):
        if match := _FIND.fullmatch(text):
            return " ".join(match["words"].split())[:80]
    return None
