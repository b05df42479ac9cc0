"""Free words that name another distributor than the order's, or a place that is not his."""

from __future__ import annotations

from functools import cached_property

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.naming import normalised
from mailflow.domain.pattern import pattern
from mailflow.rules.wishes import said, sends_elsewhere

SHORTEST_NAME = 3
"""Shorter names stand in too many other words."""
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔崔康邱秦史顾侯邵孟龙万段雷汤尹黎易武乔贺赖龚文"
)
_NO_NAME = "周[一二三四五六日天末]|何[时人]|方便|余[款额数]|高[峰价]|万[箱元]|马上|任[何意]|程序|文件|石油|金额|于[今明]|易[损碎]|夏季"
"""What begins like a name and is none: `周一收`, `余款收`."""
_RECEIVES = pattern(
    rf"(?:请|由|请由|改由|转|转给)?(?!{_NO_NAME})([{_SURNAMES}](?:[一-鿿]{{1,2}}?))(?:本人)?(?:签收|代签|收货|收件|收)"
)
_TITLES = pattern("经理|老板|店长|总|姐|哥|女士|先生|小姐|老师|主任|师傅")


class Others:
    """Who else than the one who orders may be named; looked up only where words are."""

    def __init__(self, appraisal: Appraisal, facts: Facts) -> None:
        self._customer = appraisal.customer
        self._customers = facts.register.customers

    def named_in(self, text: str) -> bool:
        """Names of the distributor himself, and his own addresses, count for nothing."""
        if self.receives(text):
            return True
        said = normalised(text)
        for own in self._own:
            said = said.replace(own, "")
        return any(name in said for name in self._names) or sends_elsewhere(said)

    def spoken_of_in(self, text: str) -> bool:
        """A name by itself, below or beside a table, is a stamp or one of a list to choose from."""
        return normalised(text) not in self._names and self.named_in(text)

    def receives(self, text: str, *, titled: bool = True) -> bool:
        """`李四收`, `由王姐签收`: a person by surname, and not the one goods are registered to. In a
        letter `王经理收` may be whom it is written to."""
        words = said(text).strip(" （）()【】[]!！。")
        if self._customer is None or not (named := _RECEIVES.fullmatch(words)):
            return False
        if not titled and _TITLES.search(named[1]):
            return False
        name, consignee = named[1], normalised(self._customer.ship_to.consignee)
        same = consignee[:1] == name[:1] if _TITLES.search(name) else normalised(name) in consignee
        return not same

    @cached_property
    def _own(self) -> list[str]:
        if self._customer is None:
            return []
        who, ship_to = self._customer, self._customer.ship_to
        words = (who.name, *who.aliases, ship_to.address, ship_to.delivery_address)
        return sorted({key for word in words if (key := normalised(word))}, key=len, reverse=True)

    @cached_property
    def _names(self) -> frozenset[str]:
        names = (
            n for c in self._customers if c is not self._customer for n in (c.name, *c.aliases)
        )
        return frozenset(key for n in names if len(key := normalised(n)) >= SHORTEST_NAME)
