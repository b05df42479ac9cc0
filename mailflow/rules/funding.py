"""What a line is paid with, as stated or by silence (rulings of the desk, 11)."""

from __future__ import annotations

from mailflow.domain.document import OrderLine
from mailflow.domain.funding import Funding, funding_title
from mailflow.domain.naming import normalised
from mailflow.domain.register import Product, ProductKind

PAYMENTS = (
    "转账 银行转账 对公转账 公对公 网银 网银转账 电汇 银行电汇 汇款 银行汇款 银行 承兑 承兑汇票 银行承兑 微信 支付宝 刷卡 "
    "款到发货 先款后货 款到 全款 月结 账期 货到付款 banktransfer transfer wire wiretransfer tt remittance "
    "prepayment paymentinadvance cashinadvance monthly"
)
"""Ways to pay money: as the label of a whole table they say no more than that it is paid."""

_PAYMENTS = {normalised(word) for word in PAYMENTS.split()}


def is_way_to_pay(text: str) -> bool:
    return normalised(text) in _PAYMENTS


def funding_of(line: OrderLine, product: Product) -> Funding | None:
    """As stated; absent means cash, and sample for products of kind sample. None: no such word.

    Small tins are given away whatever pays for the other lines under the same title.
    """
    is_sample = product.kind is ProductKind.SAMPLE
    if line.funding is None or not line.funding.text.strip():
        return Funding.SAMPLE if is_sample else Funding.CASH
    if is_sample and line.funding.at is not None and line.funding.at.row != line.where.top:
        return Funding.SAMPLE
    return funding_title(line.funding.text)
