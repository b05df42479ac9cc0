"""Goods ordered or changed in words alone: nothing is booked by them, and their sender hears it at once.

What stands in a sentence is not certain enough to ship by; a person who writes one believes it done.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.facts import Sender
from mailflow.domain.mail import MailKind
from mailflow.domain.notice_orders import CHANGE_IN_WORDS, ORDER_IN_WORDS
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass
from mailflow.rules.alone import brings_more, own_subject
from mailflow.rules.plain_words import changes_order
from mailflow.rules.requests import asked_for
from mailflow.rules.wishes import asks_for_change, cancels, goods_in, orders_more, said

LONGEST = 100
_WANTS = pattern(
    r"订|要|来|拿|补|下单|报单|报货|进货|发货|安排|(?<![a-z])(?:order|ship|send|need|want)(?![a-z])"
)
_TELLS = pattern(
    r"收到|已收|签收|到货|已发|发了|多发|少发|任务|目标|库存|销量|销售|received|delivered|arrived"
)
"""Who tells what came or left, or speaks of figures, orders nothing."""
_BESIDES = pattern(r"另外")
"""Begins any other matter as well."""
_MOVED = pattern(r"(?:改|按|变|调整?)[^，。,;；]{0,6}\d+\s*[箱件听罐]")


@dataclass(frozen=True, slots=True)
class InWords:
    """`code` says whether goods are ordered or an order is to be changed; `line` is what he wrote."""

    code: str
    line: str


def wish_in_words(reading: Reading, sender: Sender) -> InWords | None:
    """None where something is attached, where the words are about another matter, or of somebody who
    orders nothing."""
    if brings_more(reading) or reading.head.has_calendar or not may(sender, Action.ORDER):
        return None
    if asked_for(reading) is not None:
        return None
    lines = (reading.said.first, *reading.said.besides)
    if any(_TELLS.search(said(line)) for line in lines):
        return None
    is_reply = reading.head.kind is MailKind.ANSWER
    code = CHANGE_IN_WORDS if is_reply else ORDER_IN_WORDS
    found = next(_changed(lines) if is_reply else _ordered(reading, lines), "")
    return InWords(code, found[:LONGEST]) if found else None


def _changed(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        rest = _BESIDES.sub("", line)
        if (
            asks_for_change(rest)
            or changes_order(rest)
            or cancels(rest)
            or orders_more(rest)
            or _MOVED.search(said(rest))
        ):
            yield line


def _ordered(reading: Reading, lines: tuple[str, ...]) -> Iterator[str]:
    words = said("\n".join((*own_subject(reading), *lines)))
    if _WANTS.search(words):
        yield from (line for line in lines if goods_in(line))
