"""Which words mean cash, expense or sample goods (rulings of the desk, 11)."""

from __future__ import annotations

from mailflow.domain.appraisal import Funding
from mailflow.domain.document import OrderLine
from mailflow.domain.naming import normalised
from mailflow.domain.register import Product, ProductKind

CASH = "现金 现金款 现金货 现金货款 现款 货款 现结 现付 预付 预付款 打款 款货 现汇 cash prepaid cashgoods cashpayment"
EXPENSE = (
    "费用 费用款 费用货 市场费用 市场费用款 核销 费用核销 费用抵扣 费用支持 费用冲抵 冲抵费用 费用结算 费用支付 走费用 "
    "expense expenses expensegoods marketing marketingexpense"
)
SAMPLE = (
    "赠品 赠送 赠 赠品粉 小听粉 小听 样品 样品粉 试用 试用装 试饮 派样 免费 sample samples sampletin gift free "
    "freegift freesample foc"
)
PAYMENTS = (
    "转账 银行转账 对公转账 公对公 网银 网银转账 电汇 银行电汇 汇款 银行汇款 银行 承兑 承兑汇票 银行承兑 微信 支付宝 刷卡 "
    "款到发货 先款后货 款到 全款 月结 账期 货到付款 banktransfer transfer wire wiretransfer tt remittance "
    "prepayment paymentinadvance cashinadvance monthly"
)
"""Ways to pay money: as the label of a whole table they say no more than that it is paid."""

_PAYMENTS = {normalised(word) for word in PAYMENTS.split()}
_WORDS = {
    normalised(word): funding
    for words, funding in (
        (CASH, Funding.CASH),
        (EXPENSE, Funding.EXPENSE),
        (SAMPLE, Funding.SAMPLE),
    )
    for word in words.split()
}


def funding_word(text: str) -> Funding | None:
    """What a word means by itself; None for any other word, however like."""
    return _WORDS.get(normalised(text))


def is_way_to_pay(text: str) -> bool:
    return normalised(text) in _PAYMENTS


def funding_of(line: OrderLine, product: Product) -> Funding | None:
    """As stated; absent means cash, and sample for products of kind sample. None: no such word."""
    if line.funding is not None and line.funding.text.strip():
        return funding_word(line.funding.text)
    return Funding.SAMPLE if product.kind is ProductKind.SAMPLE else Funding.CASH
