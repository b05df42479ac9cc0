"""`list budgets`, `show budget`: what each region may order, has ordered, and who let it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.config import Config
from mailflow.domain.budget import BudgetUse, Spent, uses
from mailflow.domain.facts import booking_month
from mailflow.domain.kept_inventory import month_after, month_in

STATES = ("open", "warned", "used-up")


def list_budgets(config_path: Path, state: str | None, *, as_json: bool) -> int:
    """Every month of which anything was used or that has a budget of its own, and the running one."""
    if state is not None and state not in STATES:
        complain(f"list budgets: no state {state}: write one of {', '.join(STATES)}")
        return 2
    try:
        config = load_config(config_path)
        with opened(config) as app:
            budgets, used = app.store.register().budgets, app.store.records.used_by_month()
    except Failed as failed:
        return failed.code
    own = {b.month for b in budgets if b.month}
    months = sorted({*used, *own, _running(config)})
    for month in months:
        for use in uses(budgets, used.get(month, {}), month):
            if state in (None, state_of(use)):
                say(json.dumps(_shape(use), ensure_ascii=False) if as_json else _line(use))
    return 0


def show_budget(config_path: Path, text: str, *, as_json: bool) -> int:
    """`text` is a region, of the running month, or `北区/2026-11`."""
    region, _, said = text.partition("/")
    try:
        config = load_config(config_path)
        running = _running(config)
        month = month_in(said) if said else running
        if month is None:
            complain(f"budget {text}: write a region and a month, such as {region}/{running:%Y-%m}")
            return 2
        with opened(config) as app:
            register, records = app.store.register(), app.store.records
            names = {c.code: c.name for c in register.customers}
            every = uses(register.budgets, records.used(month), month)
            use = next((u for u in every if u.region == region), None)
            spent = [s for s in records.spent(month, month_after(month)) if s.region == region]
    except Failed as failed:
        return failed.code
    if use is None:
        complain(
            f"budget {text}: the region has none of {month:%Y-%m}: see `mailflow list budgets`"
        )
        return 1
    shape = {**_shape(use), "orders": [_order(s, names.get(s.distributor, "")) for s in spent]}
    say(json.dumps(shape, ensure_ascii=False) if as_json else "\n".join(_lines(use, spent, month)))
    return 0


def _running(config: Config) -> date:
    return booking_month(clock().astimezone(config.zone).date(), config.cut_off)


def state_of(use: BudgetUse) -> str:
    return "used-up" if use.is_used_up else "warned" if use.is_warned else "open"


def _shape(use: BudgetUse) -> dict[str, Any]:
    return {
        "region": use.region,
        "month": f"{use.month:%Y-%m}",
        "state": state_of(use),
        "budget": f"{use.budget:.2f}",
        "used": f"{use.used:.2f}",
        "left": f"{use.left:.2f}",
        "percent": str(use.share) if use.share is not None else None,
    }


def _order(spent: Spent, name: str) -> dict[str, Any]:
    return {
        "order": spent.order,
        "distributor": spent.distributor,
        "name": name,
        "amount": f"{spent.amount:.2f}",
        "approved_by": spent.by or None,
        "approved_at": spent.at.isoformat() if spent.at else None,
        "approval_mail": spent.mail_id,
        "asked": list(spent.asked),
        "reason": spent.reason or None,
    }


def _line(use: BudgetUse) -> str:
    share = "–" if use.share is None else f"{use.share}%"
    return (
        f"{use.month:%Y-%m}  {state_of(use):<8}{use.used:>14,.2f} of {use.budget:>14,.2f} "
        f"{share:>7}  {use.region}"
    )


def _lines(use: BudgetUse, spent: Sequence[Spent], month: date) -> Iterator[str]:
    yield f"budget of {use.region} for {month:%Y-%m}: {state_of(use)}"
    yield _line(use)
    for each in spent:
        approved = f"  approved by {each.by} {each.reason}".rstrip() if each.by else ""
        yield f"{each.amount:>14,.2f}  {each.order}  {each.distributor}{approved}"
