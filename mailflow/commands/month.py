"""`show month`: whose inventory reports of a month are in, and of the months before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, complain, load_config, say
from mailflow.domain.kept_inventory import month_in
from mailflow.domain.month_grid import MonthGrid, grid_of, months_until

SIGNS = {"valid": "in", "returned": "returned", "missing": "-"}


def show_month(config_path: Path, text: str, *, as_json: bool) -> int:
    month = month_in(text)
    if month is None:
        complain(f"month {text}: write year and month, such as 2026-11")
        return 2
    months = months_until(month)
    try:
        with opened(load_config(config_path)) as app:
            standing = app.store.records.inventories(months)
            grid = grid_of(months, app.store.register().customers, standing)
    except Failed as failed:
        return failed.code
    say(json.dumps(_shape(grid), ensure_ascii=False) if as_json else "\n".join(_lines(grid)))
    return 0


def _shape(grid: MonthGrid) -> dict[str, Any]:
    names = [f"{month:%Y-%m}" for month in grid.months]
    return {
        "month": names[-1],
        "in": len(grid.rows) - len(grid.missing),
        "missing": [row.customer.code for row in grid.missing],
        "distributors": [
            {
                "region": row.customer.region,
                "code": row.customer.code,
                "name": row.customer.name,
                "manager": row.customer.regional_manager,
                "months": dict(zip(names, row.states, strict=True)),
            }
            for row in grid.rows
        ],
    }


def _lines(grid: MonthGrid) -> Iterator[str]:
    there = len(grid.rows) - len(grid.missing)
    yield f"inventory reports of {grid.months[-1]:%Y-%m}: {there} of {len(grid.rows)} in"
    yield "  ".join([f"{month:%Y-%m}".ljust(8) for month in grid.months]) + "  distributor"
    region = ""
    for row in grid.rows:
        if row.customer.region != region:
            region = row.customer.region
            yield region
        states = "  ".join(SIGNS[state].ljust(8) for state in row.states)
        yield f"{states}  {row.customer.code} {row.customer.name}"
