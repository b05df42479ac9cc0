"""Words beside money: what takes it back, what denies that it came, what it is for."""

from __future__ import annotations

from mailflow.domain.funding import Funding, funding_word
from mailflow.domain.naming import normalised
from mailflow.domain.pattern import pattern

TAKES_BACK = pattern(
    r"冲销|冲正|冲回|冲减|红字|红冲|退款|退回|更正|撤销|误[记入]|reversal|reversed|refund|correction"
)
NOT_MONEY = pattern(
    r"未到|没到|未收|待确认?|待查|待核[实对]?|暂[不收估]|先不|不入账|预[计收估]|在途|作废|取消|测试|示例|样例|未批|未审|驳回|不同意|"
    r"保证金|押金|质保金|定金|订金|诚意金|服务费|罚款|承诺|计划|目标|欠款|应收|未回|"
    r"pending|expected|forecast|planned|deposit|not (?:yet|received)|cancel|void|test|example|draft"
)
"""Words that deny that it is there, or that it is for goods."""
PLAIN_MONEY = frozenset(
    map(
        normalised,
        [
            "货款",
            "回款",
            "现金货款",
            "产品款",
            "奶粉款",
            "销售款",
            "货款回款",
            "经销商货款",
            "payment",
            "goods",
        ],
    )
)
NO_CASH = pattern(r"费用|核销|返利|冲抵|抵扣|折让|补贴|expense|rebate|offset")
ANOTHER = pattern(r"另[外]?一?笔|又一笔|第[二三四五]笔|两笔|another (?:payment|one)|second payment")
"""Says that it is not the money which the ledger knows already."""


def is_for_goods(said: str) -> bool:
    return normalised(said) in PLAIN_MONEY or funding_word(said) is Funding.CASH
