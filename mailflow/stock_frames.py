"""A month's inventory reports are put together in one go, with the sales of the months before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import Any

from mailflow.domain.consolidation import DAYS, Absent, Consolidated, Expiring, Limits, Position
from mailflow.domain.kept_inventory import StockLine, month_after
from mailflow.domain.register import Customer, Register

Lines = Sequence[tuple[str, date, StockLine]]
NUMBERS = ["opening", "received", "sold", "closing"]


def consolidated(
    month: date, lines: Lines, missing: Sequence[Absent], register: Register, limits: Limits
) -> Consolidated:
    """`lines` are those of the month and of as many before it as its sales are told by."""
    return Consolidated(
        month=month,
        expected=len(register.customers),
        positions=_positions(month, lines, register),
        expiring=_expiring(month, lines, register, limits),
        missing=tuple(missing),
        limits=limits,
    )


def _positions(month: date, lines: Lines, register: Register) -> tuple[Position, ...]:
    # Loading it takes a second, and it is needed once a month.
    frames: Any = import_module("pandas")
    frame = frames.DataFrame(
        [(d, x.sku, m, x.opening, x.received, x.sold, x.closing) for d, m, x in lines],
        columns=["code", "sku", "month", *NUMBERS],
    )
    now = frame[frame["month"] == month].groupby(["code", "sku"], sort=True)[NUMBERS].sum()
    if now.empty:
        return ()
    monthly = frame.groupby(["code", "sku", "month"])["sold"].sum()
    mean = monthly.groupby(["code", "sku"]).mean()
    found = []
    for (code, sku), *numbers in now.itertuples():
        opening, received, sold, closing = map(int, numbers)
        usual = float(mean[(code, sku)])
        found.append(
            Position(
                code=code,
                sku=sku,
                cover=int(closing * DAYS / usual) if usual > 0 else None,
                opening=opening,
                received=received,
                sold=sold,
                closing=closing,
                **_named(register, code, sku),
            )
        )
    return tuple(sorted(found, key=lambda p: (p.region, p.code, p.sku)))


def _expiring(
    month: date, lines: Lines, register: Register, limits: Limits
) -> tuple[Expiring, ...]:
    last = month_after(month)
    for _ in range(limits.near):
        last = month_after(last)
    found = [
        Expiring(
            code=code,
            sku=line.sku,
            batch=line.batch,
            expires=line.expires,
            tins=line.closing,
            **_named(register, code, line.sku),
        )
        for code, of, line in lines
        if of == month and line.closing and line.expires and line.expires < last
    ]
    return tuple(sorted(found, key=lambda e: (e.expires, e.region, e.code)))


def _named(register: Register, code: str, sku: str) -> dict[str, str]:
    """Who is not in the register any more is told by code alone."""
    customer: Customer | None = register.by_code.get(code.casefold())
    product = register.by_sku.get(sku.casefold())
    return {
        "region": customer.region if customer else "",
        "distributor": customer.name if customer else code,
        "product": product.name if product else sku,
    }
