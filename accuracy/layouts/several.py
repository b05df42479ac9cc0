"""Several orders in one mail: by sheet, by block, by a column, as a matrix, by file."""

from __future__ import annotations

from itertools import zip_longest

from accuracy import names, painting
from accuracy.book import Book, Value
from accuracy.brush import Brush
from accuracy.draft import Draft, Layout, page_of
from accuracy.form import Form, Heading
from accuracy.painting import paint
from accuracy.world import Dealer, Ware


def _sheets(draft: Draft) -> list[Book]:
    pages = []
    for number, form in enumerate(draft.forms):
        own = draft.world.own_aliases(form.order.dealer)
        draft.sheet_names.append(own[0] if own else f"Sheet{number + 1}")
        brush = page_of(draft, number)
        paint(brush, form, "title" if draft.rng.random() < 0.5 else "none")
        pages.append(brush.page)
    return [Book(pages)]


def _stacked(draft: Draft) -> list[Book]:
    """One below the other, each with its labels and header."""
    brush = page_of(draft)
    for form in draft.forms:
        paint(brush, form, "title" if draft.rng.random() < 0.5 else "none")
        brush.row += draft.rng.choice((1, 2, 3))
    return [Book([brush.page])]


def _files(draft: Draft) -> list[Book]:
    books = []
    for form in draft.forms:
        brush = page_of(draft)
        paint(brush, form, "none")
        books.append(Book([brush.page]))
    return books


def dealer_word(draft: Draft, dealer: Dealer) -> str:
    forms = names.dealer_forms(dealer, draft.world.own_aliases(dealer))
    return forms[draft.rng.choice([f for f in ("name", "alias", "code") if f in forms])]


def _dealer_column(draft: Draft) -> list[Book]:
    """Every line says whose it is."""
    brush = page_of(draft)
    first = draft.forms[0]
    english = first.hand.english
    words = ("Customer", "Distributor") if english else ("经销商", "客户名称", "经销商名称", "客户")
    for form in draft.forms:
        word = dealer_word(draft, form.order.dealer)
        for row in form.rows:
            row.texts["dealer"] = word
    at = draft.rng.choice((0, 0, 1))
    heading = Heading("dealer", draft.rng.choice(words), key=f"{first.key}_header_dealer")
    headings = [*first.headings[:at], heading, *first.headings[at:]]
    rows = [r for f in draft.forms for r in f.rows]
    if draft.rng.random() < 0.3:
        mixed = zip_longest(*(f.rows for f in draft.forms))
        rows = [r for group in mixed for r in group if r is not None]
    whole = Form(first.key, first.order, first.hand, headings=headings, rows=rows)
    whole.totals = draft.rng.random() < 0.5
    painting.paint_table(brush, whole)
    return [Book([brush.page])]


def _column_words(draft: Draft, counted: str) -> str:
    unit = "箱" if counted == "cases" else "听"
    return draft.rng.choice(
        ("单位：{}", "（单位：{}）", "数量单位：{}", "注：以下数量单位均为{}")
    ).format(unit)


def _matrix(draft: Draft) -> list[Book]:
    """Products down, distributors across; the unit is said once."""
    brush = page_of(draft)
    counted = draft.rng.choice(("cases", "cases", "tins"))
    wares = _all_wares(draft)
    if draft.rng.random() < 0.7:
        brush.put(0, draft.rng.choice(("各经销商订货汇总表", "订货汇总", "要货汇总表")))
        brush.row += 1
    brush.put(draft.rng.choice((0, 2)), _column_words(draft, counted))
    brush.row += 1
    lead = draft.rng.choice((("name",), ("name", "spec"), ("code", "name"), ("no", "name", "spec")))
    for at, field in enumerate(lead):
        brush.put(at, draft.rng.choice(_LEAD[field]))
    for at, each in enumerate(draft.forms):
        brush.put(
            len(lead) + at, dealer_word(draft, each.order.dealer), f"{each.key}_header_dealer"
        )
    summed = draft.rng.random() < 0.6
    if summed:
        brush.put(len(lead) + len(draft.forms), "合计")
    brush.row += 1
    for number, ware in enumerate(wares, start=1):
        _matrix_row(draft, (brush, ware, number), lead, counted, summed)
        brush.row += 1
    if summed:
        _matrix_sums(draft, brush, len(lead), counted)
    return [Book([brush.page])]


_LEAD = {
    "no": ("序号", "NO"),
    "name": ("产品名称", "品名", "产品", "单品", "产品名称/经销商"),
    "spec": ("规格", "箱规"),
    "code": ("产品编码", "货号"),
}


def _all_wares(draft: Draft) -> list[Ware]:
    ordered = {line.ware for order in draft.orders for line in order.lines}
    if draft.rng.random() < 0.4:
        ordered |= set(draft.world.regular)
    return sorted(ordered, key=draft.world.wares.index)


def _cases_of(form: Form, ware: Ware, counted: str) -> int:
    rows = [r for r in form.rows if r.line.ware == ware]
    return int(sum((r.numbers[counted] for r in rows), start=0))


def _matrix_row(draft: Draft, at: tuple, lead: tuple[str, ...], counted: str, summed: bool) -> None:  # type: ignore[type-arg]
    brush, ware, number = at
    texts: dict[str, Value] = {"no": number, "name": ware.name, "spec": ware.spec, "code": ware.sku}
    for column, field in enumerate(lead):
        brush.put(column, texts[field])
    total = 0
    for column, form in enumerate(draft.forms, start=len(lead)):
        cases = _cases_of(form, ware, counted)
        total += cases
        rows = [r for r in form.rows if r.line.ware == ware]
        value: Value | None = cases or (0 if draft.writer.hand.samples_priced == "zero" else None)
        if rows and "qty" in rows[0].raw:
            value = rows[0].raw["qty"]
        brush.put(column, value, rows[0].at("qty") if rows else "")
    if summed:
        brush.put(len(lead) + len(draft.forms), total)


def _matrix_sums(draft: Draft, brush: Brush, lead: int, counted: str) -> None:
    brush.put(0, draft.rng.choice(("合计", "总计")))
    sums = [sum(int(r.numbers[counted]) for r in f.rows) for f in draft.forms]
    for at, number in enumerate([*sums, sum(sums)], start=lead):
        brush.put(at, number)
    brush.row += 1


def _matrix_across(draft: Draft) -> list[Book]:
    """Distributors down, products across."""
    brush = page_of(draft)
    counted = draft.rng.choice(("cases", "cases", "tins"))
    wares = _all_wares(draft)
    brush.put(0, _column_words(draft, counted))
    brush.row += 1
    brush.put(0, draft.rng.choice(("经销商", "客户名称", "经销商名称")))
    for at, ware in enumerate(wares, start=1):
        brush.put(at, ware.name)
    brush.row += 1
    for form in draft.forms:
        brush.put(0, dealer_word(draft, form.order.dealer), f"{form.key}_header_dealer")
        for at, ware in enumerate(wares, start=1):
            cases = _cases_of(form, ware, counted)
            rows = [r for r in form.rows if r.line.ware == ware]
            value: Value | None = cases or None
            if rows and "qty" in rows[0].raw:
                value = rows[0].raw["qty"]
            brush.put(at, value, rows[0].at("qty") if rows else "")
        brush.row += 1
    return [Book([brush.page])]


MATRIX = frozenset({"expense", "samples", "english", "distractor columns"})
SEVERAL = (
    Layout("orders by sheet", _sheets, most_orders=3, formats="pages"),
    Layout("orders by block", _stacked, most_orders=3, offers=frozenset({"labels", "columns", "totals", "lines", "second table"})),
    Layout("orders by file", _files, most_orders=3),
    Layout("dealer column", _dealer_column, most_orders=3, avoid=frozenset({"labels", "ship-to", "day", "number", "plan once", "other labels"}), offers=frozenset({"columns", "lines"}), dealer="column"),
    Layout("matrix", _matrix, most_orders=4, avoid=MATRIX, offers=frozenset({"matrix"}), dealer="matrix"),
    Layout("matrix across", _matrix_across, most_orders=4, avoid=MATRIX, offers=frozenset({"matrix"}), dealer="matrix"),
)  # fmt: skip
