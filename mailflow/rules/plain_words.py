"""Free words that make an order other than its lines: later, less, dearer, elsewhere, for nothing."""

from __future__ import annotations

from mailflow.domain.pattern import pattern
from mailflow.rules.wishes import is_a_condition, said

_WAITS = (
    r"先别发|别发货|暂缓|以下.{0,2}不[发订要]|等通知|待通知|(?:等|待)(?![^，。,;；]{0,3}[您你贵])[^，。,;；]{0,8}(?:通知|确认|打款|付款|款到|到账)"
    r"|等[^，。,;；]{0,8}再发|款到了?再发|^仅供参考|(?:以上|数量|附件|本表|订单)[^，。,;；]{0,4}仅供参考|不发货"
    r"|(?:数量|实际)[^，。,;；]{0,8}(?:为准|见附件)"
)
_PARTLY = (
    r"先发(?!货)|分[两二三四几\d]+[次批]|(?<!可)分批|一半|减半|翻倍|加倍|乘以|(?:其余|余下|剩下)[^，。,;；]{0,6}[发订不]|第[二三]批(?![订要报货])"
    r"|下个?月[再发送]|\d{1,2}月份?(?:底|初|中旬)?再?发|月底再?发|只发|发\d+%|double|half of|ship \d+ "
)
_MISTAKEN = r"错了|写错|漏了|漏写|少写|再[加订](?!一?[单份][，,\s]*请?[见看]?附件)|加发|除[^，。,;；]{1,20}外|忽略[上前之]|替换|重复下单|是上个?[月次]的|[和与]上[次月][^，。,;；]{0,4}(?:一样|相同)"
_ELSEWHERE = r"代收(?!货款)|收货[^，。,;；]{0,6}(?:变更|改)|新仓|改送|改到|[发送]到上次"
_PRICED = r"按(?:老|原来?的?|旧|促销|活动|特)价|价格?按(?:老|原|旧|促销|活动|特)|特价"
_GIVEN = (
    r"[送赠搭]\s*[\d一二两三四五六七八九十]|\d\s*[+＋]\s*\d|赠品另|(?:含|其中|有)[^，。,;；]{0,10}费用货|费用抵货|费用兑付"
    r"|(?:[用从由抵扣为是属][^，。,;；]{0,8})返利|返利[货单抵]|货补|to marketing|返点"
)
_SHARE = r"\d+(?:\.\d+)?%"
_SHARED = rf"(?:[赠送返搭]|费用)[^，。,;；]{{0,6}}{_SHARE}|{_SHARE}的?[^，。,;；]{{0,4}}(?:[赠返搭]|费用|样品)|打\s*[\d.一二三四五六七八九]+\s*折"
_LATER = (
    r"(?:\d{1,2}[月./-]\d{1,2}[日号]?|下[周月]|月底|节|年)[以之]?后[再才]?[^，。,;；]{0,2}(?:到货|[送发收]货?)"
    r"|(?:以上|本表|表中)[^，。,;；]{0,4}(?:计划|预估|预测)|按\s*\d+/\d+\s*[发送]"
    r"|\d{1,2}[日号][以之]?[后再][^，。,;；]{0,4}(?:[发送](?!票)|到货|安排)"
)
_MORE_TOO = r"(?:再|另|还|也|加)[^，。,;；\d]{0,8}\d+\s*[箱件听罐]|[没无缺]货[^，。,;；]{0,3}[换改补用]|凑[^，。,;；]{0,3}[车整满够]"
_MORE_GOODS = pattern(_MORE_TOO)
_NO_ORDER = (
    r"不同意|不予|驳回|只批|(?:不用|无需|不需要?|不必)(?:再)?(?:处理|安排|发)|备查|(?:附件|订单|此单)[^，。,;；]{0,4}供[您你]?参考"
    r"|(?:附件|附上|此[单表]|这[份是个])[^，。,;；]{0,8}(?:预估|预测|意向|草稿|报价)"
    r"|(?<![a-z])(?:(?:skip|omit|exclude|leave out|forecast|for your reference|no action|fyi)(?![a-z])|make (?:it|that) \d"
    r"|ship (?:half|part)|(?:the )?rest (?:in|later|next)|half now)"
)
_COLOURED_LINES = pattern(
    r"(?:[红黄蓝绿橙紫灰白][色底字]|[标涂填][红黄蓝绿橙紫灰白]|颜色|底色|底纹|加粗|斜体)[^，。,;；]{0,8}"
    r"(?:费用|[赠返欠缺停]|样品|现[款金]|货补|促销|下[一]?[批次周月]|已[发订])"
)
"""What a colour stands for, that nobody reads from a cell; towns have colours in their names too (`黄山现款`)."""
_ALL = pattern(
    "|".join(
        (
            _WAITS,
            _PARTLY,
            _MISTAKEN,
            _ELSEWHERE,
            _PRICED,
            _GIVEN,
            _SHARED,
            _LATER,
            _MORE_TOO,
            _NO_ORDER,
        )
    )
)
_COUNTED_OTHERWISE = pattern(
    r"[每单][家个]?(?:门?店|网点)[^，。,;；]{0,4}(?:数量?|量|\d+\s*[箱件听罐])"
    r"|各[家个]?(?:门?店|网点)[^，。,;；]{0,4}\d+\s*[箱件听罐]|(?:数量?|以[上下]|表中)[^，。,;；]{0,4}[x×*]\s*\d"
    r"|^(?:(?:以上|本单|此单)[^，。,;；]{0,4})?共\s*[\d一二两三四五六七八九十]+\s*[份套]$"
)
"""Numbers that are to be taken several times: `以上为每店数量`; `每` makes no condition of that."""
_STATUS = pattern(
    r"(?:示|样|范)例|草稿|测试|test|未审核|未审批|未批|预估数量|下月计划|[换退]货|预订|备货|补上次.*|\d{1,2}月.*预订单?"
)
_OF_A_LINE = pattern(
    r"费|市费|缺货?|断货|散|样|寄样|抵|冲账|报损|破损.*|赔|补差|含赠.*|[?？]+|核实|换.+|改\s*\d+.*|[→>]\s*\d+.*|[x×*]\s*\d+|加\s*\d+.*"
    r"|只发.*|实发.*|\d{1,2}月|发.{1,6}[库仓]|仅供参考|月底(?:到货?|送货?|要货?)|(?:[示样范]例|举例|例如).*"
)
_OF_TINS = pattern(r"(?:数量)?(?:单位)?[:：为是]?(?:听|罐|桶)")


def changes_order(text: str) -> bool:
    """`等通知发货`, `先发一半`, `除启悦外都发`, `买10赠1`, `按老价格`, `黄色为费用`, `以上为每店数量`; a
    condition is for all orders."""
    if counts_otherwise(text):
        return True
    return not is_a_condition(text) and bool(_ALL.search(said(text)))


def adds_goods(text: str) -> bool:
    """`金装3段加3箱` above a table that does not have them."""
    return not is_a_condition(text) and bool(_MORE_GOODS.search(said(text)))


def counts_otherwise(text: str) -> bool:
    """`以上为每店数量`, `以下数量×3`, `黄色为费用`: words that change lines wherever they stand."""
    words = said(text).strip(" （）()【】[]!！。")
    return bool(_COUNTED_OTHERWISE.search(words) or _COLOURED_LINES.search(words))


def denies_order(text: str) -> bool:
    """`草稿`, `测试`, `退货` in a cell of its own below the lines."""
    return bool(_STATUS.fullmatch(said(text).strip(" （）()【】[]!！。")))


def changes_line(text: str) -> bool:
    """`改8`, `→8`, `×2`, `费`, `?` beside a line."""
    return changes_order(text) or bool(_OF_A_LINE.fullmatch(said(text).strip()))


def counts_tins(text: str) -> bool:
    """`听`, `单位：罐` beside a line."""
    return bool(_OF_TINS.fullmatch(said(text).strip()))
