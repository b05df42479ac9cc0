"""Which words mean cash, expense or sample goods (rulings of the desk, 11)."""

from __future__ import annotations

from enum import StrEnum

from mailflow.domain.pattern import pattern
from mailflow.domain.spelling import normalised, plain


class Funding(StrEnum):
    CASH = "cash"
    EXPENSE = "expense"
    SAMPLE = "sample"


CASH = (
    "现金 现金款 现金货 现金货款 现款 现款货 货款 现结 现付 预付 预付款 打款 款货 现汇 cash prepaid cashgoods "
    "cashpayment"
)
EXPENSE = (
    "费用 费用款 费用货 市场费用 市场费用款 市场费用货 核销 费用核销 费用抵扣 费用支持 费用冲抵 冲抵费用 费用结算 费用支付 走费用 费用抵货 费用抵货款 费用抵款 费用折抵 费用兑货 expense expenses expensegoods "
    "marketing marketingexpense"
)
SAMPLE = (
    "赠品 赠送 赠 赠品粉 小听粉 小听 样品 样品粉 试用 试用装 试饮 派样 免费 sample samples sampletin sampletins "
    "gift gifts free freegift freesample freegoods foc"
)
_WORDS = {
    normalised(word): funding
    for words, funding in (
        (CASH, Funding.CASH),
        (EXPENSE, Funding.EXPENSE),
        (SAMPLE, Funding.SAMPLE),
    )
    for word in words.split()
}
_FIRST = (
    *(
        "以下均为",
        "以下为",
        "以下是",
        "以下",
        "下列",
        "本表为",
        "本单为",
        "其中",
        "随货",
        "本次",
        "本月",
        "附",
        "另",
    ),
    *("thefollowingare", "following"),
)
_LAST = (
    *(
        "部分",
        "订货单",
        "订货",
        "订单",
        "要货单",
        "要货",
        "申请单",
        "申请",
        "明细表",
        "明细",
        "清单",
        "产品",
        "商品",
    ),
    *("款项", "如下", "类", "区", "项", "表", "货", "款", "品", "续"),
    *(
        "products",
        "product",
        "goods",
        "items",
        "item",
        "part",
        "section",
        "orders",
        "order",
        "lines",
    ),
)
_NUMBER = pattern(
    r"\s*(?:第?[(（【\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-z])[)）】\]]?(?:部分)?[、.．:：)）\s]\s*"
    r"|[(（【\[](?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-z])[)）】\]]\s*|\d{1,2}(?=[\u4e00-\u9fff]))"
)
_NOTE_BEHIND = pattern(r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】][\s:：]*$")
_ELSEWHERE = pattern(
    "费用|核销|赠|返利|返点|返货|返还|奖励|补偿|补贴|补损|补货|换货|退货|试用|试饮|样品|小听|免费|促销|活动|政策|专项|陈列|让利|折让|临期|"
    "expense|rebate|bonus|gift|free|sample|return|promotion"
)


def funding_word(text: str) -> Funding | None:
    """What a word means by itself; None for any other word, however like."""
    return _WORDS.get(normalised(text))


def funding_title(text: str) -> Funding | None:
    """What the title of a part says: `一、现金货`, `【费用部分】`, `以下为费用款`.

    Strict: without numbering, brackets and a few words that add nothing, a funding word must
    remain. A note in brackets behind it may not speak of another funding.
    """
    text = plain(text)
    if numbered := _NUMBER.match(text):
        text = text[numbered.end() :]
    if (noted := _NOTE_BEHIND.search(text)) and noted.start() > 0:
        other = funding_title(noted[1])
        text = text[: noted.start()]
        if other is None and _ELSEWHERE.search(noted[1]):
            return None
        found = _stripped(normalised(text))
        return found if other in (None, found) else None
    return _stripped(normalised(text))


def _stripped(word: str) -> Funding | None:
    while word:
        if word in _WORDS:
            return _WORDS[word]
        shorter = next((word[len(x) :] for x in _FIRST if word.startswith(x)), None)
        if shorter is None:
            shorter = next((word[: -len(x)] for x in _LAST if word.endswith(x)), None)
        if shorter is None:
            return None
        word = shorter
    return None


def is_other_than_cash(text: str) -> bool:
    """Whether a title speaks of goods that are not simply paid, in words nobody agreed on."""
    return bool(_ELSEWHERE.search(plain(text)))


PAYMENTS = (
    "转账 银行转账 对公转账 公对公 网银 网银转账 电汇 银行电汇 汇款 银行汇款 银行 承兑 承兑汇票 银行承兑 微信 支付宝 刷卡 "
    "款到发货 先款后货 款到 全款 月结 账期 货到付款 banktransfer transfer wire wiretransfer tt remittance "
    "prepayment paymentinadvance cashinadvance monthly"
)
"""Ways to pay money: as the label of a whole table they say no more than that it is paid."""

_PAYMENTS = {normalised(word) for word in PAYMENTS.split()}


def is_way_to_pay(text: str) -> bool:
    return normalised(text) in _PAYMENTS
