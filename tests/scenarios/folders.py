"""The folder of a small house, before its first pass."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.demo_desk.registers import CUSTOMERS, PRODUCTS, STAFF, write_register


def lay_out(folder: Path, config: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    for kind, rows in (("products", PRODUCTS), ("customers", CUSTOMERS), ("staff", STAFF)):
        write_register(folder, kind, rows)
    for part in ("new", "cur", "tmp"):
        (folder / "inbox" / part).mkdir(parents=True, exist_ok=True)
