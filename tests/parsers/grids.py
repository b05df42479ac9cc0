"""Small grids made by hand, read without a file around them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mailflow.domain.document import DoubtKind, Order
from mailflow.domain.naming import KnownNames
from mailflow.domain.quantity import Unit
from mailflow.domain.register import Customer, PricePeriod, Product, Register, ShipTo
from mailflow.parsers.grid import Area, Cell, Grid
from mailflow.parsers.kinds.order import orders_in

A, B, C = "晨星金装奶粉1段900g", "晨星金装奶粉2段900g", "晨星羊奶奶粉1段800g"
SMALL = "晨星小听粉1段100g"
NORTH, SOUTH, EAST = "北城某某商贸有限公司", "南城某某商贸有限公司", "东城某某商贸有限公司"
HEAD = ("序号", "产品名称", "规格", "箱数", "单价", "金额")


def _product(sku: str, name: str, alias: str) -> Product:
    return Product(sku, name, "", (alias,), "900g*6听/箱", "听", 6, (PricePeriod(Decimal(100)),))


def _customer(code: str, name: str, alias: str) -> Customer:
    nothing = Decimal(0)
    return Customer(
        code, name, (alias,), "华东", "m@house.example", "", ShipTo(), nothing, nothing, nothing
    )


REGISTER = Register(
    products=(
        _product("CX-1", A, "金装1段"),
        _product("CX-2", B, "金装2段"),
        _product("CX-3", C, "羊奶1段"),
        _product("CX-S", SMALL, "小听1段"),
    ),
    customers=(
        _customer("N001", NORTH, "北城某某"),
        _customer("S001", SOUTH, "南城某某"),
        _customer("E001", EAST, "东城某某"),
    ),
)
KNOWN = KnownNames.of(REGISTER)
Row = Sequence[str | int | None]


def grid(rows: Sequence[Row], merges: Sequence[Area] = (), name: str = "", **more: object) -> Grid:
    """Numbers become number cells, texts text cells, None leaves a cell empty."""
    filled: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(rows):
        cells = {c: _cell(value) for c, value in enumerate(row) if value is not None}
        if cells:
            filled[number] = cells
    return Grid(name, filled, merges=tuple(merges), **more)  # type: ignore[arg-type] # fields of any kind


def _cell(value: str | int) -> Cell:
    return Cell(value) if isinstance(value, str) else Cell(str(value), Decimal(value))


def read(*rows: Row, merges: Sequence[Area] = ()) -> list[Order]:
    return orders_in(grid(rows, merges), "a.xlsx", "xlsx", KNOWN, ())


def one(*rows: Row, merges: Sequence[Area] = ()) -> Order:
    [order] = read(*rows, merges=merges)
    return order


def goods(order: Order) -> list[tuple[str, str, str]]:
    """Product, quantity and how it is paid, of each line as written."""
    return [
        (
            line.name.text if line.name else line.code.text if line.code else "",
            next((q.text for q in line.quantities if q.text), ""),
            line.funding.text if line.funding else "",
        )
        for line in order.lines
    ]


def whose(order: Order) -> list[str]:
    return [w.text for w in order.distributor]


def units(order: Order) -> set[Unit | None]:
    return {q.unit for line in order.lines for q in line.quantities if q.text}


def asked(order: Order) -> list[tuple[DoubtKind, str]]:
    """What is in doubt, and at which cell."""
    return [(d.kind, d.at.address if d.at else "") for d in order.doubts]
