"""The sheet of budgets: what each region could and did order as expense goods, and who let it."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from mailflow.domain.budget import BudgetUse, Spent
from mailflow.outbox.workbooks.statistics_charts import budget_columns
from mailflow.outbox.workbooks.statistics_paper import FIRST, HEAD, NONE, Book, local

HEADS = (
    *(("month", 120), ("region", 100), ("budget", 116), ("budget_used", 116)),
    *(("budget_left", 124), ("budget_share", 80)),
)
APPROVED = (
    *("order", "region", "amount", "month", "approved_at", "approved_mail", "asked"),
    *("distributor", "approved_by"),
)
NUMBERS = ("amount",)
WIDTHS = {6: 210, 7: 230, 8: 200}
"""Pixels of the columns that only approvals have."""


def budgets(paper: Book) -> None:
    """Nothing where the house has no budgets and nobody approved anything."""
    statistics = paper.statistics
    if not statistics.budgets and not statistics.approved:
        return
    page = paper.sheet("budgets", [(paper.words[name], width) for name, width in HEADS])
    page.write_string(HEAD, 1, paper.words["region"], paper.looks["head_text"])
    for row, use in enumerate(statistics.budgets, start=FIRST):
        _use(paper, page, row, use)
    below = FIRST + len(statistics.budgets) + 1
    if statistics.budgets:
        page.insert_chart(below, 0, budget_columns(paper))
        below += 16
    if statistics.approved:
        _approvals(paper, page, below)


def _use(paper: Book, page: Worksheet, row: int, use: BudgetUse) -> None:
    paper.cell(page, (row, 0), f"{use.month:%Y-%m}", "text")
    paper.cell(page, (row, 1), use.region, "text")
    for column, amount in enumerate((use.budget, use.used, use.left), start=2):
        paper.cell(page, (row, column), amount, "money")
    paper.cell(page, (row, 5), use.share, "percent")


def _approvals(paper: Book, page: Worksheet, head: int) -> None:
    page.write_string(head, 0, paper.words["approvals"], paper.looks["title"])
    for column, width in WIDTHS.items():
        page.set_column_pixels(column, column, width)
    for column, word in enumerate(APPROVED):
        look = paper.looks["head" if word in NUMBERS else "head_text"]
        page.write_string(head + 1, column, paper.words[word], look)
    for row, spent in enumerate(paper.statistics.approved, start=head + 2):
        for column, (value, look) in enumerate(_told(paper, spent)):
            paper.cell(page, (row, column), value, look)


def _told(paper: Book, spent: Spent) -> tuple[tuple[Any, str], ...]:
    asked = "、".join(paper.titles.get(code, code) for code in spent.asked) or NONE
    mail = f"M{spent.mail_id}" if spent.mail_id else NONE
    return (
        (spent.order, "text"),
        (spent.region, "text"),
        (spent.amount, "money"),
        (f"{spent.month:%Y-%m}", "text"),
        (local(spent.at, paper.zone) if spent.at else NONE, "text"),
        (mail, "text"),
        (asked, "text"),
        (spent.distributor, "text"),
        (spent.by, "text"),
    )
