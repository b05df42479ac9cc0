"""One order among things that are none: instructions, lists to look up, last month's order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from accuracy import words
from accuracy.book import Book, Page, Value
from accuracy.draft import Draft, Layout, page_of
from accuracy.orders import order_for
from accuracy.painting import paint
from accuracy.truth import Funding


def _instructions(draft: Draft) -> list[Book]:
    """The first sheet explains how to fill in the second."""
    [form] = draft.forms
    page = Page(draft.rng.choice(("填写说明", "说明", "使用说明", "README")))
    page.put(0, 0, "填写说明")
    lines = [
        *draft.rng.sample(words.POLICY, 3),
        "数量请填写整箱数，例如：10",
        "产品名称请从下拉列表中选择。",
        "如有疑问请致电销管部 0000-7654321。",
    ]
    for number, line in enumerate(lines, start=1):
        page.put(number, 0, f"{number}. {line.format(brand=draft.world.brand)}")
    brush = page_of(draft, 1)
    paint(brush, form, draft.rng.choice(("title", "none")))
    return [Book([page, brush.page])]


def _hidden_order(draft: Draft) -> list[Book]:
    """A hidden sheet keeps the order of last month."""
    [form] = draft.forms
    meant = order_for(form.order.dealer, draft.world, draft.choices)
    cash = tuple(x for x in meant.lines if x.funding is Funding.CASH)
    day = form.order.day - timedelta(days=31)
    old = draft.writer.write(replace(meant, lines=cash, day=day), "h")
    hidden = page_of(draft, 1)
    hidden.page.name, hidden.page.hidden = (
        draft.rng.choice(("上月", "10月", "Sheet2", "备份")),
        True,
    )
    paint(hidden, old, "none")
    brush = page_of(draft)
    paint(brush, form, "none")
    return [Book([brush.page, hidden.page])]


def _hidden_master(draft: Draft) -> list[Book]:
    """A hidden first sheet holds the item master that the drop-down lists show."""
    [form] = draft.forms
    page = Page(draft.rng.choice(("产品资料", "基础数据", "数据源", "dict")), hidden=True)
    heads = ("产品编码", "产品名称", "规格", "单位", "箱规", "单价")
    for column, word in enumerate(heads):
        page.put(0, column, word)
    for number, ware in enumerate(draft.world.wares, start=1):
        texts: tuple[Value, ...] = (ware.sku, ware.name, ware.spec, "听", ware.per_case, ware.price)
        for column, value in enumerate(texts):
            page.put(number, column, value)
    brush = page_of(draft)
    paint(brush, form, draft.rng.choice(("title", "none")))
    pages = [page, brush.page] if draft.rng.random() < 0.6 else [brush.page, page]
    return [Book(pages)]


def _lookups(draft: Draft) -> list[Book]:
    """Lists to look up stand far to the right, shown or hidden."""
    [form], brush = draft.forms, page_of(draft)
    paint(brush, form, draft.rng.choice(("title", "none")))
    page, left = brush.page, brush.page.columns + draft.rng.choice((3, 8, 15))
    hidden = draft.rng.random() < 0.5
    for column, word in enumerate(("产品名称", "单价", "箱规")):
        page.put(0, left + column, word)
        if hidden:
            page.hidden_columns.add(left + column)
    for number, ware in enumerate(draft.world.regular, start=1):
        page.put(number, left, ware.name)
        page.put(number, left + 1, ware.price)
        page.put(number, left + 2, ware.per_case)
    for number, dealer in enumerate(draft.world.dealers[:10], start=1):
        page.put(number, left + 4, dealer.name)
        if hidden:
            page.hidden_columns.add(left + 4)
    return [Book([page])]


AROUND = (
    Layout("instruction sheet", _instructions, formats="pages"),
    Layout("hidden order of last month", _hidden_order, formats="pages"),
    Layout("hidden item master", _hidden_master, formats="pages"),
    Layout("lookup columns", _lookups, formats="merged"),
)  # fmt: skip
