"""Statistics as JSON: money and percent are texts, quantities numbers, unknown is null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any

from mailflow.domain.money import shown
from mailflow.domain.statistics import DeskFigures, Figures, Line, Statistics


def as_json(statistics: Statistics) -> Mapping[str, Any]:
    cash, expense = statistics.unlike_ledger
    made = statistics.made.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {
        "period": str(statistics.period),
        "grain": statistics.period.grain.value,
        "first": statistics.period.first.isoformat(),
        "after": statistics.period.after.isoformat(),
        "is_over": statistics.is_over,
        "made": made,
        "regions_only": list(statistics.only),
        "total": _line(statistics.total),
        "by_region": [_line(line) for line in statistics.regions],
        "by_manager": [_line(line) for line in statistics.managers],
        "by_distributor": [_line(line) for line in statistics.distributors],
        "by_product": [_line(line) for line in statistics.products],
        "months": [
            {"month": f"{month:%Y-%m}", "region": region, "amount": shown(amount)}
            for month, region, amount in statistics.months
        ],
        "budgets": [
            {
                "region": use.region,
                "month": f"{use.month:%Y-%m}",
                "budget": shown(use.budget),
                "used": shown(use.used),
                "percent": _text(use.share),
            }
            for use in statistics.budgets
        ],
        "approved": [
            {
                "order": spent.order,
                "region": spent.region,
                "amount": shown(spent.amount),
                "asked": list(spent.asked),
                "by": spent.by,
            }
            for spent in statistics.approved
        ],
        "desk": _desk(statistics.desk),
        "desk_before": _desk(statistics.desk_before),
        "unlike_ledger": {"cash": shown(cash), "expense": shown(expense)},
    }


def _line(line: Line) -> dict[str, Any]:
    named = {"key": line.key, "name": line.name, "region": line.region} if line.key else {}
    return {
        **named,
        **_figures(line.now),
        "change_percent": _text(line.change),
        "year_change_percent": _text(line.year_change),
        "before": _figures(line.before),
        "year_before": _figures(line.year_before),
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "orders": figures.orders,
        "tins": figures.tins,
        "amount": shown(figures.amount),
        "cash": shown(figures.cash),
        "expense": shown(figures.expense),
        "expense_ratio_percent": _text(figures.expense_ratio),
        "shipped_tins": figures.shipped,
        "short_tins": figures.short,
        "lists_on_time": figures.on_time,
        "lists_late": figures.late,
        "on_time_percent": _text(figures.on_time_rate),
        "paid": shown(figures.paid),
        "approved": shown(figures.approved),
        "owed": shown(figures.owed),
    }


def _desk(desk: DeskFigures) -> dict[str, Any]:
    return {
        "mails": desk.mails,
        "orders_decided": desk.decided,
        "accepted_at_once": desk.touchless,
        "touchless_percent": _text(desk.touchless_rate),
        "returned": desk.returned,
        "held": desk.held,
        "review": desk.review,
        "reasons_of_return": dict(desk.reasons),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
