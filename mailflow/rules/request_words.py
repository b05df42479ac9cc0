"""`申请 设计 …`, a form's title, a subject that names a kind: which request a mail makes, if any."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from mailflow.domain.document import Document, Order, Reading, Unknown
from mailflow.domain.pattern import pattern
from mailflow.domain.request import RequestKind
from mailflow.domain.value import dataclass
from mailflow.rules.request_fields import cells_by_sheet, form_in_words, labelled
from mailflow.rules.wishes import is_other_paper

LONGEST_TITLE = 40
"""Signs of a title; what is longer is a sentence."""
TOPMOST = 3
"""Rows of a form among which its title stands."""
FEWEST_LABELS = 2
_REPLY = pattern(
    r"^\s*(?:(?:re|aw|sv|fw|fwd|回复|答复|回覆|答覆|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_ASKS = pattern(
    r"[?？吗]|什么时候|几时|何时|多久|怎么样了|好了没|进度|状态|到哪|查询|查一下|when |where |status|how (?:far|long)",
    re.IGNORECASE,
)
"""Whoever asks how far something is makes no new request of it."""
_BEFORE = (
    r"(?:请|麻烦)?(?:我|我们|现|想|要|特|新)*(?:申请|提交|发起|提出)(?:一[个份次场])?[\s:：,，、-]*"
)
_BEFORE_EN = (
    r"(?:please |we |i |would |like |to )*(?:request(?:ing)?|apply for|application for|apply)"
    r"[\s:,-]+(?:an? |the |for |some )*"
)
_BEHIND = r"申请(?:单|表|书)?"
_FORM = pattern(r"申请|单$|表$|\b(?:request|application|form)\b", re.IGNORECASE)
"""What a title above a table says of a form."""
_EDGE = r"[\s:：,，。.;；、!！—-]*"


class By(StrEnum):
    """What spoke for it."""

    ASKED = "asked"
    SHEET = "sheet"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`rest` is what stands behind the words that ask, in that line."""

    kind: RequestKind
    by: By
    rest: str = ""


def request_wanted(reading: Reading, kinds: Sequence[RequestKind]) -> Wanted | None:
    """None where nothing of the kind is wanted, or two kinds may be meant: a person reads it."""
    asked = _asked(reading, kinds)
    if asked is not None:
        return asked
    if not all(_may_be_form(d) for d in reading.documents):
        return None
    form = _form(reading.documents, kinds) or _form_in_words(reading, kinds)
    if form is not None:
        return Wanted(form, By.SHEET)
    subject = reading.head.subject
    if any(isinstance(d, Order) for d in reading.documents):
        return None
    if _REPLY.match(subject) or _ASKS.search(f"{subject}\n{reading.said.first}"):
        return None
    named = _sole(_named(kinds, _plain(subject)))
    return Wanted(named, By.SUBJECT) if named else None


def asked_besides(reading: Reading, kinds: Sequence[RequestKind]) -> tuple[str, ...]:
    """Further lines that make a request in so many words: a mail is one request, the first."""
    said = reading.said
    return tuple(line for line in said.besides if line != said.first and _asks_for_one(line, kinds))


def _asks_for_one(line: str, kinds: Sequence[RequestKind]) -> bool:
    text = _plain(line)
    return any(_pattern(word).fullmatch(text) for kind in kinds for word in kind.words)


def _may_be_form(document: Document) -> bool:
    """A sheet nobody claims; or one that is read as an order and says itself that it is another paper,
    such as a list of goods to return, which is booked by nobody."""
    if isinstance(document, Order):
        return any(is_other_paper(hint.text) for hint in document.hints)
    return isinstance(document, Unknown)


def _asked(reading: Reading, kinds: Sequence[RequestKind]) -> Wanted | None:
    """In so many words, in the first line or in the subject; an order that came along stays one."""
    if any(isinstance(d, Order) and not _may_be_form(d) for d in reading.documents):
        return None
    subject = reading.head.subject
    for text in (reading.said.first, "" if _REPLY.match(subject) else subject):
        found = {
            (kind.code, len(word)): (kind, match["rest"].strip())
            for kind in kinds
            for word in kind.words
            if (match := _pattern(word).fullmatch(_plain(text)))
        }
        longest = max((length for _, length in found), default=0)
        named = [each for (_, length), each in found.items() if length == longest]
        if len(named) == 1:
            return Wanted(named[0][0], By.ASKED, named[0][1])
    return None


def _pattern(word: str) -> re.Pattern[str]:
    name = re.escape(_plain(word))
    if word.isascii():
        return re.compile(rf"{_BEFORE_EN}{name}(?![a-z]){_EDGE}(?P<rest>.*)", re.IGNORECASE)
    return re.compile(
        rf"(?:{_BEFORE}{name}(?:申请)?(?:单|表)?|{name}{_BEHIND}){_EDGE}(?P<rest>.*)", re.IGNORECASE
    )


def _form(documents: Sequence[Document], kinds: Sequence[RequestKind]) -> RequestKind | None:
    """By its title; without one by its labels, where they are those of one kind alone."""
    sheets = list(cells_by_sheet(documents))
    titles = [
        _plain(text)
        for cells in sheets
        for (row, _), text in cells.items()
        if row < min(r for r, _ in cells) + TOPMOST and len(text) <= LONGEST_TITLE
    ]
    papers = [
        kind
        for order in documents
        if isinstance(order, Order)
        for hint in order.hints
        if hint.at is not None and is_other_paper(hint.text)
        for kind in _longest(kinds, _plain(hint.text))
    ]
    if papers:
        return _sole(papers)
    by_labels = {
        kind.code: max((len(labelled(cells, kind)) for cells in sheets), default=0)
        for kind in kinds
    }
    titled = [k for title in titles for k in _longest(kinds, title) if by_labels[k.code]]
    if titled:
        return _sole(titled)
    most = max(by_labels.values(), default=0)
    if most < FEWEST_LABELS:
        return None
    return _sole([k for k in kinds if by_labels[k.code] == most and _required(k) <= most])


def _form_in_words(reading: Reading, kinds: Sequence[RequestKind]) -> RequestKind | None:
    """A table in the mail itself is a form by its title, and by its labels only where all that the kind
    needs is told there and more: people write tables of many things."""
    cells = form_in_words(reading)
    told = {kind.code: labelled(cells, kind) for kind in kinds}
    top = min((row for row, _ in cells), default=0) + TOPMOST
    for (row, _), text in sorted(cells.items()):
        is_alone = sum(r == row for r, _ in cells) == 1
        if row < top and is_alone and len(text) <= LONGEST_TITLE and _FORM.search(text):
            titled = [k for k in _longest(kinds, _plain(text)) if any(told[k.code].values())]
            if titled:
                return _sole(titled)
    return _sole([kind for kind in kinds if _is_whole(kind, told[kind.code])])


def _is_whole(kind: RequestKind, values: Mapping[str, str]) -> bool:
    filled = sum(map(bool, values.values()))
    needed = all(values.get(field.name) for field in kind.fields if field.required)
    return needed and filled > max(FEWEST_LABELS, _required(kind) - 1)


def _required(kind: RequestKind) -> int:
    return sum(field.required for field in kind.fields)


def _named(kinds: Sequence[RequestKind], text: str) -> Iterator[RequestKind]:
    yield from _longest(kinds, text)


def _longest(kinds: Sequence[RequestKind], text: str) -> list[RequestKind]:
    """Those one of whose words stands there; a longer word counts before a shorter one in it."""
    found = [
        (len(word), kind) for kind in kinds for word in kind.words if _holds(text, _plain(word))
    ]
    longest = max((length for length, _ in found), default=0)
    return [kind for length, kind in found if length == longest]


def _holds(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None
    return word in text


def _sole(kinds: Iterable[RequestKind]) -> RequestKind | None:
    found = {kind.code: kind for kind in kinds}
    return next(iter(found.values())) if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
