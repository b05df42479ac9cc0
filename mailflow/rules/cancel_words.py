"""Whether a mail asks to cancel a whole order: its subject or its first own line says just that."""

from __future__ import annotations

import re

from mailflow.domain.answer import Word, without_tokens
from mailflow.domain.document import Reading
from mailflow.domain.pattern import pattern
from mailflow.rules.wishes import said

_NUMBER = r"(?:(?:dd|fh)\d{6}-\d{4,}(?:-\d+)?)"
_WORD = "(?:取消|作废|作廢|撤销|撤銷|撤单)"
_THING = "(?:(?:这|此|该|這|該|本)?(?:一)?[张張份个個]?(?:订单|訂單|清单|清單|发货清单|单子|單子|单|單)?)"
_WHOLE = pattern(
    rf"(?:请|麻烦|烦请|請|麻煩)?(?:帮忙|幫忙)?(?:把)?"
    rf"(?:{_WORD}{_THING}{_NUMBER}?|{_THING}{_NUMBER}?(?:请|都|整张)?{_WORD}|{_NUMBER}{_THING}{_WORD})"
    r"(?:掉|了|吧)?(?:谢谢|多谢|謝謝)?"
    rf"|(?:please )?(?:cancel|withdraw|void)(?: (?:the|this|our|my|whole|entire))*"
    rf"(?: (?:order|dispatch list|list))?(?: {_NUMBER})?(?: please| thanks?)?"
)
_BEFORE = pattern(r"^(?:(?:re|fw|fwd|回复|答复|转发|回覆|轉發)\s*[:：]\s*)+", re.IGNORECASE)
_BRACKETS = pattern(r"[\[【(（][^\]】)）]*[\]】)）]")
_MARKS = pattern(
    r"[\s,，.。!！;；:：、~～\-—]+(?![a-z\d])|(?<![a-z\d])[\s,，.。!！;；:：、~～\-—]+"
)


def asks_to_cancel(reading: Reading) -> bool:
    """By one word, or by a line that says nothing else: `请取消订单 DD261110-0001`. A line that
    names a product or a quantity is another wish, and a person reads it."""
    if reading.said.word is Word.CANCEL:
        return True
    if is_whole_cancel(reading.said.first):
        return True
    subject = _BEFORE.sub("", without_tokens(reading.head.subject).strip())
    # What a reply says of itself stands in its words; its subject is that of our letter.
    return subject == reading.head.subject.strip() and is_whole_cancel(_BRACKETS.sub("", subject))


def is_whole_cancel(line: str) -> bool:
    text = said(line).casefold().strip()
    return bool(text) and bool(_WHOLE.fullmatch(_MARKS.sub("", text)))
