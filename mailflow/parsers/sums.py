"""Which words make a row a total, and of what: of a part, of a page, of a table, of everything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from mailflow.domain.document import TotalOf
from mailflow.domain.funding import Funding, funding_title
from mailflow.domain.spelling import remembered
from mailflow.domain.value import dataclass
from mailflow.parsers.values import CASE_WORDS, TIN_WORDS, capital_money_of, money_of, number_of
from mailflow.parsers.vocabulary import key


class Reach(StrEnum):
    """How far back a total goes, by its word."""

    PART = "part"
    PAGE = "page"
    TABLE = "table"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class TotalWord:
    """`funding` where only goods paid that way are added; `series` where it is of a named part."""

    reach: Reach
    text: str
    funding: Funding | None = None
    series: bool = False


_ALL = (
    "总合计",
    "总计",
    "总共计",
    "累计",
    "grandtotal",
    "全部合计",
    "订单合计",
    "整单合计",
    "本单合计",
    "订单总计",
)
_PART = ("小计", "分计", "subtotal", "subtotals")
_WHOLE = (
    "合计",
    "共计",
    "总和",
    "合计数",
    "合计金额",
    "总数",
    "合计数量",
    "合计箱数",
    "合计听数",
    "total",
    "totals",
    "sum",
)
_PAGE = (
    "本页小计",
    "本页合计",
    "本页总计",
    "页小计",
    "页计",
    "pagetotal",
    "pagesubtotal",
    "thispage",
)
_WORDS = (
    {key(w): Reach.ALL for w in _ALL}
    | {key(w): Reach.PART for w in _PART}
    | {key(w): Reach.TABLE for w in _WHOLE}
    | {key(w): Reach.PAGE for w in _PAGE}
)
_EVERYTHING = frozenset(
    (
        "订单",
        "整单",
        "本单",
        "全单",
        "全部",
        "总",
        "货款",
        "金额",
        "数量",
        "箱数",
        "听数",
        "以上",
        "各项",
        "产品",
        "order",
    )
)
_ENDS = sorted((w for w in _WORDS if _WORDS[w] is not Reach.PAGE), key=len, reverse=True)
_NUMBERING = re.compile(r"^[(]?(?:\d{1,2}|[一二三四五六七八九十])[)、.]\s*")
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_SUMMED = re.compile("合\\s*计|总\\s*计|共\\s*计|小\\s*计|总额|总数|共|total|sum")
_LONGEST = 24
LONGEST_SAID = 160
"""Signs of a cell that says totals in words."""
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_STATED = re.compile(
    rf"(?P<mark>[¥￥])?\s*(?P<number>{_NUMBER})\s*(?P<unit>{'|'.join((*CASE_WORDS, *TIN_WORDS))}|元|rmb)?"
)


@remembered
def total_word(text: str) -> TotalWord | None:
    """`合计`, `现金货小计：`, `金装系列小计`, `本页合计`, `总计（大写）`; None for any other text."""
    if not text or len(text) > 4 * _LONGEST:
        return None
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip())
    brackets = _BRACKET.findall(plain)
    word = re.sub("(?:人民币)?大写$", "", key(_BRACKET.sub("", plain)))
    if not word or len(word) > _LONGEST or money_of(word) is not None:
        return None
    funding = next((f for b in brackets if (f := funding_title(b))), None)
    if reach := _WORDS.get(word):
        return TotalWord(reach, text, funding)
    for end in _ENDS:
        if word.endswith(end) and (rest := word.removesuffix(end)):
            return _of_part(rest, end, text)
        if word.startswith(end) and (rest := word.removeprefix(end)) and len(end) > 1:
            if paid := funding_title(rest):
                return TotalWord(_WORDS[end], text, paid)
            if end in ("合计", "总计", "共计", "小计", "grandtotal") and number_of(rest) is None:
                return TotalWord(_WORDS[end], text, funding) if _is_measure(rest) else None
    return None


def _of_part(rest: str, end: str, text: str) -> TotalWord:
    if rest in _EVERYTHING:
        return TotalWord(Reach.ALL if _WORDS[end] is Reach.ALL else Reach.TABLE, text)
    if paid := funding_title(rest):
        return TotalWord(_WORDS[end], text, paid)
    return TotalWord(Reach.PART, text, series=True)


def _is_measure(rest: str) -> bool:
    """What may stand behind `合计`: what is counted, or what it is in words."""
    bare = re.sub(r"[,，/和及]|人民币|大写|小写|rmb|元", "", rest)
    return not re.sub("箱数|件数|听数|罐数|数量|金额|货款|总额|箱|件|听|罐", "", bare)


def totals_in(text: str) -> Iterator[tuple[TotalOf, Decimal, str]]:
    """What one cell says in words: `合计：36箱 216听 36,288.00元`; nothing where anything else
    stands there too, and in a text too long for a total."""
    if len(text) > LONGEST_SAID:
        return
    plain = unicodedata.normalize("NFKC", text).casefold()
    if (capital := capital_money_of(_behind_word(plain))) is not None:
        yield TotalOf.AMOUNT, capital, text
        return
    found = list(_STATED.finditer(plain))
    rest = key(_STATED.sub("", plain))
    rest = re.sub(
        r"箱数|件数|听数|罐数|数量|金额|货款|总额|元|[,，/和及()（）]|约合|人民币|共(?!计)",
        "",
        rest,
    )
    if (
        not found
        or not _SUMMED.search(plain)
        or (rest and total_word(rest) is None and funding_title(rest) is None)
    ):
        return
    for match in found:
        unit = match["unit"] or ""
        number = Decimal(match["number"].replace(",", ""))
        if unit in CASE_WORDS:
            yield TotalOf.CASES, number, match[0].strip()
        elif unit in TIN_WORDS:
            yield TotalOf.TINS, number, match[0].strip()
        elif unit or match["mark"]:
            yield TotalOf.AMOUNT, number, match[0].strip()


def _behind_word(text: str) -> str:
    return re.sub(r"^\s*(?:合\s*计|总\s*计|共\s*计|总\s*额|金\s*额|小\s*计)", "", text)
