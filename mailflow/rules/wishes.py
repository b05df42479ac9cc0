"""What free words ask for beyond the columns: changes, further goods, loose tins, other places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailflow.domain.naming import plain
from mailflow.domain.pattern import pattern
from mailflow.domain.spelling import remembered

LOOSE = (
    "散听",
    "拆箱",
    "特批",
    "散装发",
    "发散装",
    "零听",
    "loose tins?",
    "split cases?",
    "special release",
)
CHANGES = (
    "取消", "不要", "不订", "不发", "暂不", "暂缓", "先不", "缓发", "少发", "多发", "另加", "另外", "加订", "追加", "补发",
    "减少", "删掉", "去掉", "划掉", "改为", "改成", "改订", "改发", "换成", "更换", "替换", "换货", "退货", "作废", "待定", "待确认", "赠送", "搭赠",
    "不用发", "新地址", "改送", "送至", "送到", "发往", "发到", "地址变更", "另一地址", "cancel", "cancelled", "instead", "replace",
    "do not", "don't", "hold", "to be confirmed", "tbc", "tbd", "new address",
)  # fmt: skip
CANCELS = (
    "作废",
    "取消",
    "撤回",
    "撤销",
    "撤单",
    "cancel",
    "cancelled",
    "cancellation",
    "recall",
    "withdraw",
    "void",
)
CORRECTS = (
    "更正", "修改", "更改", "修订", "变更", "改单", "重发", "corrected", "correction", "revised", "revision",
    "amended", "amendment", "updated",
)  # fmt: skip
OTHER_FUNDING = (
    "费用", "核销", "抵货", "货补", "返利", "返点", "搭赠", "赠品", "赠送", "样品", "试用", "试饮", "派样", "expense", "free goods", "free of charge", "gift",
)  # fmt: skip
ADDS = (
    "发散装", "另加", "另订", "加订", "追加", "加发", "再加", "再订", "多发", "少发", "先不发", "暂不发", "不用发",
    "先不要", "暂不要", "不要了", "先不订", "暂不订", "不订了", "删掉", "去掉", "划掉", "取消", "作废", "改为", "改成",
    "换成", "改发", "另送", "in addition", "cancel", "instead of",
)  # fmt: skip
"""What a free text under the lines asks for, where the small print asks for much."""
_CONDITION = pattern(
    r"满|每|如有|如果|如需|若|超过|(?<=[\d箱件听罐元万%])以[上内]|不足|凡|一律|if |every|within"
)
_NOT = pattern(r"(?:不要|请勿|勿|别|不|禁止|no|not)\s*$")
_GOODS = pattern(
    r"(?<!每箱)(?<!每件)(?<![每/\d.])(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*(听|罐|箱|件|tins?|cans?|cases?|ctns?)(?![/a-z])"
)


def _places(word: str) -> str:
    return rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word


_LOOSE = tuple(pattern(_places(word)) for word in LOOSE)
_CHANGES, _CANCELS, _CORRECTS, _OTHER_FUNDING, _ADDS = (
    pattern("|".join(_places(word) for word in words))
    for words in (CHANGES, CANCELS, CORRECTS, OTHER_FUNDING, ADDS)
)


def asks_for_loose(texts: Iterable[str]) -> bool:
    """Whether loose tins are wanted on purpose; `请勿拆箱` wants the opposite."""
    return any(
        not _NOT.search(text[:start])
        for text in map(said, texts)
        for places in _LOOSE
        for start in (m.start() for m in places.finditer(text))
    )


def adds_to_order(text: str) -> bool:
    """Whether a note under the lines changes what they say; a condition is for all orders."""
    return not is_a_condition(text) and bool(_ADDS.search(said(text)))


_MORE = pattern(
    r"[再另又][^，。,;；\n]{0,4}一[批单份车]|[再另加追]订|追加|加单|补货一批|further order|another (?:lot|order)|in addition|once more"
)


def orders_more(text: str) -> bool:
    """`另订一批`, `再来一单`: the same goods once more, not the same order."""
    return bool(_MORE.search(said(text)))


def is_a_condition(text: str) -> bool:
    """`满100箱返5箱`, `如有破损请在三日内反馈`: small print, not a wish."""
    return bool(_CONDITION.search(plain(text)))


def asks_for_change(text: str) -> bool:
    return bool(_CHANGES.search(said(text)))


_GAP = pattern(r"\s+")


@remembered
def said(text: str) -> str:
    """Plain, and without white space between Chinese signs."""
    words = plain(text)

    def gap(match: re.Match[str]) -> str:
        beside = (
            words[max(match.start() - 1, 0) : match.start()] + words[match.end() : match.end() + 1]
        )
        return match[0] if beside.isascii() else ""

    # Each run is looked at once: a pattern that looks ahead of it would begin anew at every space.
    return _GAP.sub(gap, words)


def goods_in(text: str) -> list[tuple[str, bool]]:
    """Quantities with a unit in free words: the number as written, and whether it counts cases.

    Packs (`每箱6听`, `6听/箱`) are not quantities.
    """
    found = _GOODS.findall(plain(text))
    return [(number, unit.startswith(("箱", "件", "case", "ctn"))) for number, unit in found]


_PAPERS = pattern(
    "退货|退换货|换货|库存|盘点|销售报表|销量|流向|对账|发货清单|出库单|出库清单|入库|送货单|回执|签收单|收货单|验收|回款|欠货|报损|调拨|报价|询价"
    "|quotation|inventory|stock|statement|delivery note|packing list|invoice|sales report|returns?(?![a-z])"
)
_ORDERS = pattern("订|要货|报货|采购|进货|下单|报单|补货|order|(?<![a-z])po(?![a-z])")
_NO_ORDERS = pattern(
    "测试|示例|样例|举例|范例|废弃|旧版|旧表|备份|历史|草稿|暂不|未定稿|未确认|未审[核批]|预估|预测|意向|上月|forecast|example|draft|backup|obsolete|last month"
)


def is_other_paper(text: str) -> bool:
    """Whether a title, subject or name is that of something else than goods to be sent now: a
    stock list, a return, an example, last month's order."""
    words = said(text)
    if _NO_ORDERS.search(words):
        return True
    return bool(_PAPERS.search(words)) and not _ORDERS.search(words)


_MONTH_AHEAD = pattern(r"(?<!\d)(\d{1,2})月份?的?预[订定]")


def is_for_another_month(text: str, month: int) -> bool:
    """`12月预订` in November: goods that may have to wait; `11月预订` then is an order."""
    return any(int(m) != month for m in _MONTH_AHEAD.findall(said(text)))


_OTHER_PLACE = pattern(
    r"(?:发|送|寄|运|改送|配送)(?:货)?(?:往|到|至|给).{0,30}(?:[市县区镇乡路街]|\d+号)"
    r"|(?:货[发送]|[发送]货)[^，。,;；]{0,20}[路街道巷]\d+号"
)


def sends_elsewhere(text: str) -> bool:
    """`请发往青禾市临江路12号`: a place that only the note names."""
    return bool(_OTHER_PLACE.search(said(text)))


_UNIT_SAID = pattern(
    r"(?:单位|数量|数字|表里|表中)[^，。,.;；\n]{0,8}(?:是|为|按|以)[^，。,.;；\n]{0,3}(听|罐|箱|件)(?!以|内)"
    r"|(?:quantit(?:y|ies)|numbers|figures)[^.,;\n]{0,12} in (tin|can|case|carton|ctn)s?(?![a-z])"
)


def unit_said(text: str) -> bool | None:
    """`表里的数量都是听数`: whether words say that all numbers count cases; None: they do not say."""
    units = (match[1] or match[2] for match in _UNIT_SAID.finditer(said(text)))
    found = {unit in ("箱", "件", "case", "carton", "ctn") for unit in units}
    return found.pop() if len(found) == 1 else None


_GIVES = pattern(r"[送赠搭]\s*[\d一二两三四五六七八九十]")
_LATER = pattern(
    r"再发|已发|已订|第二批|下一?批|下个?月|下次|停发|缺货|\d{1,2}月\S{0,4}发|[+＋-]\s*\d+\s*[箱件听罐]?$"
)


def adds_or_delays(text: str) -> bool:
    """`买10送1`, `12月再发`, `+2`: in a remark beside a line."""
    words = said(text)
    return bool(_GIVES.search(words) or _LATER.search(words))


_BY_EXPENSE = pattern(
    "(?:走|用|从|由|抵|按|算|记入?|计入?|出自?)[^，。;；]{0,6}费用|费用(?:支付|抵扣|核销|出账|承担|结算)|expense"
)
_FREE = pattern("(?:为|是|作为?|算|当)赠品|赠送|免费|不收费|不收钱|搭赠|free of charge|as gifts?")


def pays_by_expense(text: str) -> bool:
    return bool(_BY_EXPENSE.search(said(text)))


def names_expense_goods(text: str) -> bool:
    return bool(re.search("费用(?:货|款|部分|产品|订单)", said(text)))


def gives_away(text: str) -> bool:
    return bool(_FREE.search(said(text)))


def is_bare(text: str) -> bool:
    """A number and nothing else, as in a row of quantities without a product: how many of what?"""
    return bool(re.fullmatch(r"[+-]?[\d.,]+|[×x✗否不停]", plain(text).strip()))


def speaks_of_other_funding(text: str) -> bool:
    """Whether words name expense goods or gifts; what a sheet leaves unsaid is cash otherwise."""
    return bool(_OTHER_FUNDING.search(said(text)))


def cancels(text: str) -> bool:
    return bool(_CANCELS.search(said(text)))


def corrects(text: str) -> bool:
    return bool(_CORRECTS.search(said(text)))
