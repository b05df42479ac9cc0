"""What somebody answers to an announcement: that he has it, or something else.

Around an announcement `好的` and `收到，我们照办` can mean nothing but that it was received, which elsewhere
they need not. What doubts or asks confirms nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mailflow.domain.answer import Said, Word
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

_YES = (
    r"(?:收到|已收到|收悉|已阅|阅|已读|知悉|已知悉|已悉|知道了|已知道|明白|明白了|了解|已了解|确认|已确认|确认收到|已确认收到"
    r"|好的?收到|收到并知悉|好的?|confirm(?:ed)?|received|got it|noted|acknowledged|read|understood|ok|okay)"
)
_BEFORE = r"(?:(?:好的?|嗯|您好|你好|是的|ok|okay|yes)[\s,，。.!！、]*)?"
_THANKS = r"(?:谢谢\S{0,3}|多谢|感谢|辛苦了?|thanks?(?: you)?|thank you)?"
_BARE = pattern(
    rf"{_BEFORE}{_YES}了?[\s,，。.!！~～、;；]*{_THANKS}[\s,，。.!！~～]*", re.IGNORECASE
)
_BEGINS = pattern(rf"{_BEFORE}{_YES}了?[\s,，。.!！~～;；、:：]", re.IGNORECASE)
_POLITE = pattern(rf"{_THANKS}[\s,，。.!！~～]*", re.IGNORECASE)
_DOUBT = pattern(
    r"[?？]|吗|呢|没|未|不|别|勿|无法|打不开|但|可是|然而|不过|为什么|为何|怎么|有误|错|疑问|异议"
    r"|\b(?:not|but|however|cannot|can't|don't|no|why|how|wrong)\b",
    re.IGNORECASE,
)
_CLOSES = pattern(
    r"(?:结束|关闭|停止|不用再催了?|停止催办|结束公告|关闭公告|close|closed|end|stop)[\s,，。.!！]*",
    re.IGNORECASE,
)
_SENDS = (Word.SEND, Word.AGREE)
_KEEPS = (Word.CANCEL, Word.REFUSE)


@dataclass(frozen=True, slots=True)
class Response:
    """`confirms`: he has it. `says`: he wrote something that its sender has to read."""

    confirms: bool
    says: bool


def response_to(said: Said, names: Iterable[str] = ()) -> Response:
    """`names` are his own: one of them alone on a line signs, and says nothing."""
    own = {_plain(name).casefold() for name in names}
    first = _plain(said.first)
    besides = [
        line
        for line in map(_plain, said.besides)
        if not _POLITE.fullmatch(line) and line.casefold() not in own
    ]
    is_bare = bool(_BARE.fullmatch(first))
    doubts = any(map(_DOUBT.search, (first, *besides)))
    confirms = (is_bare or bool(_BEGINS.match(first))) and not doubts
    return Response(confirms, says=not (is_bare and confirms and not besides) and bool(first))


def closes(said: Said) -> bool:
    """Nothing but that no more confirmations are wanted."""
    return bool(_CLOSES.fullmatch(_plain(said.first))) and not said.besides


def sends(said: Said) -> bool | None:
    """Whether it is to go, or not; None where neither is said alone."""
    if said.besides:
        return None
    if said.word in _SENDS:
        return True
    return False if said.word in _KEEPS else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
