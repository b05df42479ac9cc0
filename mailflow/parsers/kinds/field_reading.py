"""Which field a header or a label of a report names, in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mailflow.domain.quantity import Unit
from mailflow.domain.spelling import remembered
from mailflow.parsers.kinds.field_words import STEMS, WORDS
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.values import CASE_WORDS, TIN_WORDS
from mailflow.parsers.vocabulary import key, unit_of

Read = tuple[Field, Unit | None]

LONGEST = 40
_WORD_OF = {key(w): f for f, words in reversed(list(WORDS.items())) for w in words}
_STEM_OF = {key(w): f for f, stems in STEMS.items() for w in stems}
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]?")
_HALVES = re.compile(
    r"[/\n|]|(?<=[一-鿿）)])\s*(?=[A-Za-z#])|(?<=[A-Za-z.#)])\s*(?=[一-鿿])|\s{2,}"
)
_MONTH = re.compile(r"^(?:\d{4}年)?(?:\d{1,2}月份?)(?!$)")
_CASES = "|".join(("箱数量", "件数量", "箱数", "件数", "整箱数", "箱", "件", *CASE_WORDS[2:]))
_TINS = "|".join(("听数量", "罐数量", "听数", "罐数", "桶数", "听", "罐", "桶", *TIN_WORDS[3:]))
_ENDING = re.compile(
    rf"(?:数量|总量|总数|数目|数|量|quantity|qty|quantities)?(?:(?P<cases>{_CASES})|(?P<tins>{_TINS}))?$"
)
_BEFORE = re.compile(r"^(?:quantity|qty|no\.?of|numberof)")
_OF_MONEY = re.compile("金额|货值|价值|^额|amount|value")
_WORTH = re.compile("(?:总)?(?:金额|货值|价值)$")
IN_STORE = frozenset(
    {
        *(Field.ON_HAND, Field.AVAILABLE, Field.DAMAGED, Field.IN_TRANSIT, Field.OPENING),
        *(Field.RECEIVED, Field.SOLD, Field.CLOSING),
    }
)
"""What these are worth in money is no matter of ours: `库存金额`."""
_PLACE = re.compile(
    r"(?!(?:发货|所在|存放|储存|调出|调入|入|出|退|换|各|本|该|总|分|满|清|平|爆|移|缺|到|进|离)仓)"
    r"[一-鿿a-z0-9]{1,8}(?:仓|仓库|分仓|总仓|warehouse|wh)"
)
"""The name of a warehouse over a column of its stock: `郑州仓`, `华东分仓`."""
_MONEY_UNITS = frozenset({"元", "rmb", "cny", "¥", "万元", "yuan"})


@remembered
def field_of(header: str) -> Read | None:
    """The field and the unit its own words name; None where no word is known or two disagree."""
    if len(header) > 2 * LONGEST or not header.strip():
        return None
    text = unicodedata.normalize("NFKC", header)
    whole = key(text)
    if not whole or whole.isdecimal():
        return None
    if field := _WORD_OF.get(whole):
        return field, None
    brackets = [key(b) for b in _BRACKET.findall(text)]
    base = key(_BRACKET.sub("", text))
    if found := _plain(base) or _of_halves(text):
        return _with_brackets(found, brackets)
    return None


def _plain(word: str) -> Read | None:
    word = _MONTH.sub("", word)
    if found := _WORD_OF.get(word):
        return found, None
    if (worth := _WORTH.search(word)) and _STEM_OF.get(word[: worth.start()]) in IN_STORE:
        return Field.OTHER, None
    return _of_stem(word) or ((Field.AT_PLACE, None) if _PLACE.fullmatch(word) else None)


def _of_stem(word: str) -> Read | None:
    """`库存数量`, `期末库存箱数`, `实发听数`, `closing stock qty`."""
    if not word or len(word) > LONGEST or _OF_MONEY.search(word):
        return None
    for bare in (word, _BEFORE.sub("", word)):
        ending = _ENDING.search(bare)
        assert ending is not None
        stem = bare[: ending.start()]
        counted = bool(ending[0]) or bare != word
        if (found := _STEM_OF.get(stem)) and (stem or counted):
            unit = Unit.CASES if ending["cases"] else Unit.TINS if ending["tins"] else None
            return found, unit
        if found := _STEM_OF.get(bare) if bare else None:
            return found, None
    return None


def _of_halves(text: str) -> Read | None:
    """Two languages in one header: both must agree; one half that nobody knows says nothing."""
    halves = [half for half in map(key, _HALVES.split(_BRACKET.sub("", text))) if half]
    if len(halves) < 2:
        return None
    read = [_plain(half) for half in halves]
    known = [r for r in read if r is not None]
    fields = {f for f, _ in known}
    specific = fields - {Field.QUANTITY, Field.NAME, Field.CODE, Field.UNIT, Field.DATE}
    if len(specific) > 1 or not fields or (len(known) < len(halves) and len(halves) > 2):
        return None
    units = {u for _, u in known if u}
    if len(units) > 1:
        return None
    return next(iter(specific or fields)), next(iter(units), None)


def _with_brackets(found: Read, brackets: list[str]) -> Read:
    field, unit = found
    if field not in COUNTS:
        return found
    if any(bracket in _MONEY_UNITS for bracket in brackets):
        return Field.OTHER, None
    named = {u for b in brackets if (u := unit_of(re.sub("^(?:单位|按|以)|(?:为单位|计)$", "", b)))}
    return field, named.pop() if len(named) == 1 else unit


_PAIR = re.compile(r"([^\s:：|;；,，]{1,20}(?: [A-Za-z.&/-]+){0,3})\s*[:：]\s*")


def pairs_in(text: str) -> Iterator[tuple[Field, str]]:
    """`仓库：郑州仓  盘点日期：2026-11-09` in one cell; a colon with nothing behind it is no pair."""
    marks = [(m.start(), m.end(), f) for m in _PAIR.finditer(text) if (f := label_field(m[1]))]
    for number, (_, end, field) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        if value := text[end:stop].strip(" \t\n\u3000,，;；|"):
            yield field, value


@remembered
def label_field(text: str) -> Field | None:
    read = field_of(text.rstrip(" :：\n"))
    return read[0] if read and read[0] not in COUNTS else None
