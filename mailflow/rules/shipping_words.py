"""Words by which a warehouse says that all of a list has left: `已发 顺丰 SF1234567890`.

A strict grammar: every sign of the mail has to be understood. A word too many, and a person reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

LONGEST = 300
MOST_LINES, LONGEST_LINE = 8, 150
"""More may have been cut on its way here (`parsers/answers.py`): what was cut may be the `but`."""
_SENT = (
    r"(?:货|货物|本单|此单|该单|整单|清单)?(?:已经?|都|全部?|已全部|全都|都已|全部已)?"
    r"(?:按清单|照单|按单)?(?:已经?|全部?|都)?"
    r"(?:发货完毕|发完了?|发货了|发货|发出了?|发走了?|寄出了?|出库了?|发了|发齐了?|发)"
    r"|(?:all |everything )?(?:has been |is |was )?(?:shipped|sent|dispatched)(?: all| in full| complete(?:ly)?)?"
)
_IS_DONE = pattern(r"已|了|完|shipped|sent|dispatched", re.IGNORECASE)
_IS_ALL = pattern(r"(?:全|都).*(?:出|齐|走|完)")
"""`全部发出` is said of what is done; `全部发` and `今天全部发出` may be what is to be done."""
_CARRIERS = (
    "顺丰速运|顺丰快递|顺丰|德邦物流|德邦快递|德邦|中通快运|中通快递|中通|圆通快递|圆通|申通快递|申通|韵达快递|韵达|极兔速递|极兔"
    "|京东物流|京东快递|京东|邮政快递|邮政|ems|安能物流|安能|百世快运|百世|跨越速运|跨越|壹米滴答|天地华宇|佳吉快运|佳吉"
    "|sf express|sf|deppon|zto|yto|sto|jd logistics|jd|[\\u4e00-\\u9fff]{2,8}(?:物流|快运|速运|货运|快递|专线)"
)
_WAYBILL = r"(?:[a-z]{1,5}[- ]?)?\d{6,20}"
_TOKENS = (
    ("greeting", r"您好|你好|大家好|各位好|hi|hello|dear all"),
    ("list", r"(?:清单|发货清单|单号|list)?[:：]?\s*(?P<list>fh\d{6}-\d{4,}(?:-\d+)?)(?:\s*r(?P<revision>\d{1,4}))?"),
    ("order", r"(?:订单|order)?[:：]?\s*(?P<order>dd\d{6}-\d{4,}(?:-\d+)?)"),
    ("label", r"(?:承运商?|承运人|物流公司|快递公司|物流|快递|carrier|via|by)[:：]?(?=\s*(?:" + _CARRIERS + r"))"),
    ("waybill", r"(?:(?:运单号?|快递单号|物流单号|单号|waybill|tracking)(?: ?(?:no|number))?[.:：]?\s*)?(?P<waybill>" + _WAYBILL + r")(?![\w-])"),
    ("day", r"(?P<already>已)?(?:于)?(?P<day>今天|今日|昨天|昨日|today|yesterday|(?:\d{4}[年/.-])?\d{1,2}[月/.-]\d{1,2}日?)"),
    ("sent", _SENT),
    ("carrier", r"(?:走|用|交)?(?P<carrier>" + _CARRIERS + r")"),
    ("closing", r"请查收|请知悉|请知晓|知悉|特此告知|谢谢|多谢|thanks|thank you|regards|fyi"),
    ("between", r"[\s,，。.;；:：、!！/()（）【】\[\]~～-]+"),
)  # fmt: skip
_TOKEN = tuple((name, pattern(sign, re.IGNORECASE)) for name, sign in _TOKENS)


@dataclass(frozen=True, slots=True)
class AllSent:
    """All of a list has left. `revision` is that of the list where the words name it."""

    carrier: str = ""
    waybill: str = ""
    shipped_on: date | None = None
    revision: int | None = None
    numbers: tuple[str, ...] = ()
    """Of lists and orders that the words themselves name."""


def all_sent(lines: Iterable[str], today: date) -> AllSent | None:
    """None where the words say anything else, or anything more. `today` is the day of receipt."""
    said = list(lines)
    if len(said) > MOST_LINES or any(len(line) > LONGEST_LINE for line in said):
        return None
    text = unicodedata.normalize("NFKC", "\n".join(said)).strip()
    if not text or len(text) > LONGEST:
        return None
    found = _tokens(text)
    if found is None:
        return None
    sent = " ".join(said for name, said in found if name in ("sent", "already"))
    told = {name for name, _ in found}
    carriers = {said for name, said in found if name == "carrier"}
    waybills = {said.upper().replace(" ", "") for name, said in found if name == "waybill"}
    days = {_day(said, today) for name, said in found if name == "day"}
    revisions = {int(said) for name, said in found if name == "revision"}
    is_done = _IS_DONE.search(sent) or ("day" not in told and _IS_ALL.search(sent))
    said_twice = any(len(each) > 1 for each in (carriers, waybills, days, revisions))
    if "sent" not in told or not is_done or None in days or said_twice:
        return None
    return AllSent(
        carrier=next(iter(carriers), ""),
        waybill=next(iter(waybills), ""),
        shipped_on=next(iter(days), None),
        revision=next(iter(revisions), None),
        numbers=tuple(said.upper() for name, said in found if name in ("list", "order")),
    )


def _tokens(text: str) -> list[tuple[str, str]] | None:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        matches = ((name, pattern.match(text, at)) for name, pattern in _TOKEN)
        name, match = next(((n, m) for n, m in matches if m and m.end() > at), ("", None))
        if match is None:
            return None
        groups = {k: v for k, v in match.groupdict().items() if v}
        found += groups.items() if groups else ((name, match[0]),)
        at = match.end()
    return found


def _day(said: str, today: date) -> date | None:
    """None where there is no such day, or it lies ahead."""
    if said.casefold() in ("今天", "今日", "today"):
        return today
    if said.casefold() in ("昨天", "昨日", "yesterday"):
        return today - timedelta(days=1)
    *year, month, number = map(int, re.findall(r"\d+", said))
    for each in year or (today.year, today.year - 1):
        try:
            day = date(each, month, number)
        except ValueError:
            return None
        if day <= today and today - day <= timedelta(days=120):
            return day
    return None
