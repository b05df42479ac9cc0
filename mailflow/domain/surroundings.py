"""A name inside a longer text counts only where it begins and ends there, not where it goes on."""

from __future__ import annotations

from collections.abc import Iterable

from mailflow.domain.pattern import pattern
from mailflow.domain.spelling import normalised

_HAN = pattern(r"[\u3400-\u9fff]")
BEHIND = (
    "订", "要货", "补货", "进货", "采购", "发货", "下单", "报单", "加单", "急单", "改单", "经销商", "客户", "月",
    "的", "货", "申请", "计划", "清单", "更正", "修改", "作废", "第", "首", "年", "单", "表", "等",
    "库存", "进销存", "回款", "费用", "期末",
)  # fmt: skip
BEFORE = (
    "订单", "订货单", "订货", "要货", "关于", "转发", "回复", "答复", "经销商", "客户", "给", "为", "附件", "省", "区",
    "市", "请", "月", "日", "号", "年", "的", "由", "和", "及", "更正", "修改", "作废",
)  # fmt: skip


def stands_alone(key: str, text: str, also_before: Iterable[str]) -> tuple[int, int] | None:
    """Where in a plain text a normalised name stands by itself; None where it does not.

    `also_before` are further words that may stand right before it: the regions.
    """
    signs = [(n, s) for n, sign in enumerate(text) for s in normalised(sign)]
    squeezed = "".join(s for _, s in signs)
    start = squeezed.find(key)
    while start >= 0:
        end = start + len(key)
        first, last = signs[start][0], signs[end - 1][0] + 1
        if _free_behind(text[last:]) and _free_before(text[:first], also_before):
            return first, last
        start = squeezed.find(key, start + 1)
    return None


def _free_behind(rest: str) -> bool:
    return not rest or not _HAN.match(rest) or rest.startswith(BEHIND)


def _free_before(rest: str, also: Iterable[str]) -> bool:
    return not rest or not _HAN.match(rest[-1]) or rest.endswith((*BEFORE, *also))
