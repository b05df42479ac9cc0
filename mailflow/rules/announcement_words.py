"""Whether a mail is an announcement: what it says of itself, whom it names, what it asks of them.

The form is what one writes by hand: 公告 or 通知 ahead of the title, then a line that names the recipients,
perhaps one that asks them to confirm, and the text below.
"""

from __future__ import annotations

import re

from mailflow.domain.document import Reading
from mailflow.domain.mail import MailKind
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass
from mailflow.rules.own_words import own_words

_KIND = r"(?:(?:内部|internal )?(?:公告|通知|通告|announcement|notice))"
_OPEN, _SHUT = r"[【\[（(]", r"[】\]）)]"
_SIGN = r"[\s:：—－\-]"
_TITLED = pattern(
    rf"^\s*(?:{_OPEN}\s*{_KIND}\s*{_SHUT}|{_KIND}(?=$|{_SIGN}|[,，。；;（(【\[]))\s*{_SIGN}*(?P<rest>.*)$",
    re.IGNORECASE,
)
_CORRECTS = pattern(
    rf"^\s*{_OPEN}?\s*(?:(?:公告|通知)\s*的?(?:更正|修改|修订)|(?:更正|修改|修订)(?:公告|通知)?"
    rf"|corrected announcement|correction)\s*{_SHUT}?(?=$|{_SIGN}|[,，。；;A-Z\[])\s*{_SIGN}*(?P<rest>.*)$",
    re.IGNORECASE,
)
_TO = pattern(
    r"^(?:收件人?|发给|发送给|发往|发送(?:对象|范围)|通知(?:对象|范围)|对象|范围|抄送|to|cc|recipients?)\s*[:：]\s*(?P<said>.*)$",
    re.IGNORECASE,
)
_CONFIRM = pattern(
    r"^(?:(?:需要?|请|要|须|务请)(?:各位|大家|收件人|逐一)?(?:回复)?(?:确认|回执)(?:收到)?"
    r"|(?:please )?confirm(?:ation)?(?: (?:needed|required|requested|receipt))?)"
    r"\s*(?:[:：]\s*(?P<said>.*))?[。.!！]?$"
    r"|^(?:确认|回执)\s*[:：]\s*(?P<also>.*)$",
    re.IGNORECASE,
)
_CLASS = pattern(r"^(?:密级|级别|类别|class)\s*[:：]\s*(?P<said>.*)$", re.IGNORECASE)
_NO = pattern(r"(?:否|不|不用|不要|不需要|无需|无须|no|n|none|not needed)[。.]?", re.IGNORECASE)
_GROUP = pattern(rf"{_OPEN}([^【】\[\]（）()]*){_SHUT}")
_NUMBER = pattern(r"\[?\s*GG\d{6}-\d{4,}(?:\s+#\w*)?\s*\]?", re.IGNORECASE)
_REPLY = pattern(
    r"^\s*(?:(?:re|aw|sv|fw|fwd|回复|答复|回覆|答覆|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_APART = pattern(r"[、，,；;/\n]+|\s+(?:和|及|以及|与|and)\s+|(?<=[^\s])(?:以及|和|及)(?=[^\s])")
_GOES_ON = pattern(r"[、，,；;]\s*$")
_INSIDE = pattern(rf"^\s*{_OPEN}?\s*(?:内部|internal )", re.IGNORECASE)
_INTERNAL = pattern(r"内部|机密|保密|internal|confidential", re.IGNORECASE)
INTERNAL_TEXT = pattern(
    r"内部(?:资料|文件|使用|公告|通知|传阅)|仅限(?:内部|员工|公司)|仅供内部|(?:严禁|不得|请勿)外传"
    r"|internal(?: use)? only|for internal use|confidential",
    re.IGNORECASE,
)
"""In the text itself only what can mean nothing else."""
MOST_HEAD = 12
"""Lines at the top among which labels are looked for."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What a mail says of an announcement. `wanted` are the recipients as named, apart; `confirm` is
    None where nothing is said of it. `is_cut`: what is quoted below is no part of it."""

    title: str
    text: str
    wanted: tuple[str, ...] = ()
    confirm: bool | None = None
    is_internal: bool = False
    corrects: bool = False
    is_cut: bool = False


def announced(reading: Reading, *, in_thread: bool = False) -> Announced | None:
    """None where the mail does not say that it is one. `in_thread`: it points to one of ours, so that
    `更正` may begin its text, too."""
    own = own_words(reading.body)
    lines = own.split("\n")
    bare = _NUMBER.sub(" ", _REPLY.sub("", reading.head.subject)).strip()
    is_reply = reading.head.kind is MailKind.ANSWER or bool(_REPLY.match(reading.head.subject))
    title, groups = _without_groups(bare)
    found = _corrected(title, lines, is_reply, in_thread) or _titled(title, lines, is_reply)
    if found is None:
        return None
    title, lines, corrects = found
    head = _Head()
    for said in groups:
        head.takes(said)
    rest = head.read(lines)
    text = "\n".join(rest).strip()
    is_internal = head.is_internal or bool(_INTERNAL.search(title) or INTERNAL_TEXT.search(text))
    heads = (bare, *own.lstrip().split("\n")[:1])
    is_internal = is_internal or any(_INSIDE.match(h) and _TITLED.match(h) for h in heads)
    return Announced(
        title=title.strip(),
        text=text,
        wanted=tuple(dict.fromkeys(head.wanted)),
        confirm=head.confirm,
        is_internal=is_internal or any(map(_INTERNAL.search, (a.name for a in reading.attached))),
        corrects=corrects,
        is_cut=own.strip() != reading.body.strip(),
    )


Found = tuple[str, list[str], bool]
"""Its title, the lines below that, and whether it corrects another."""


def _titled(subject: str, lines: list[str], is_reply: bool) -> Found | None:
    """By its subject, where no reply brought that; else by its first line."""
    if not is_reply and (match := _TITLED.match(subject)):
        return match["rest"], lines, False
    first = _first(lines)
    if is_reply or first is None or not (match := _TITLED.match(lines[first])):
        return None
    return match["rest"] or subject, lines[first + 1 :], False


def _corrected(subject: str, lines: list[str], is_reply: bool, in_thread: bool) -> Found | None:
    if not in_thread:
        return None
    if match := _CORRECTS.match(subject):
        return match["rest"], lines, True
    first = _first(lines)
    if first is None or not (match := _CORRECTS.match(_NUMBER.sub(" ", lines[first]).strip())):
        return None
    return match["rest"] or ("" if is_reply else subject), lines[first + 1 :], True


def _first(lines: list[str]) -> int | None:
    return next((n for n, line in enumerate(lines) if line.strip()), None)


def _without_groups(subject: str) -> tuple[str, list[str]]:
    """A subject, and what of it stands in brackets as a label: `（收件人：北区；请确认）`."""
    said: list[str] = []

    def taken(match: re.Match[str]) -> str:
        parts = [part.strip() for part in re.split(r"[；;|]", match[1])]
        if not any(_TO.match(p) or _CONFIRM.match(p) for p in parts):
            return match[0]
        said.extend(parts)
        return " "

    return _GROUP.sub(taken, subject).strip(), said


class _Head:
    """The labels above the text."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self.confirm: bool | None = None
        self.is_internal = False
        self._goes_on = False

    def read(self, lines: list[str]) -> list[str]:
        """The lines below the labels."""
        for number, line in enumerate(lines[:MOST_HEAD]):
            if line.strip() and not self.takes(line.strip()):
                return lines[number:]
        return lines[MOST_HEAD:]

    def takes(self, line: str) -> bool:
        """Whether it is a label, or goes on with what the one before named."""
        if self._goes_on and not any(p.match(line) for p in (_TO, _CONFIRM, _CLASS)):
            self._name(line)
            return True
        self._goes_on = False
        if match := _TO.match(line):
            self._name(match["said"])
        elif match := _CONFIRM.match(line):
            value = (match["said"] or match["also"] or "").strip()
            self.confirm = not _NO.fullmatch(value)
        elif match := _CLASS.match(line):
            self.is_internal = self.is_internal or bool(_INTERNAL.search(match["said"]))
        else:
            return False
        return True

    def _name(self, said: str) -> None:
        self._goes_on = bool(_GOES_ON.search(said))
        self.wanted += [part.strip(" 。.") for part in _APART.split(said) if part.strip(" 。.")]
