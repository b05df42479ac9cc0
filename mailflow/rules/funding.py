"""What a line is paid with, as stated or by silence (rulings of the desk, 11)."""

from __future__ import annotations

from mailflow.domain.document import OrderLine
from mailflow.domain.funding import Funding, funding_title
from mailflow.domain.register import Product, ProductKind


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
