"""Which words mean which column or label, in both languages, as real sheets use them.

Words are compared after `key`: NFKC, lower case, without white space, marks and colons.
"""

from __future__ import annotations

import re
import unicodedata

from mailflow.domain.quantity import Unit
from mailflow.domain.spelling import remembered, simplified
from mailflow.parsers.column_words import COLUMNS
from mailflow.parsers.label_words import LABELS
from mailflow.parsers.meanings import Label, Meaning
from mailflow.parsers.values import CASE_WORDS, TIN_WORDS

LONGEST_HEADER = 40
"""Signs, without spaces and marks: what is longer is a sentence."""

_MARKS = re.compile(r"[\s*★☆△▲#＃:：;；、。.·\"'“”‘’_\-–—|]+")
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]?")
_UNIT_BEHIND = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*$")
_UNITS = dict.fromkeys(CASE_WORDS, Unit.CASES) | dict.fromkeys(TIN_WORDS, Unit.TINS)
_BY_UNIT = {Unit.CASES: Meaning.CASES, Unit.TINS: Meaning.TINS}
_COUNTED = frozenset({Meaning.QUANTITY, Meaning.CASES, Meaning.TINS})
_ENDINGS = (
    (("箱数", "件数", "箱数量", "cases", "cartons", "ctns"), Meaning.CASES),
    (("听数", "罐数", "听数量", "tins", "cans"), Meaning.TINS),
    (("箱价", "箱单价", "caseprice"), Meaning.CASE_PRICE),
    (("单价", "供货价", "出厂价", "结算价", "unitprice"), Meaning.UNIT_PRICE),
    (("品名", "产品名称", "商品名称", "货品名称", "productname", "itemname"), Meaning.NAME),
    (("产品编码", "商品编码", "物料编码", "itemcode", "productcode"), Meaning.CODE),
    (("金额",), Meaning.AMOUNT),
    (("备注", "remarks"), Meaning.REMARK),
)
_NOT_ORDERED = re.compile(
    "库存|已发|实发|应发|欠|缺|上月|上期|上次|上周|去年|前期|同期|累计|销量|销售|在途|每箱|装箱|每件|最低|最小|起订|可用|可供|"
    "可订|建议|预计|预估|预测|赠|返|退|破损|到货|收货|验收|入库|签收|已订|已交|未交|未发|剩余|限量|限购|配额|目标|任务|参考|"
    "零售|差异|差额|税额|shipped|stock|short|lastmonth|lastorder|lastqty|previous|minimum|minqty|minorder|actual|received|forecast|"
    "target|retail|percase|perctn|percarton|perpack|perpallet|available|sold|sales"
)
_PACK = re.compile(r"每箱|每件|装箱|\d+(?:听|罐|g)|percase|perctn")
_ASKED_ABOUT = re.compile("赠|返|欠|补|退|free|bonus|gift")
_NUMBERED = frozenset({"item", "product", "sku", "part", "material", "article", "goods", "line"})
"""With a `#` behind them: `Item #`."""
_MONTH = re.compile(r"^(?:\d{4}年)?(?:\d{1,2}|本|当|这)月份?|^(?:本次|本期|本单|本批|此次)")
_ORDERED = re.compile(
    "(?:订货|订购|订单|采购|下单|要货|需求|进货|申请|申报|报货|报单|开单|拟订|拟购|提报|上报|叫货|拿货|打货|计划|预订|提货|发货|出货|购买|购货|经销商)?(?:总|合计)?(?:数量|数|量|订货|订量|要货)"
    "|实际(?:订货|订购|下单|要货|采购|进货|报货)(?:数量|数|量)?"
)
_ORDERING = re.compile("需求|订|下单|采购|申请|要货|订货|进货|报货|报单|订购|购|要")
"""With the unit behind them what is ordered: `本次需求(箱)`."""
_UNIT_LAST = re.compile(
    rf"(?<=[数量])\s+单位\s*[:：]\s*({'|'.join((*CASE_WORDS, *TIN_WORDS))})\s*$", re.IGNORECASE
)
_HALVES = re.compile(
    r"[/\n|、]|(?<=[一-鿿）)])\s*(?=[A-Za-z#])|(?<=[A-Za-z.#])\s*(?=[一-鿿])|\s{2,}"
)
_TOGETHER = {
    frozenset({Meaning.UNIT_PRICE, Meaning.TINS}): Meaning.UNIT_PRICE,
    frozenset({Meaning.UNIT_PRICE, Meaning.CASES}): Meaning.CASE_PRICE,
    frozenset({Meaning.UNIT_PRICE, Meaning.CASE_PRICE}): Meaning.CASE_PRICE,
    frozenset({Meaning.QUANTITY, Meaning.UNIT}): Meaning.QUANTITY,
    frozenset({Meaning.QUANTITY, Meaning.CASES}): Meaning.CASES,
    frozenset({Meaning.QUANTITY, Meaning.TINS}): Meaning.TINS,
    frozenset({Meaning.CASES, Meaning.TINS}): Meaning.QUANTITY,
    frozenset({Meaning.NAME, Meaning.SPEC}): Meaning.NAME,
    frozenset({Meaning.NAME, Meaning.CODE}): Meaning.NAME,
    frozenset({Meaning.NAME, Meaning.DISTRIBUTOR}): Meaning.CORNER,
    frozenset({Meaning.CODE, Meaning.NUMBER_OR_CODE}): Meaning.CODE,
    frozenset({Meaning.LINE_NO, Meaning.NUMBER_OR_CODE}): Meaning.LINE_NO,
    frozenset({Meaning.AMOUNT, Meaning.TOTAL}): Meaning.AMOUNT,
    frozenset({Meaning.SPEC, Meaning.PER_CASE}): Meaning.SPEC,
}
"""Two words in one header that are no contradiction."""


@remembered
def key(text: str) -> str:
    text = simplified(unicodedata.normalize("NFKC", text).casefold())
    return _MARKS.sub("", text) or ("#" if "#" in text else "")


_COLUMN_OF = {key(w): m for m, words in reversed(list(COLUMNS.items())) for w in words}
_LABEL_OF = {key(w): m for m, words in reversed(list(LABELS.items())) for w in words}


@remembered
def unit_of(text: str) -> Unit | None:
    """The unit a cell of a unit column, or a bracket of a header, names."""
    return _UNITS.get(key(text)) or _UNITS.get(key(_BRACKET.sub("", text)))


def is_column_word(header: str) -> bool:
    """Whether a header is one of the words themselves, as `货款金额`."""
    return key(header) in _COLUMN_OF


@remembered
def unit_behind(text: str) -> Unit | None:
    """The unit in a bracket behind a name."""
    bracket = _UNIT_BEHIND.search(text)
    return _unit_in(key(bracket[1])) if bracket else None


@remembered
def without_unit(text: str) -> str:
    """`南阳童之家（箱）` without the bracket that only names a unit."""
    bracket = _UNIT_BEHIND.search(text)
    return text[: bracket.start()] if bracket and _unit_in(key(bracket[1])) else text


@remembered
def meaning_of(header: str) -> Meaning | None:
    """What a header means; None where no word is known or two halves disagree."""
    if len(header) > 4 * LONGEST_HEADER:
        return None
    whole = key(header)
    if not whole or len(whole) > LONGEST_HEADER or whole.isdecimal():
        return None
    text = unicodedata.normalize("NFKC", header)
    if whole in _NUMBERED and text.rstrip().endswith("#"):
        return Meaning.NUMBER_OR_CODE
    if found := _COLUMN_OF.get(whole):
        return found
    text = _UNIT_LAST.sub(r"(\1)", text)
    base = _MONTH.sub("", key(_BRACKET.sub("", text)))
    if _ORDERING.fullmatch(base.removeprefix("实际")):
        units = {unit for b in _BRACKET.findall(text) if (unit := _unit_in(key(b)))}
        return _BY_UNIT[units.pop()] if len(units) == 1 else _COLUMN_OF.get(base)
    found = _COLUMN_OF.get(base) or _of_halves(text) or _by_ending(base)
    return _with_brackets(found, text) if found else None


def _with_brackets(found: Meaning, text: str) -> Meaning:
    """`数量（箱）` counts cases, `单价（元/箱）` is a case's price, `数量（上月）` was not ordered."""
    brackets = [key(b) for b in _BRACKET.findall(text)]
    if found in _COUNTED:
        brackets = [b for b in brackets if not _PACK.search(b)]
        if any(_NOT_ORDERED.search(b) and not _unit_in(b) for b in brackets):
            return Meaning.GIFT if any(map(_ASKED_ABOUT.search, brackets)) else Meaning.OTHER
        units = {unit for b in brackets if (unit := _unit_in(b))}
        if len(units) == 1:
            return _BY_UNIT[units.pop()]
    if found is Meaning.UNIT_PRICE and any(_unit_in(b) is Unit.CASES for b in brackets):
        return Meaning.CASE_PRICE
    return found


def _unit_in(bracket: str) -> Unit | None:
    """The one unit a bracket names: `箱`, `单位箱`, `以箱为单位`, `元/箱`; none in `每箱6听`."""
    if bracket in _UNITS:
        return _UNITS[bracket]
    word = re.sub(
        r"^(?:数量)?(?:单位(?:为|是)?|按|以|元/|元每|rmb/|每|per|unit)|(?:为单位|计|填写|订货)$",
        "",
        bracket,
    )
    return _UNITS.get(word) or _UNITS.get(re.sub("(?:为单位|计|填写|订货)$", "", word))


def _of_halves(text: str) -> Meaning | None:
    """Two languages in one header, or two words around a line break: both must agree."""
    plain = _BRACKET.sub("", text)
    if re.search(r"\d", plain):
        return None  # `900g*6听/箱` is a pack, not a header of cases
    halves = [half for half in map(key, _HALVES.split(plain)) if half]
    if len(halves) < 2:
        return None
    if any(_NOT_ORDERED.search(half) and half not in _COLUMN_OF for half in halves):
        return None
    known = {m for half in halves if (m := _COLUMN_OF.get(half) or _by_ending(half))}
    if len(known) == 1:
        return known.pop()
    return _TOGETHER.get(frozenset(known))


_COUNT = re.compile(r"\d[\d.,]*(\D+)")


def _by_ending(base: str) -> Meaning | None:
    if not base or len(base) > 20:
        return None
    if (count := _COUNT.fullmatch(base)) and count[1] in _UNITS:
        return None  # `60cans` is a quantity
    if _NOT_ORDERED.search(base):
        return Meaning.GIFT if _ASKED_ABOUT.search(base) else Meaning.OTHER
    for endings, meaning in _ENDINGS:
        if base.endswith(endings):
            return meaning
    return Meaning.QUANTITY if _ORDERED.fullmatch(base) else None


_BEFORE_UNIT = "注|备注|说明|温馨提示|提示|以下|以上|上述|本表|表中|下表|表内|本单|本订单|订货|订购|要货|订单|的|所有"
_UNIT_WORD = "|".join((*CASE_WORDS, *TIN_WORDS))
_UNIT_SAID = re.compile(
    rf"(?:{_BEFORE_UNIT})*(?:数量|计量)?(?:单位|unit|uom|qtyunit|quantityunit)(?:均|都|统一|一律)?(?:为|是|按)?({_UNIT_WORD})"
    rf"|(?:{_BEFORE_UNIT})*(?:数量)?(?:均|都|统一|一律)?(?:以|按)({_UNIT_WORD})(?:为单位|计|计算|填写)"
    rf"|(?:{_BEFORE_UNIT})+(?:均|都|全部|全|一律|统一)(?:为|是|按|以)?({_UNIT_WORD})数?"
    rf"|(?:all)?quantit(?:y|ies)(?:are)?in({_UNIT_WORD})"
)


@remembered
def unit_said(text: str) -> Unit | None:
    """What all quantities of a table count: `单位：箱`, `注：以下数量单位均为箱`, `以听为单位`."""
    if len(text) > LONGEST_HEADER:
        return None
    brackets = _BRACKET.findall(unicodedata.normalize("NFKC", text))
    for said in (text, *brackets):
        if match := _UNIT_SAID.fullmatch(re.sub(r"[()（）\[\]【】!！]", "", key(said))):
            return _UNITS[next(word for word in match.groups() if word)]
    return None


@remembered
def counted(text: str) -> Unit | None:
    """The unit a label's value names: `箱`, `箱、元`; none in `元/箱`, which is of a price."""
    words = [key(word) for word in re.split(r"[/、,，;；和 ]", text) if word.strip()]
    if not words or words[0] not in _UNITS or any(w not in ("元", "rmb") for w in words[1:]):
        return None
    return _UNITS[words[0]]


_TWO_LANGUAGES = re.compile(r"\s*([一-鿿]+)\s*[(/|]?\s*([A-Za-z][A-Za-z .#]*)\)?\s*[:：]?\s*")
_NUMBERING = re.compile(r"^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、.．]\s*")


@remembered
def label_of(text: str) -> Label | None:
    if len(text) > 2 * LONGEST_HEADER:
        return None
    text = _NUMBERING.sub("", text.strip())
    found = _LABEL_OF.get(key(text)) or _LABEL_OF.get(key(_BRACKET.sub("", text)))
    return found or _label_of_halves(text)


def _label_of_halves(text: str) -> Label | None:
    """`客户 Customer`, `日期/Date`: one label in two languages; both must agree."""
    languages = _TWO_LANGUAGES.fullmatch(unicodedata.normalize("NFKC", text))
    if languages is None:
        return None
    one, other = (_LABEL_OF.get(key(half)) for half in languages.groups())
    return one if one is other else None
