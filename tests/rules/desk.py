"""A small invented desk and short ways to write an order for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.domain.budget import Budget
from mailflow.domain.decision import Decision
from mailflow.domain.document import (
    Amount,
    Dated,
    Order,
    OrderLine,
    Total,
    TotalOf,
    WrittenShipTo,
)
from mailflow.domain.facts import EarlierOrder, Facts, Sender
from mailflow.domain.finding import Finding
from mailflow.domain.mail import Trust
from mailflow.domain.naming import Lexicon
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.register import (
    Customer,
    Person,
    PricePeriod,
    Product,
    ProductKind,
    Register,
    Role,
    ShipTo,
)
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.values import quantity_of
from mailflow.rules.check import Weight
from mailflow.rules.decide import judge

CASES, TINS = Unit.CASES, Unit.TINS
FILE, SHEET = "order.xlsx", "Sheet1"
CODE, NAME, SPEC, QUANTITY, SECOND, PRICE, AMOUNT, FUNDING, REMARK = range(9)
"""The columns in which the builders put things."""


def product(sku: str, name: str, english: str, aliases: str, pack: int, price: str) -> Product:
    weight = sku.rsplit("-", 1)[1].removeprefix("S")
    return Product(
        sku=sku,
        name=name,
        english_name=english,
        aliases=tuple(a for a in aliases.split("; ") if a),
        spec=f"{weight}g*{pack}听/箱",
        unit="听",
        tins_per_case=pack,
        prices=(PricePeriod(Decimal(price)),),
    )


GOLD = product("MS-G1-900", "晨霜金装奶粉1段900g", "Morn Gold 1 900 g", "金装1段; Gold 1", 6, "168")
GOLD_SMALL = product(
    "MS-G1-400", "晨霜金装奶粉1段400g", "Morn Gold 1 400 g", "金装1段400g", 12, "80.60"
)
GOLD_TWO = product("MS-G2-900", "晨霜金装奶粉2段900g", "Morn Gold 2 900 g", "金装2段", 6, "158")
GOAT = product("MS-Y1-800", "晨霜羊奶粉1段800g", "Morn Goat 1 800 g", "羊奶1段", 6, "328")
GOAT_TWO = product("MS-Y2-800", "晨霜羊奶粉2段800g", "Morn Goat 2 800 g", "羊奶2段", 6, "318")
SAMPLE = replace(
    product("MS-G1-S130", "晨霜金装小听粉1段130g", "Morn Gold Sample 1 130 g", "小听1段", 24, "0"),
    kind=ProductKind.SAMPLE,
)
RETIRED = replace(
    product("MS-G5-900", "晨霜学生奶粉900g", "Morn Student 900 g", "学生奶粉", 6, "98"),
    active=False,
)
REGULAR = (GOLD, GOLD_SMALL, GOLD_TWO, GOAT, GOAT_TWO)


def customer(code: str, name: str, aliases: str, region: str) -> Customer:
    return Customer(
        code=code,
        name=name,
        aliases=tuple(aliases.split("; ")),
        region=region,
        regional_manager="manager@house.example",
        email=f"{code.casefold()}@dist.example",
        ship_to=ShipTo("王芳", "13800001234", f"{region}省测试市中山路1-23号", ""),
        credit_limit=Decimal("1000000"),
        expense_balance=Decimal("5000"),
        owed=Decimal("0"),
    )


BELLE = customer("HB1001", "石门市贝乐商贸有限公司", "石门贝乐", "冀北")
ISLE = customer("HB1002", "平川市爱岛贸易有限公司", "平川爱岛", "冀北")
ISLE_TOO = customer("HB1003", "平川市爱岛商贸有限公司", "平川爱岛", "冀北")
MANAGER = Person(Role.REGIONAL_MANAGER, "李经理", "manager@house.example", ("冀北",))
ADMIN = Person(Role.SALES_ADMIN, "销管", "admin@house.example", ("冀北",))
FAR_ADMIN = Person(Role.SALES_ADMIN, "远方销管", "far@house.example", ("岭南",))
WAREHOUSE = Person(Role.WAREHOUSE, "仓库", "warehouse@house.example")
REGISTER = Register(
    products=(*REGULAR, SAMPLE, RETIRED),
    customers=(BELLE, ISLE, ISLE_TOO),
    staff=(MANAGER, ADMIN, FAR_ADMIN, WAREHOUSE),
    version="1",
)
LEXICON = Lexicon(REGISTER)
RECEIVED = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
"""The morning of the 9th in Shanghai."""


def facts(**changes: Any) -> Facts:
    sender = Sender(MANAGER.email, Trust.A, (MANAGER,))
    return replace(Facts(REGISTER, sender, RECEIVED, ZoneInfo("Asia/Shanghai")), **changes)


def with_customer(**changes: Any) -> Facts:
    """Facts in which the first distributor is different."""
    changed = replace(REGISTER, customers=(replace(BELLE, **changes), ISLE, ISLE_TOO))
    return facts(register=changed)


def budgeted(amount: str, used: str = "0", *, month: date | None = None) -> Facts:
    """Facts in which the first distributor's region has a budget, of every month or of one."""
    budget = Budget(BELLE.region, month, Decimal(amount))
    return facts(register=replace(REGISTER, budgets=(budget,)), spent={BELLE.region: Decimal(used)})


def at(row: int, column: int) -> Place:
    return Place(FILE, SHEET, row, column)


def written(text: str | None, row: int, column: int) -> Written | None:
    return None if text is None else Written(text, at(row, column))


def said(text: str) -> Written:
    """Words about the whole order: a hint, a remark."""
    return Written(text)


def quantity(text: str, unit: Unit | None, place: Place, *, hidden: bool = False) -> Quantity:
    """As the reader makes it of a cell; what lies outside its grammar has no number."""
    read = quantity_of(text) if text else None
    if read is None:
        return Quantity(text, place, None, unit, hidden=hidden)
    number, own, loose = read
    return Quantity(text, place, number, own or unit, loose, hidden)


def amount(text: str | None, row: int, column: int, per: Unit | None = None) -> Amount | None:
    if text is None:
        return None
    try:
        number = Decimal(text)
    except ArithmeticError:
        number = None
    return Amount(text, at(row, column), number, per)


def line(
    name: str | None = GOLD.name,
    number: str = "60",
    unit: Unit | None = TINS,
    row: int = 7,
    **more: Any,
) -> OrderLine:
    """A row as the reader makes it; `second` is (text, unit) of a further quantity cell."""
    cells = [quantity(number, unit, at(row, QUANTITY), hidden=more.get("hidden", False))]
    if "second" in more:
        text, second_unit = more["second"]
        cells.append(quantity(text, second_unit, at(row, SECOND)))
    return OrderLine(
        where=Span(FILE, SHEET, row, 0, row, 8),
        code=written(more.get("code"), row, CODE),
        name=written(name, row, NAME),
        spec=written(more.get("spec"), row, SPEC),
        quantities=tuple(cells),
        unit_price=amount(more.get("price"), row, PRICE, more.get("per")),
        amount=amount(more.get("amount"), row, AMOUNT),
        funding=written(more.get("funding"), row, FUNDING),
        remark=written(more.get("remark"), row, REMARK),
        hidden=more.get("hidden", False),
    )


def total(of: TotalOf, text: str, lines: Sequence[int] = (0,), column: int = 20) -> Total:
    read = amount(text, 0, 0)
    return Total(of, text, at(30, column), read.number if read else None, tuple(lines))


def order(*lines: OrderLine, **more: Any) -> Order:
    """An order of the first distributor, unless `distributor` says otherwise."""
    names = more.pop("distributor", (BELLE.name,))
    day = more.pop("day", None)
    return Order(
        attachment=FILE,
        where=Span(FILE, SHEET, 6, 0, 30, 8),
        format="xlsx",
        lines=lines or (line(),),
        distributor=tuple(Written(n, at(1, 1 + i)) for i, n in enumerate(names)),
        order_date=Dated(str(day), at(2, 1), day if isinstance(day, date) else None)
        if day
        else None,
        **more,
    )


def ship_to(**fields: str) -> WrittenShipTo:
    return WrittenShipTo(**{k: Written(v, at(3, i)) for i, (k, v) in enumerate(fields.items())})


def earlier(**changes: Any) -> EarlierOrder:
    first = EarlierOrder("DD261108-0001", BELLE.code, "f", "", RECEIVED, "accepted")
    return replace(first, **changes)


def judged(
    document: Order, known: Facts | None = None, weights: Mapping[str, Weight] | None = None
) -> Decision:
    known = known or facts()
    lexicon = LEXICON if known.register is REGISTER else Lexicon(known.register)
    return judge(document, known, lexicon, weights or {})


def findings(code: str, document: Order, known: Facts | None = None) -> list[Finding]:
    return [f for f in judged(document, known).findings if f.code == code]


def codes(document: Order, known: Facts | None = None) -> set[str]:
    return {f.code for f in judged(document, known).findings}
