"""Several orders in one mail: by sheet, by block, by a column, as a matrix, by file."""

from __future__ import annotations

from itertools import zip_longest

from accuracy import painting
from accuracy.book import Book
from accuracy.draft import Draft, Layout, dealer_word, page_of
from accuracy.form import Form, Heading, Row
from accuracy.layouts.single import brush_at
from accuracy.painting import paint


def _sheets(draft: Draft) -> list[Book]:
    pages = []
    for number, form in enumerate(draft.forms):
        own = draft.world.own_aliases(form.order.dealer)
        if "named sheets" in draft.choices.avoid:
            own = ()
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


def _dealer_column(draft: Draft) -> list[Book]:
    """Every line says whose it is."""
    brush = page_of(draft)
    first = draft.forms[0]
    english = first.hand.english
    words = ("Customer", "Distributor") if english else ("经销商", "客户名称", "经销商名称", "客户")
    for form in draft.forms:
        word = dealer_word(draft, form)
        for row in form.rows:
            row.texts["dealer"] = word
    at = draft.rng.choice((0, 0, 1))
    heading = Heading("dealer", draft.rng.choice(words), key=f"{first.key}_header_dealer")
    headings = [*first.headings[:at], heading, *first.headings[at:]]
    rows = [r for f in draft.forms for r in f.rows]
    if "second dealer merged" in draft.choices.need:
        return [_merged_dealers(draft, headings, rows)]
    if draft.rng.random() < 0.3:
        mixed = zip_longest(*(f.rows for f in draft.forms))
        rows = [r for group in mixed for r in group if r is not None]
    whole = Form(first.key, first.order, first.hand, headings=headings, rows=rows)
    whole.totals = draft.rng.random() < 0.5
    painting.paint_table(brush, whole)
    return [Book([brush.page])]


def _merged_dealers(draft: Draft, headings: list[Heading], rows: list[Row]) -> Book:
    """Each distributor's cell is merged over all its lines."""
    brush = page_of(draft)
    first = draft.forms[0]
    for form in draft.forms:
        for row in form.rows[1:]:
            row.texts["dealer"] = ""
    whole = Form(first.key, first.order, first.hand, headings=headings, rows=rows, totals=False)
    painting.paint_table(brush, whole)
    for form in draft.forms:
        top, bottom = (brush.page.keys[r.at("dealer")] for r in (form.rows[0], form.rows[-1]))
        brush.page.merge(*top, *bottom)
    return Book([brush.page])


def _export(draft: Draft) -> list[Book]:
    """As a program exports it: every line says everything, whose and where to included."""
    brush, first = page_of(draft), draft.forms[0]
    fields = [("dealer_code", "客户编码"), ("dealer", draft.rng.choice(("客户名称", "经销商名称")))]
    fields += [
        ("number", "订单号"),
        ("day", draft.rng.choice(("订单日期", "下单日期", "制单日期"))),
    ]
    if draft.rng.random() < 0.6:
        fields += [("consignee", "收货人"), ("phone", "联系电话"), ("address", "收货地址")]
    for form in draft.forms:
        dealer, order = form.order.dealer, form.order
        said = {
            "dealer_code": dealer.code,
            "dealer": form.dealer_text or dealer.name,
            "number": order.number,
            "day": order.day.isoformat(),
            "consignee": dealer.consignee,
            "phone": dealer.phone,
            "address": dealer.address,
        }
        for row in form.rows:
            row.texts.update(said)
    added = [Heading(f, word, key=f"{first.key}_header_{f}") for f, word in fields]
    rows = [r for f in draft.forms for r in f.rows]
    whole = Form(first.key, first.order, first.hand, headings=[*added, *first.headings], rows=rows)
    whole.totals = False
    painting.paint_table(brush, whole)
    return [Book([brush.page])]


def _two_orders_side_by_side(draft: Draft) -> list[Book]:
    """Two distributors' orders beside each other, each with its labels."""
    brush = page_of(draft)
    left = 0
    for form in draft.forms:
        form.notes = []
        side = brush_at(brush, 0, left)
        paint(side, form, "none")
        left += max(len(form.headings), 6) + draft.rng.choice((1, 2))
    return [Book([brush.page])]


COLUMN = frozenset({"labels", "ship-to", "day", "number", "plan once", "other labels"})
SEVERAL = (
    Layout("orders by sheet", _sheets, most_orders=3, fewest_orders=2, formats="pages"),
    Layout("orders by block", _stacked, most_orders=3, fewest_orders=2, offers=frozenset({"labels", "columns", "totals", "lines", "second table"})),
    Layout("orders by file", _files, most_orders=3, fewest_orders=2),
    Layout("dealer column", _dealer_column, most_orders=3, fewest_orders=2, avoid=COLUMN, offers=frozenset({"columns", "lines", "dealers"}), dealer="column"),
    Layout("export with everything in a line", _export, most_orders=3, avoid=COLUMN, offers=frozenset({"columns", "lines"}), dealer="column"),
    Layout("two orders side by side", _two_orders_side_by_side, most_orders=2, fewest_orders=2, offers=frozenset({"labels", "columns", "lines"})),
    Layout("dealer column merged", _dealer_column, most_orders=3, fewest_orders=2, need=frozenset({"second dealer merged"}), avoid=COLUMN, offers=frozenset({"columns", "lines", "dealers"}), formats="merged", dealer="column"),
)  # fmt: skip
