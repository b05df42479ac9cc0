"""What columns and labels of an order can mean."""

from __future__ import annotations

from enum import StrEnum

from mailflow.domain.quantity import Unit


class Meaning(StrEnum):
    """What a column holds. `OTHER` is known and of no use to an order; `GIFT` is asked about.

    `NUMBER_OR_CODE`, `CORNER` (products or distributors below it) and `TOTAL` are settled by what
    stands in the column.
    """

    LINE_NO = "line-no"
    CODE = "code"
    NUMBER_OR_CODE = "number-or-code"
    NAME = "name"
    OTHER_NAME = "other-name"
    SERIES = "series"
    STAGE = "stage"
    CORNER = "corner"
    SPEC = "spec"
    PER_CASE = "per-case"
    UNIT = "unit"
    CASES = "cases"
    TINS = "tins"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit-price"
    CASE_PRICE = "case-price"
    AMOUNT = "amount"
    TOTAL = "total"
    FUNDING = "funding"
    REMARK = "remark"
    DISTRIBUTOR = "distributor"
    DISTRIBUTOR_CODE = "distributor-code"
    CONSIGNEE = "consignee"
    PHONE = "phone"
    ADDRESS = "address"
    DELIVERY_ADDRESS = "delivery-address"
    GIFT = "gift"
    OTHER = "other"


QUANTITIES = {Meaning.CASES: Unit.CASES, Meaning.TINS: Unit.TINS, Meaning.QUANTITY: None}
IDENTITIES = frozenset({Meaning.NAME, Meaning.CODE, Meaning.NUMBER_OR_CODE, Meaning.CORNER})
NAME_PARTS = (Meaning.SERIES, Meaning.STAGE)
NAMING = IDENTITIES.union(NAME_PARTS)
"""What names a product together where no column does by itself."""
WHOSE = frozenset({Meaning.DISTRIBUTOR, Meaning.DISTRIBUTOR_CODE})
MONEY = frozenset({Meaning.UNIT_PRICE, Meaning.CASE_PRICE, Meaning.AMOUNT})
SHIP_TO = frozenset({Meaning.CONSIGNEE, Meaning.PHONE, Meaning.ADDRESS, Meaning.DELIVERY_ADDRESS})


class Label(StrEnum):
    """What a label names. `PARTY` is a name that may be ours as well as the buyer's; `SHIP_TO` holds
    name, number and address in one cell."""

    DISTRIBUTOR = "distributor"
    DISTRIBUTOR_CODE = "distributor-code"
    PARTY = "party"
    ORDER_DATE = "order-date"
    ORDER_NUMBER = "order-number"
    CONSIGNEE = "consignee"
    PHONE = "phone"
    ADDRESS = "address"
    DELIVERY_ADDRESS = "delivery-address"
    CONSIGNEE_PHONE = "consignee-phone"
    SHIP_TO = "ship-to"
    REMARK = "remark"
    FUNDING = "funding"
    ORDER_TYPE = "order-type"
    """`类型：费用订单`: a hint, for most values of such labels have nothing to do with money."""
    UNIT = "unit"
    CASH_TOTAL = "cash-total"
    EXPENSE_TOTAL = "expense-total"
    AMOUNT_TOTAL = "amount-total"
    CASES_TOTAL = "cases-total"
    TINS_TOTAL = "tins-total"
    OTHER = "other"
