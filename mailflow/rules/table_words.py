"""The words in which people write what a master table has as a word of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from mailflow.domain.pattern import pattern
from mailflow.domain.register import ProductKind, Role

ROLES: Mapping[str, str] = {
    **{role.value.replace("_", " "): role for role in Role},
    "区域经理": Role.REGIONAL_MANAGER,
    "大区经理": Role.REGIONAL_MANAGER,
    "销管": Role.SALES_ADMIN,
    "销售管理": Role.SALES_ADMIN,
    "销售内勤": Role.SALES_ADMIN,
    "仓库": Role.WAREHOUSE,
    "仓管": Role.WAREHOUSE,
    "物流": Role.LOGISTICS,
    "财务": Role.FINANCE,
    "市场部总经理": Role.MARKETING_GM,
    "市场总经理": Role.MARKETING_GM,
    "市场助理": Role.MARKETING_ASSISTANT,
    "客服": Role.CUSTOMER_SERVICE,
    "设计": Role.DESIGNER,
    "设计师": Role.DESIGNER,
    "培训": Role.HR_TRAINING,
    "人事培训": Role.HR_TRAINING,
    "人事经理": Role.HR_MANAGER,
    "系统管理员": Role.IT_ADMIN,
}
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("正装", "常规", "普通", "正品", "大听"), ProductKind.REGULAR.value),
    **dict.fromkeys(("小听", "小听粉", "试用装", "样品", "赠品"), ProductKind.SAMPLE.value),
}
ACTIVE: Mapping[str, str] = {
    **dict.fromkeys(("在售", "启用", "正常", "有效", "在用", "上架", "active"), "yes"),
    **dict.fromkeys(("停售", "停用", "下架", "停产", "无效", "已停用", "已停售", "inactive"), "no"),
}
LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("中文", "汉语", "chinese"), "zh"),
    **dict.fromkeys(("英文", "英语", "english"), "en"),
}
EVERYWHERE = frozenset({"全部", "所有", "全国", "全部区域", "所有区域", "不限", "all"})
"""Of whoever looks after all regions, as of a price for everybody: the register leaves it empty."""
_COUNTED = pattern(r"(\d+)\s*(?:听|罐|盒|tins?)(?:\s*[/每]\s*(?:箱|件|case))?", re.IGNORECASE)
_FROM = pattern(
    r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?\s*(?:零时|0时)?\s*(?:起|开始|生效|执行|以后|之后)|"
    r"(?:effective|valid)\s*(?:from|as of)?\s*(\d{4})-(\d{1,2})-(\d{1,2})",
    re.IGNORECASE,
)


def worded(text: str, words: Mapping[str, str]) -> str:
    """The master table's own word; what is none of these stays as it is, and is refused there."""
    plain = text.strip()
    return words.get(plain, words.get(plain.casefold(), plain))


def count_in(text: str) -> str:
    """`6听/箱` is 6."""
    counted = _COUNTED.fullmatch(text.strip())
    return counted[1] if counted else text.strip()


def regions_in(text: str) -> str:
    return "" if text.strip().casefold() in EVERYWHERE else text.strip()


def valid_from(text: str) -> date | None:
    """`自2026年12月1日起执行`: a day that a title says prices hold from."""
    found = _FROM.search(text)
    if found is None:
        return None
    year, month, day = (part for part in found.groups() if part)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
