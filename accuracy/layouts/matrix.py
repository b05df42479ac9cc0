"""Products by distributors: quantities where they meet, the unit said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accuracy.book import Book, Value
from accuracy.brush import Brush
from accuracy.draft import Draft, Layout, dealer_word, page_of
from accuracy.form import Form, Row
from accuracy.world import Ware

LEADS = (
    ("name",),
    ("name", "spec"),
    ("code", "name"),
    ("no", "name", "spec"),
    ("name", "spec", "price"),
)
WORDS = {
    "no": ("序号", "NO"),
    "name": ("产品名称", "品名", "产品", "单品", "产品名称/经销商"),
    "spec": ("规格", "箱规"),
    "code": ("产品编码", "货号"),
    "price": ("单价", "供货价"),
}
FUNDINGS = (("cash", "现金"), ("expense", "费用"))


@dataclass
class Grid:
    """What is drawn once for a matrix. `unit_at` is title, cell, header or nowhere."""

    draft: Draft
    brush: Brush
    counted: str
    unit_at: str
    wares: list[Ware]
    lead: tuple[str, ...]

    @property
    def unit(self) -> str:
        return "箱" if self.counted == "cases" else "听"

    def rows_of(self, form: Form, ware: Ware, funding: str = "") -> list[Row]:
        """The lines of an order that order this ware."""
        return [
            r for r in form.rows if r.line.ware == ware and funding in ("", r.line.funding.value)
        ]

    def put(self, column: int, rows: Sequence[Row]) -> int:
        """The quantity of these lines, or what stands for none; returns what was put."""
        number = int(sum((r.numbers[self.counted] for r in rows), start=0))
        nothing = {"zero": 0, "blank": None, "dash": None}[self.draft.writer.hand.samples_priced]
        value: Value | None = number or nothing
        if rows and "qty" in rows[0].raw:
            value = rows[0].raw["qty"]
        self.brush.put(column, value, rows[0].at("qty") if rows else "")
        return number

    def head(self, title: bool) -> None:
        rng, brush = self.draft.rng, self.brush
        said = rng.choice(
            ("单位：{}", "（单位：{}）", "数量单位：{}", "注：以下数量单位均为{}")
        ).format(self.unit)
        words = rng.choice(("各经销商订货汇总表", "订货汇总", "要货汇总表"))
        if self.unit_at == "title":
            brush.put(0, f"{words}（单位：{self.unit}）")
            brush.row += 1
        elif title:
            brush.put(0, words)
            brush.row += 1
        if self.unit_at == "cell":
            brush.put(rng.choice((0, 2)), said)
            brush.row += 1

    def dealer(self, form: Form) -> str:
        word = dealer_word(self.draft, form)
        return f"{word}（{self.unit}）" if self.unit_at == "header" else word

    def text(self, ware: Ware, field: str, number: int) -> tuple[Value, str]:
        """A leading cell with the key of the first line it stands for."""
        rows = [r for f in self.draft.forms for r in self.rows_of(f, ware)]
        texts: dict[str, Value] = {
            "no": number,
            "name": ware.name,
            "spec": ware.spec,
            "code": ware.sku,
            "price": ware.price,
        }
        if rows and field == "name" and rows[0].raw.get("name"):
            return str(rows[0].raw["name"]), rows[0].at("name")
        return texts[field], rows[0].at(field) if rows else ""


def _grid(draft: Draft) -> Grid:
    ordered = {line.ware for order in draft.orders for line in order.lines}
    if draft.rng.random() < 0.4:
        ordered |= set(draft.world.regular)
    lead = draft.rng.choice(LEADS)
    if "no code" in draft.choices.need:
        lead = LEADS[1]
    return Grid(
        draft,
        page_of(draft),
        draft.rng.choice(("cases", "cases", "tins")),
        "nowhere"
        if "no unit" in draft.choices.need
        else draft.rng.choice(("title", "cell", "header")),
        sorted(ordered, key=draft.world.wares.index),
        lead,
    )


def _down(draft: Draft) -> list[Book]:
    """Products down, distributors across."""
    grid, forms = _grid(draft), draft.forms
    brush, lead = grid.brush, len(grid.lead)
    grid.head(title=draft.rng.random() < 0.7)
    for at, field in enumerate(grid.lead):
        brush.put(at, draft.rng.choice(WORDS[field]))
    for at, form in enumerate(forms, start=lead):
        brush.put(at, grid.dealer(form), f"{form.key}_header_dealer")
    summed = draft.rng.random() < 0.6 or "totals" in draft.choices.need
    if summed:
        brush.put(lead + len(forms), "合计")
    brush.row += 1
    for number, ware in enumerate(grid.wares, start=1):
        _leading(grid, ware, number)
        total = sum(grid.put(at, grid.rows_of(f, ware)) for at, f in enumerate(forms, start=lead))
        if summed:
            brush.put(lead + len(forms), total)
        brush.row += 1
    if summed:
        _sums(grid, lead)
    return [Book([brush.page])]


def _leading(grid: Grid, ware: Ware, number: int) -> None:
    for column, field in enumerate(grid.lead):
        value, key = grid.text(ware, field, number)
        grid.brush.put(column, value, key)


def _sums(grid: Grid, lead: int) -> None:
    grid.brush.put(0, grid.draft.rng.choice(("合计", "总计")))
    whole = 0
    for at, form in enumerate(grid.draft.forms, start=lead):
        total = int(sum((r.numbers[grid.counted] for r in form.rows), start=0))
        whole += total
        stated = form.total_raw.get("qty", total)
        grid.brush.put(at, stated, f"{form.total}_qty")
    grid.brush.put(lead + len(grid.draft.forms), whole)
    grid.brush.row += 1


def _by_funding(draft: Draft) -> list[Book]:
    """Under each distributor one column for cash goods and one for expense goods."""
    grid, forms = _grid(draft), draft.forms
    brush, lead = grid.brush, len(grid.lead)
    grid.head(title=draft.rng.random() < 0.7)
    for at, field in enumerate(grid.lead):
        brush.put(at, draft.rng.choice(WORDS[field]))
        brush.page.merge(brush.row, at, brush.row + 1, at)
    for at, form in enumerate(forms):
        left = lead + 2 * at
        brush.put(left, grid.dealer(form), f"{form.key}_header_dealer")
        brush.page.merge(brush.row, left, brush.row, left + 1)
        for step, (_, word) in enumerate(FUNDINGS):
            brush.page.put(brush.row + 1, left + step, word)
    brush.row += 2
    for number, ware in enumerate(grid.wares, start=1):
        _leading(grid, ware, number)
        for at, form in enumerate(forms):
            for step, (funding, _) in enumerate(FUNDINGS):
                grid.put(lead + 2 * at + step, grid.rows_of(form, ware, funding))
        brush.row += 1
    return [Book([brush.page])]


def _across(draft: Draft) -> list[Book]:
    """Distributors down, products across."""
    grid = _grid(draft)
    brush = grid.brush
    grid.head(title=False)
    brush.put(0, draft.rng.choice(("经销商", "客户名称", "经销商名称")))
    for at, ware in enumerate(grid.wares, start=1):
        value, key = grid.text(ware, "name", at)
        brush.put(at, value, key)
    brush.row += 1
    for form in draft.forms:
        brush.put(0, grid.dealer(form), f"{form.key}_header_dealer")
        for at, ware in enumerate(grid.wares, start=1):
            grid.put(at, grid.rows_of(form, ware))
        brush.row += 1
    return [Book([brush.page])]


AVOID = frozenset({"expense", "samples", "english", "distractor columns"})
OFFERS = frozenset({"matrix", "dealers"})
MATRIX = (
    Layout("matrix", _down, most_orders=4, avoid=AVOID, offers=OFFERS | {"matrix totals"}, dealer="matrix"),
    Layout("matrix by funding", _by_funding, most_orders=3, need=frozenset({"expense"}), avoid=AVOID - {"expense"}, offers=OFFERS, formats="merged", dealer="matrix"),
    Layout("matrix across", _across, most_orders=4, avoid=AVOID, offers=OFFERS, dealer="matrix"),
)  # fmt: skip
