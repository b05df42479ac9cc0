"""A year of a large desk, written straight into a database: what the statistics are timed on."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.desk import make_desk
from mailflow.config import load
from mailflow.master import MasterKind, read_master
from mailflow.store.engine import open_engine
from mailflow.store.schema import prepare
from mailflow.store.tables import dispatch_lists, history, mails, order_lines, orders
from mailflow.store.tables_accounts import balances, entries, postings
from mailflow.store.tables_shipping import list_lines, shipments, shipped_lines

ORDERS = int(os.environ.get("ORDERS", "100000"))
LINES = int(os.environ.get("LINES", "15"))
YEAR = int(os.environ.get("YEAR", "2026"))
PIECE = 2_000
REASONS = ("loose-tins", "price-mismatch", "loose-tins,unknown-product", "quantity-missing")


def fill(config: Path) -> None:
    """Orders of two years, accepted but for one in ten, listed and mostly shipped in time."""
    made = load(config)
    engine = open_engine(made.database_url)
    prepare(engine, None)
    customers = read_master(MasterKind.CUSTOMERS, made.path(made.master.customers)).rows
    products = read_master(MasterKind.PRODUCTS, made.path(made.master.products)).rows
    dice = random.Random(1)
    with engine.begin() as connection:
        for begin in range(0, ORDERS, PIECE):
            _piece(
                connection, range(begin, min(begin + PIECE, ORDERS)), (customers, products), dice
            )
        _balance(connection)
    engine.dispose()


def _piece(connection: sa.Connection, numbers: range, desk: Any, dice: random.Random) -> None:
    found: dict[sa.Table, list[dict[str, Any]]] = {
        table: []
        for table in (mails, orders, order_lines, history, dispatch_lists, list_lines, shipments, shipped_lines, entries, postings)
    }  # fmt: skip
    for number in numbers:
        for table, row in _order(number + 1, desk, dice):
            found[table].append(row)
    for table, rows in found.items():
        if rows:
            connection.execute(sa.insert(table), rows)


def _order(
    number: int, desk: Any, dice: random.Random
) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    customers, products = desk
    customer = customers[min(int(dice.expovariate(6 / len(customers))), len(customers) - 1)]
    day = date(YEAR - 1, 1, 1) + timedelta(days=dice.randrange(365 + 330))
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    is_in = dice.random() > 0.1
    lines = []
    for position in range(LINES):
        product = products[(number + position * 7) % len(products)]
        tins, cents = dice.randrange(1, 30) * 6, int(float(product["price"] or 0) * 100)
        funding = "expense" if dice.random() < 0.08 else "cash"
        lines.append((position, product["sku"], tins, cents, tins * cents, funding))
    cash = sum(line[4] for line in lines if line[5] == "cash")
    expense = sum(line[4] for line in lines if line[5] == "expense")
    month = day.replace(day=1) if day.day <= 25 else (day + timedelta(days=10)).replace(day=1)
    state = "accepted" if is_in else "returned"
    yield mails, {"id": number, "sha256": f"{number:064d}", "size": 9000, "received": at, "arrived": at, "state": "done" if is_in else "returned", "reason": "booked", "marks": {}, "findings": []}  # fmt: skip
    yield orders, {"id": number, "number": f"DD{day:%y%m%d}-{number}", "revision": 1, "mail_id": number, "position": 0, "distributor": customer["code"], "region": customer["region"], "fingerprint": f"{number:064d}", "day": day, "received": at, "month": month, "state": state, "tins": sum(x[2] for x in lines), "amount_cents": cash + expense, "cash_cents": cash, "expense_cents": expense, "content": {"padding": "x" * 150 * LINES}, "findings": [], "changed": number}  # fmt: skip
    reason = "" if is_in else dice.choice(REASONS)
    yield history, {"at": at, "kind": "order", "subject_id": f"DD{day:%y%m%d}-{number}", "before": "", "after": state, "by": "bench", "reason": reason}  # fmt: skip
    for position, sku, tins, cents, amount, funding in lines:
        yield order_lines, {"order_id": number, "position": position, "place": f"S!A{position}", "sku": sku, "tins": tins, "unit_price_cents": cents, "amount_cents": amount, "funding": funding}  # fmt: skip
    if not is_in:
        return
    yield dispatch_lists, {"id": number, "number": f"FH{number}", "revision": 1, "order_id": number, "issued": day, "created": at}  # fmt: skip
    left = day + timedelta(days=dice.choice((1, 1, 2, 2, 3, 6)))
    yield shipments, {"id": number, "list_id": number, "mail_id": number, "at": at, "shipped_on": left, "state": "counted", "fingerprint": f"{number:064d}"}  # fmt: skip
    for position, sku, tins, _, _, funding in lines:
        short = 6 if dice.random() < 0.02 else 0
        yield list_lines, {"list_id": number, "position": position, "sku": sku, "funding": funding, "tins": tins - short, "short": short}  # fmt: skip
        yield shipped_lines, {"shipment_id": number, "position": position, "list_position": position, "sku": sku, "tins": tins - short}  # fmt: skip
    yield from _entered(number, customer["code"], (day, month, at), (cash, expense))
    paid = 10_000_000 + number, customer["code"], (day, month, at), int(cash * 0.9)
    yield entries, _entry(f"payment:{number}", "payment", *paid[:3])
    yield postings, {"entry_id": paid[0], "account": "bank", "cents": paid[3]}
    yield postings, {"entry_id": paid[0], "account": "owed", "cents": -paid[3]}


def _entry(key: str, kind: str, number: int, who: str, when: Any) -> dict[str, Any]:
    day, month, at = when
    return {"id": number, "key": key, "kind": kind, "distributor": who, "day": day, "period": month, "at": at}  # fmt: skip


def _entered(
    number: int, who: str, when: Any, amounts: tuple[int, int]
) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    cash, expense = amounts
    yield entries, _entry(f"order:{number}/1", "order", number, who, when)
    for account, cents in (
        ("owed", cash),
        ("sales", -cash),
        ("unused", -expense),
        ("taken", expense),
    ):
        yield postings, {"entry_id": number, "account": account, "cents": cents}


def _balance(connection: sa.Connection) -> None:
    """The kept balances are the sums of all postings, as the ledger promises."""
    summed = (
        sa.select(entries.c.distributor, postings.c.account, sa.func.sum(postings.c.cents))
        .join(postings, postings.c.entry_id == entries.c.id)
        .group_by(entries.c.distributor, postings.c.account)
    )
    kept: dict[str, dict[str, int]] = {}
    for who, account, cents in connection.execute(summed):
        kept.setdefault(who, {})[account] = int(cents)
    names = [c.name for c in balances.c if c.name != "distributor"]
    rows = [{"distributor": who, **dict.fromkeys(names, 0), **sums} for who, sums in kept.items()]
    connection.execute(sa.insert(balances), rows)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    has_desk = (folder / "config.yaml").exists()
    fill(folder / "config.yaml" if has_desk else make_desk(folder, imap=993, ca="none", smtp=25))
