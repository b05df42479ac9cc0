"""Whether a mail asks for a statement of account, in words nobody can take for anything else."""

from __future__ import annotations

import re
from datetime import date

from mailflow.domain.answer import Said
from mailflow.domain.month import Month
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass
from mailflow.rules.wishes import said

NAMED = pattern(r"对[账帐]单|statements? of account|account statements?")
_MONTH = pattern(
    r"(?:(20\d\d)\s*[年\-/.]\s*)?(1[0-2]|0?[1-9])\s*月份?|(20\d\d)[\-/.](1[0-2]|0?[1-9])(?!\d)"
)
_LAST, _THIS = (
    pattern(r"上个?月份?|last month"),
    pattern(r"本月份?|这个?月份?|this month|当月"),
)
_POLITE = pattern(
    r"^(?:re|fw|fwd|回复|答复|转发)\s*[:：]|您好|你好|请问|请|麻烦|烦请|帮忙|帮我|帮|索取|申请|查询|查一下|查|需要|要|求|"
    r"发送|发来|发一下|发我|发|给我|给|提供|一份|一下|我们的?|我司|我方|的|谢谢|感谢|"
    r"please|kindly|send|us|me|the|our|for|of|thanks?(?: you)?|hello|hi"
)
_SIGNS = pattern(r"[\s,，.。:：;；!！?？、~\-—_()（）【】\[\]]+")
_DISPUTED = pattern(r"\s*(?:对[账帐]单?)?\s*(?:有异议|有疑义|不符|对不上|disputed?)", re.IGNORECASE)
_SETTLED = pattern(
    r"\s*(?:已经?(?:核实|核对|核清|查清|处理|解决|更正)|核对无误|settled|resolved)(?:完毕|清楚|了)?"
    r"(?=$|[\s,，。.:：;；!！])",
    re.IGNORECASE,
)
STATEMENT_NUMBER = pattern(r"\[(DZ-[^\[\]\s]{1,40}-20\d{4})[^\[\]]*\]", re.IGNORECASE)
_ASKED_BACK = pattern(r"(.*?)\s*\[M\d{1,12}\]", re.IGNORECASE)
COMPLAINS = pattern(
    r"不对|不符|异议|疑问|疑义|有误|错|漏|少[了记]|多[了记]|没[有记收]|未[记收到]|为什么|为何|怎么|核对|更正|"
    r"wrong|missing|incorrect|not |why|mistake|differ"
)
"""Words beside such a wish that a person has to read: a statement alone would be no answer to them."""
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """`who` is what is left of the words: a distributor's name or code, or nothing."""

    who: str
    month: Month | None


def statement_asked(subject: str, first: str, today: date) -> Wanted | None:
    """By the subject, or else the first line; None where other words stand there too (the caller
    asks whether `who` is a distributor)."""
    for text in (subject, first):
        words = said(text)
        if len(words) <= LONGEST and NAMED.search(words):
            return _wanted(words, today)
    return None


def named_since(subject: str, first: str, today: date) -> Wanted | None:
    """What was asked for, with whom the first line of a reply to `请问是哪一家` names; None where it
    is no such reply, or names nobody."""
    asked = _ASKED_BACK.match(subject)
    before = statement_asked(asked[1], "", today) if asked else None
    who = _bare(said(first))
    return Wanted(who, before.month) if before and who and len(first) <= LONGEST else None


def _wanted(words: str, today: date) -> Wanted:
    rest = NAMED.sub(" ", words, count=1)
    month: Month | None = None
    if found := _MONTH.search(rest):
        year, number = (found[1], found[2]) if found[2] else (found[3], found[4])
        month = Month(int(year) if year else _year_of(int(number), today), int(number))
        rest = rest[: found.start()] + " " + rest[found.end() :]
    elif found := _LAST.search(rest):
        last = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
        month = Month(last.year, last.month)
        rest = rest[: found.start()] + " " + rest[found.end() :]
    else:
        rest = _THIS.sub(" ", rest, count=1)
    return Wanted(_bare(rest), month)


def _bare(words: str) -> str:
    """Without what is only said to be polite."""
    return _SIGNS.sub(" ", _POLITE.sub(" ", words)).strip()


def _year_of(month: int, today: date) -> int:
    """Of a month without a year: the last there was."""
    return today.year if month <= today.month else today.year - 1


def complains(text: str) -> bool:
    return COMPLAINS.search(said(text)) is not None


def objection(words: Said) -> str | None:
    """What is written beside or below `有异议`; None where the first line does not object."""
    return _after(_DISPUTED, words)


def settlement(words: Said) -> str | None:
    """The same of `已核实`."""
    return _after(_SETTLED, words)


def _after(pattern: re.Pattern[str], words: Said) -> str | None:
    found = pattern.match(words.first)
    if found is None:
        return None
    lines = (words.first[found.end() :].lstrip(" \t,，.。:：;；!！-—~"), *words.besides)
    return "\n".join(line for line in lines if line)
