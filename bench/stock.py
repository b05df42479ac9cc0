"""Two years of inventory reports, written straight into a database: what putting them together is timed on."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.desk import products
from mailflow.commands.demo_desk.registers import CONFIG, write_register
from mailflow.config import load
from mailflow.domain.kept_inventory import month_after
from mailflow.domain.month_grid import months_until
from mailflow.store.engine import open_engine
from mailflow.store.schema import prepare
from mailflow.store.tables import mails
from mailflow.store.tables_inventories import inventories, inventory_lines

DISTRIBUTORS = int(os.environ.get("DISTRIBUTORS", "500"))
PRODUCTS = int(os.environ.get("PRODUCTS", "60"))
MONTHS = int(os.environ.get("MONTHS", "24"))
REGIONS = tuple(f"第{n}区" for n in range(1, 13))
LAST = date(2026, 11, 1)
PIECE = 200
MAIL = {"id": 1, "sha256": "0" * 64, "size": 9000, "state": "done", "reason": "booked", "marks": {}, "findings": []}  # fmt: skip


def make_desk(folder: Path) -> Path:
    folder.mkdir(parents=True)
    goods = tuple(
        (sku, name, "", "", "800g*6听/箱", "听", 6, price, "regular", "yes")
        for sku, name, price in products()[:PRODUCTS]
    )
    buyers = tuple(
        (f"C{n:03d}", f"第{n:03d}示例商贸有限公司", "", REGIONS[n % 12], f"m{n % 12}@bench.example", "",
         "某某", f"1300000{n:04d}", f"示例市示例路{n}号", "", 900_000_000, 0, 0)
        for n in range(DISTRIBUTORS)
    )  # fmt: skip
    people = (
        *(("regional_manager", f"经理{n}", f"m{n}@bench.example", r, "") for n, r in enumerate(REGIONS)),
        ("sales_admin", "销管", "admin@bench.example", "", ""),
        ("warehouse", "仓库", "warehouse@bench.example", "", ""),
        ("finance", "财务", "finance@bench.example", "", ""),
        ("marketing_gm", "市场", "gm@bench.example", "", ""),
    )  # fmt: skip
    for kind, rows in (("products", goods), ("customers", buyers), ("staff", people)):
        write_register(folder, kind, rows)
    config = folder / "config.yaml"
    config.write_text(f"{CONFIG}month: {{remind: 18, due: 20, at: '09:00'}}\n", encoding="utf-8")
    for part in ("new", "cur", "tmp"):
        (folder / "inbox" / part).mkdir(parents=True)
    return config


def fill(config: Path) -> None:
    """Reports that hold, of every distributor and month; each opens with what the one before closed."""
    engine = open_engine(load(config).database_url)
    prepare(engine, None)
    dice = random.Random(1)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    with engine.begin() as connection:
        connection.execute(sa.insert(mails), [{**MAIL, "received": at, "arrived": at}])
        for begin in range(0, DISTRIBUTORS, PIECE):
            some = range(begin, min(begin + PIECE, DISTRIBUTORS))
            reports = [r for n in some for r in _reports(n, at)]
            connection.execute(sa.insert(inventories), reports)
            for n in some:
                connection.execute(sa.insert(inventory_lines), list(_lines(n, dice)))
    engine.dispose()


def _reports(distributor: int, at: datetime) -> Iterator[dict[str, Any]]:
    for position, month in enumerate(months_until(LAST, MONTHS)):
        yield {"id": distributor * MONTHS + position + 1, "distributor": f"C{distributor:03d}", "month": month, "revision": 1, "state": "valid", "mail_id": 1, "sender": "m@bench.example", "received": at}  # fmt: skip


def _lines(distributor: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    for position, (sku, _, _) in enumerate(products()[:PRODUCTS]):
        opening = dice.randrange(0, 60) * 6
        for nth in range(MONTHS):
            received = dice.randrange(0, 40) * 6
            sold = min(opening + received, dice.randrange(0, 240))
            closing = opening + received - sold
            expires = month_after(LAST) + timedelta(days=dice.randrange(30, 700))
            yield {"inventory_id": distributor * MONTHS + nth + 1, "position": position, "sku": sku, "opening": opening, "received": received, "sold": sold, "moved": 0, "closing": closing, "batch": f"L{nth:02d}{position:02d}", "expires": expires}  # fmt: skip
            opening = closing


if __name__ == "__main__":
    fill(make_desk(Path(sys.argv[1])))
