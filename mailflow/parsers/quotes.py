"""Where in the words of a mail its own words end and other mails begin, forwarded or quoted.

What is forwarded may be an order; what is quoted below an answer was dealt with long ago.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum

from mailflow.domain.value import dataclass

_FORWARDED_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?(?:转发|轉寄|轉發|fwd?|wg|tr)\s*[:：]", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"^[-—_=\s]*(?:转发邮件信息|转发的?邮件|转发的?消息|已转发邮件|begin forwarded message|forwarded message"
    r"|下面是转发的邮件|开始转发的邮件)[-—_=\s:：]*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"^[-—_=\s]*(?:回[复覆復]的原[邮郵]件|您回[复覆復]的[邮郵]件|replied message)[-—_=\s:：]*$"
    r"|^[在于於].{4,150}[写寫]道\s*[:：]?$|^.{2,80}[于於].{6,60}[写寫]道\s*[:：]?$|^.{6,150}[写寫]道\s*[:：]$"
    r"|^(?:on|at)\b.{5,200}\bwrote\s*[:：]?$|^.{6,200}\bwrote\s*[:：]$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^[-—_=\s]{2,}(?:原始[邮郵]件|原[邮郵]件|[邮郵]件原件|original|original message|original email)[-—_=\s]{2,}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^(?:发件人|寄件者|from)\s*(?:[:：]|$)", re.IGNORECASE)
_HEADER = re.compile(
    r"^(?:发件人|寄件者|收件人|收件者|抄送|副本|主题|主旨|日期|时间|发送时间|发送日期|寄件日期|附件"
    r"|from|to|cc|subject|date|sent|sent at|attachments?)\s*(?:[:：]|$)",
    re.IGNORECASE,
)
_REPLIED_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?(?:re|aw|sv|回[复覆復信]|答[复覆])\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)
SUBJECTS = ("主题", "主旨", "subject")
_WRAPPED = re.compile(r"^(?:(?:on|at)\b|在).{5,200}$", re.IGNORECASE)
LONGEST_REST = 80
HEADER_LINES = 12
"""Lines that the header of a mail inside may have."""
FEWEST_HEADERS = 3
WORDS_WITHIN = 4
"""Lines of a quotation in which its program may say what it is."""


class Behind(Enum):
    """What a piece of the text is."""

    OWN = "own"
    FORWARDED = "forwarded"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines from `start` up to `stop`, without the mark and the header before them."""

    behind: Behind
    start: int
    stop: int
    subject: str = ""


def is_forward(subject: str) -> bool:
    return _FORWARDED_SUBJECT.match(subject) is not None


def is_reply(subject: str) -> bool:
    return _REPLIED_SUBJECT.match(subject) is not None


def pieces_of(
    lines: Sequence[str], *, forward: bool, reply: bool = False, quoted: Collection[int] = ()
) -> list[Piece]:
    """The mails in a text in order; `lines` are the first words of its rows. What a client calls
    the original is forwarded where the subject says so, else quoted.

    `quoted` are rows that are another mail's by their markup; it tells where no words do. In a
    `reply` fewer lines make the header of a quoted mail.
    """
    pieces: list[Piece] = []
    behind, start, subject = Behind.OWN, 0, ""
    at = 0
    while at < len(lines):
        found = _mark_at(lines, at, forward=forward, fewest=FEWEST_HEADERS - reply)
        if found is None and behind is Behind.OWN and at in quoted:
            found = _by_markup(lines, at, forward=forward)
        if found is None:
            at += 1
            continue
        pieces.append(Piece(behind, start, at, subject))
        behind, at = found
        at, subject = _behind_header(lines, at)
        start = at
    pieces.append(Piece(behind, start, len(lines), subject))
    return pieces


def _mark_at(
    lines: Sequence[str], at: int, *, forward: bool, fewest: int = FEWEST_HEADERS
) -> tuple[Behind, int] | None:
    """What begins at this line, and the line behind its mark."""
    line = lines[at].strip()
    unsaid = Behind.FORWARDED if forward else Behind.QUOTED
    if _FORWARDED.match(line):
        return Behind.FORWARDED, at + 1
    if _QUOTED.match(line):
        return Behind.QUOTED, at + 1
    if _ORIGINAL.match(line):
        return unsaid, at + 1
    if _is_wrapped(lines, at):
        return Behind.QUOTED, at + 2
    if _FROM.match(line) and _headers_from(lines, at) >= fewest:
        return unsaid, at
    return None


def _is_wrapped(lines: Sequence[str], at: int) -> bool:
    """`On … <address>` with its `wrote:` on the next line, as plain text is wrapped."""
    if at + 1 >= len(lines) or not _WRAPPED.match(lines[at].strip()):
        return False
    rest = lines[at + 1].strip()
    return len(rest) <= LONGEST_REST and bool(_QUOTED.match(f"{lines[at].strip()} {rest}"))


def _by_markup(lines: Sequence[str], at: int, *, forward: bool) -> tuple[Behind, int] | None:
    """Unless words just below say it better."""
    near = range(at + 1, min(at + WORDS_WITHIN, len(lines)))
    if any(_mark_at(lines, n, forward=forward) for n in near):
        return None
    return (Behind.FORWARDED if forward else Behind.QUOTED), at


def _headers_from(lines: Sequence[str], at: int) -> int:
    """How many header lines follow each other from there on; folded ones may stand between."""
    near = [line.strip() for line in lines[at : at + HEADER_LINES]]
    return len({line[:2].casefold() for line in near[:8] if _HEADER.match(line)})


def _behind_header(lines: Sequence[str], at: int) -> tuple[int, str]:
    """The first line behind the header, and its subject. One line in it may be a folded one."""
    subject, end = "", at
    for number in range(at, min(at + HEADER_LINES, len(lines))):
        line = lines[number].strip()
        if match := _HEADER.match(line):
            end = number + 1
            if match[0].casefold().startswith(SUBJECTS):
                subject = line[match.end() :].strip()
        elif end > at and (not line or number > end):
            break
    return end, subject
