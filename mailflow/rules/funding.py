"""Which words mean cash, expense or sample goods (rulings of the desk, 11)."""

from __future__ import annotations

from mailflow.domain.appraisal import Funding
from mailflow.domain.document import OrderLine
from mailflow.domain.naming import normalised
from mailflow.domain.register import Product, ProductKind

CASH = (
    "现金",
    "现金款",
    "现款",
    "现金货款",
    "货款",
    "现结",
    "现付",
    "预付",
    "预付款",
    "打款",
    "cash",
    "c",
    "prepaid",
)
EXPENSE = (
    "费用", "费用款", "市场费用", "费用货", "核销", "费用核销", "费用抵扣", "费用支持", "expense", "expenses",
    "marketing", "marketingexpense", "e",
)  # fmt: skip
SAMPLE = (
    "赠品", "小听粉", "样品", "试用装", "小听", "赠送", "赠", "样品粉", "试饮", "派样", "sample", "samples", "gift",
    "free", "freegift", "foc",
)  # fmt: skip
_WORDS = (
    {normalised(w): Funding.CASH for w in CASH}
    | {normalised(w): Funding.EXPENSE for w in EXPENSE}
    | {normalised(w): Funding.SAMPLE for w in SAMPLE}
)


def funding_word(text: str) -> Funding | None:
    return _WORDS.get(normalised(text))


def funding_of(line: OrderLine, product: Product) -> Funding | None:
    """As stated; absent means cash, and sample for products of kind sample. None: no such word."""
    if line.funding is not None and line.funding.text.strip():
        return funding_word(line.funding.text)
    return Funding.SAMPLE if product.kind is ProductKind.SAMPLE else Funding.CASH
