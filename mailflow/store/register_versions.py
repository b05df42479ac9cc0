"""The register as it was at a version, each product with the prices it had until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.master import (
    MasterKind,
    budgets_of,
    customers_of,
    papers_of,
    prices_of,
    products_of,
    staff_of,
)
from mailflow.domain.prices import with_listed
from mailflow.domain.register import PricePeriod, Product, Register
from mailflow.store.mailed import versions_in
from mailflow.store.tables import masters


def register_in_force(connection: sa.Connection, zone: ZoneInfo, version: str) -> Register:
    """`version` is as an order keeps it, `3.5.6`."""
    upto = {kind.value: number for kind, number in versions_in(version)}
    latest: dict[str, list[Mapping[str, str]]] = {}
    history: list[tuple[datetime, tuple[Product, ...]]] = []
    for row in connection.execute(sa.select(masters).order_by(masters.c.id)):
        if row.id > upto.get(row.kind, 0):
            continue
        latest[row.kind] = row.rows
        if row.kind == MasterKind.PRODUCTS.value:
            history.append((row.loaded, products_of(row.rows)))
    return Register(
        products=with_listed(
            _with_prices(history, zone), prices_of(latest.get(MasterKind.PRICES, ()))
        ),
        customers=customers_of(latest.get(MasterKind.CUSTOMERS.value, ())),
        staff=staff_of(latest.get(MasterKind.STAFF.value, ())),
        version=version,
        budgets=budgets_of(latest.get(MasterKind.BUDGETS, ())),
        papers=papers_of(latest.get(MasterKind.PAPERS, ())),
    )


def _with_prices(
    history: list[tuple[datetime, tuple[Product, ...]]], zone: ZoneInfo
) -> tuple[Product, ...]:
    """The newest products, each with every price it had and the business day that began."""
    periods: dict[str, list[PricePeriod]] = {}
    for number, (loaded, products) in enumerate(history):
        since = loaded.astimezone(zone).date() if number else None
        for product in products:
            price = product.prices[0].price
            known = periods.setdefault(product.sku, [])
            if not known or known[-1].price != price:
                known.append(PricePeriod(price, since if known else None))
    newest = history[-1][1] if history else ()
    return tuple(replace(p, prices=tuple(periods[p.sku])) for p in newest)
