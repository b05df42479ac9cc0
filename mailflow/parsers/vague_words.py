"""Headers that may mean a line's funding: what stands below them tells."""

from __future__ import annotations

from mailflow.parsers.vocabulary import key

PAYING_WORDS = "付款方式 支付方式 结算方式 付款类型 付款性质 payment paymenttype paymentmethod"
OTHER_WORDS = "类型 类别 性质 属性 款型 订单性质 订单类型 产品性质 货物性质 type"
PAYING = frozenset(key(word) for word in PAYING_WORDS.split())
"""Under these stands nothing but how money comes, or what is taken in place of money."""
VAGUE = PAYING | frozenset(key(word) for word in OTHER_WORDS.split())
"""Under these anything else may stand, too."""
