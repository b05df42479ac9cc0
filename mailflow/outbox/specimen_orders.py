"""The invented order, people and findings that specimen letters speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mailflow.domain.appraisal import Funding
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.order import BookedLine, BookedOrder, DispatchList, OrderState
from mailflow.domain.register import Customer, Person, Role, ShipTo
from mailflow.domain.sheet import Place

RECEIVED = datetime(2026, 11, 9, 6, 32, tzinfo=UTC)
DAY = date(2026, 11, 9)
FILE = "童之家订单1109.xlsx"
CUSTOMER = Customer(
    code="HE1000",
    name="南阳市童之家贸易有限公司",
    aliases=("南阳童之家",),
    region="河南",
    regional_manager="rm.henan@chenlu.example",
    email="henan1000@dist.example",
    ship_to=ShipTo(
        consignee="李伟",
        phone="13000000000",
        address="河南省南阳市建设路188号",
        delivery_address="河南省南阳市解放大道物流园A区6号仓",
    ),
    credit_limit=Decimal("1000000"),
    expense_balance=Decimal("5000"),
    owed=Decimal("0"),
)
ADMIN = Person(Role.SALES_ADMIN, "销管一", "admin.north@chenlu.example", ("河南",))
FINANCE = Person(Role.FINANCE, "财务", "finance@chenlu.example")
GOODS = (
    ("CL-JZ1-900", "晨露金装婴幼儿配方奶粉1段900g", "900g*6听/箱", 6, 60, "168.00", Funding.CASH),
    ("CL-JZ2-900", "晨露金装婴幼儿配方奶粉2段900g", "900g*6听/箱", 6, 120, "158.00", Funding.CASH),
    (
        "CL-BJ1-900",
        "晨露铂金婴幼儿配方奶粉1段900g",
        "900g*6听/箱",
        6,
        30,
        "238.00",
        Funding.EXPENSE,
    ),
    ("CL-JZ1-S130", "晨露金装小听粉1段130g", "130g*24听/箱", 24, 48, "0.00", Funding.SAMPLE),
)


def order(state: OrderState = OrderState.ACCEPTED, position: int = 0) -> BookedOrder:
    lines = tuple(
        BookedLine(
            where=f"Sheet1!A{row}:H{row}",
            sku=sku,
            name=name,
            spec=spec,
            tins_per_case=pack,
            tins=tins,
            unit_price=Decimal(price),
            amount=Decimal(price) * tins,
            funding=funding,
        )
        for row, (sku, name, spec, pack, tins, price, funding) in enumerate(GOODS, start=7)
    )
    return BookedOrder(
        number="DD261109-0042" + (f"-{position + 1}" if position else ""),
        revision=1,
        mail_id=42,
        position=position,
        customer=CUSTOMER,
        their_number="TZJ-1109",
        day=DAY,
        received=RECEIVED,
        month=DAY.replace(day=1),
        ship_to=CUSTOMER.ship_to,
        lines=lines,
        state=state,
        fingerprint="0" * 64,
        register_version="1",
        attachment=FILE,
        where="Sheet1!A6:H10",
    )


def dispatch_list(special: bool = False) -> DispatchList:
    own = order()
    if special:
        first = replace(own.lines[0], tins=63, remark="门店急用，要散听")
        own = replace(own, lines=(first, *own.lines[1:]))
    return DispatchList("FH261109-0042", 1, own, DAY, "0" * 64, special)


def loose_tins() -> Finding:
    return Finding(
        "loose-tins",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(FILE, "Sheet1", 7, 4),
        found="13",
        expected="6",
        proposal="12 / 18",
        details=(
            ("product", "晨露金装婴幼儿配方奶粉2段900g"),
            ("tins", "13"),
            ("per_case", "6"),
        ),
    )


def over_credit() -> Finding:
    return Finding(
        "over-credit",
        Severity.WARNING,
        Asked.FINANCE,
        found="29040.00",
        expected="40000.00",
        details=(("owed", "15000.00"), ("excess", "4040.00")),
    )


def hidden_quantity() -> Finding:
    return Finding(
        "hidden-quantity",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        at=Place(FILE, "Sheet1", 8, 4),
        found="30",
        details=(("product", "晨露铂金婴幼儿配方奶粉1段900g"),),
    )


def refused() -> Finding:
    return Finding(
        "attachment-refused",
        Severity.ERROR,
        Asked.SENDER,
        found="订单.xlsx",
        variant="encrypted",
        details=(("detail", ""),),
    )
