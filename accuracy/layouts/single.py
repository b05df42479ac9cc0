"""One order on one sheet, one table."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from accuracy import painting, words
from accuracy.book import Book
from accuracy.brush import Brush
from accuracy.draft import Draft, Layout, page_of
from accuracy.form import Form, Heading
from accuracy.headers import paint_header
from accuracy.heads import paint_head
from accuracy.painting import paint
from accuracy.truth import TrueLine

NO_HEAD = frozenset({"ship-to", "day", "number", "dealer_code", "other labels", "plan once"})


def _plain(draft: Draft) -> list[Book]:
    """The header stands in the first row; who orders is said elsewhere."""
    [form], brush = draft.forms, page_of(draft)
    form.labels = []
    painting.paint_table(brush, form)
    return [Book([brush.page])]


def _titled(draft: Draft) -> list[Book]:
    [form], brush = draft.forms, page_of(draft)
    paint(brush, form, "policy")
    return [Book([brush.page])]


def _in_title(draft: Draft) -> list[Book]:
    """The title says whose order it is, and no label does."""
    [form], brush = draft.forms, page_of(draft)
    form.title = draft.rng.choice(("{}订货单", "{} 订货单", "{}订单", "{}要货计划")).format(
        form.order.dealer.name
    )
    paint(brush, form, "title")
    return [Book([brush.page])]


def _named_below(draft: Draft) -> list[Book]:
    """Whose order it is, and where it goes, stands below the lines."""
    [form], brush = draft.forms, page_of(draft)
    labels, form.labels = form.labels, []
    paint(brush, form, draft.rng.choice(("title", "none")))
    brush.row += 1
    paint_head(brush, labels, max(len(form.headings), 4))
    return [Book([brush.page])]


def _summed_silently(draft: Draft) -> list[Book]:
    """Below the lines stand their sums, and no word for them."""
    [form], brush = draft.forms, page_of(draft)
    form.total_word = ""
    paint(brush, form, draft.rng.choice(("title", "none")))
    return [Book([brush.page])]


def _offset(draft: Draft) -> list[Book]:
    [form], brush = draft.forms, page_of(draft)
    brush.row, brush.left = draft.rng.randint(0, 5), draft.rng.randint(1, 4)
    paint(brush, form, draft.rng.choice(("title", "policy", "none")))
    return [Book([brush.page])]


def _headed(draft: Draft) -> list[Book]:
    """Labels in one of many arrangements, then the table."""
    [form], brush = draft.forms, page_of(draft)
    draft.writer.habits["head"] = brush.head
    paint(brush, form, draft.rng.choice(("title", "none")))
    return [Book([brush.page])]


def group_storeys(form: Form, draft: Draft) -> None:
    """Give the columns that belong together one word above them."""
    for fields, upper in ((("cases", "tins"), "quantity"), (("price", "amount"), "money")):
        at = [n for n, h in enumerate(form.headings) if h.field in fields]
        if len(at) == 2 and at[1] == at[0] + 1:
            word = draft.rng.choice(words.UPPER[upper])
            for n in at:
                heading = form.headings[n]
                low = draft.rng.choice(words.LOWER[heading.field])
                form.headings[n] = Heading(heading.field, low, word, heading.key)


def _two_storeys(draft: Draft) -> list[Book]:
    [form], brush = draft.forms, page_of(draft)
    group_storeys(form, draft)
    brush.header = "two"
    paint(brush, form, draft.rng.choice(("title", "none")))
    return [Book([brush.page])]


def _two_rows(header: str, draft: Draft) -> list[Book]:
    [form], brush = draft.forms, page_of(draft)
    brush.header = header
    paint(brush, form, draft.rng.choice(("title", "none")))
    return [Book([brush.page])]


def _dressed(draft: Draft) -> list[Book]:
    [form], brush = draft.forms, page_of(draft)
    brush.header = "dressed"
    paint(brush, form, draft.rng.choice(("title", "none")))
    return [Book([brush.page])]


def _paged(draft: Draft) -> list[Book]:
    """As a program prints it: every page repeats the header and ends with its own sum."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    size = draft.rng.choice((3, 4, 5, 8))
    page_sums = draft.rng.random() < 0.7
    titled = draft.rng.random() < 0.5
    painting.paint_top(brush, form, "title" if titled else "none")
    for start in range(0, len(form.rows), size):
        if start and titled:
            brush.line(form.title, len(form.headings))
        paint_header(brush, form)
        rows = form.rows[start : start + size]
        for number, row in enumerate(rows, start=start + 1):
            painting.paint_row(brush, form, row, number)
        if page_sums:
            word = draft.rng.choice(("本页小计", "本页合计", "小计"))
            painting.paint_total(brush, form, word, list(rows), f"{form.key}_page{start}")
        if draft.rng.random() < 0.4:
            brush.row += 1
    if form.totals:
        painting.paint_total(brush, form, form.total_word, form.rows, form.total)
    painting.paint_foot(brush, form, len(form.headings))
    return [Book([brush.page])]


def _gaps(draft: Draft) -> list[Book]:
    """Blank rows between the lines, for the eye or for later."""
    [form], brush = draft.forms, page_of(draft)
    painting.paint_top(brush, form)
    paint_header(brush, form)
    for number, row in enumerate(form.rows, start=1):
        if draft.rng.random() < 0.3:
            brush.row += draft.rng.choice((1, 1, 2))
        painting.paint_row(brush, form, row, number)
    brush.row += draft.rng.choice((0, 1, 3))
    if form.totals:
        painting.paint_total(brush, form, form.total_word, form.rows, form.total)
    painting.paint_foot(brush, form, len(form.headings))
    return [Book([brush.page])]


def _subtotals(draft: Draft) -> list[Book]:
    """Lines by series, each series with its sum, some with a row of its name."""
    [form], brush = draft.forms, page_of(draft)
    brush.flat = False
    form.rows.sort(key=lambda r: r.line.ware.series)
    named = draft.rng.random() < 0.5
    word = draft.rng.choice(("{}系列小计", "{}小计", "小计", "{} 小计："))
    painting.paint_top(brush, form)
    paint_header(brush, form)
    number = 0
    for series, rows in groupby(form.rows, key=lambda r: r.line.ware.series):
        if named:
            brush.line(f"{series}系列", len(form.headings))
        group = list(rows)
        for row in group:
            number += 1
            painting.paint_row(brush, form, row, number)
        painting.paint_total(brush, form, word.format(series), group, f"{form.key}_{series}")
    if form.totals:
        painting.paint_total(brush, form, form.total_word, form.rows, form.total)
    painting.paint_foot(brush, form, len(form.headings))
    return [Book([brush.page])]


def _preprinted(draft: Draft) -> list[Book]:
    """All products are printed; who orders fills in some quantities."""
    [form], brush = draft.forms, page_of(draft)
    print_all(form, draft)
    paint(brush, form, draft.rng.choice(("title", "policy", "none")))
    return [Book([brush.page])]


def _filtered(draft: Draft) -> list[Book]:
    """As pre-printed, with a filter that hides the rows in which nothing is ordered."""
    [form] = draft.forms
    print_all(form, draft)
    for row in form.rows:
        row.hidden = not row.line.cases
    brush = page_of(draft)
    paint(brush, form, "title")
    return [Book([brush.page])]


def print_all(form: Form, draft: Draft) -> None:
    """Put the rows of products that are not ordered around those that are."""
    world, writer = draft.world, draft.writer
    ordered = {r.line.ware.sku: r for r in form.rows}
    rows = []
    for number, ware in enumerate(world.wares):
        if ware.sku in ordered:
            rows.append(ordered[ware.sku])
        elif not ware.sample and ware.active:
            rows.append(writer.empty_row(f"{form.key}e{number}", TrueLine(ware, 0)))
    known = {id(r) for r in rows}
    form.rows = rows + [r for r in form.rows if id(r) not in known]


def brush_at(brush: Brush, row: int, left: int) -> Brush:
    """A second brush on the same page."""
    return Brush(brush.page, brush.rng, row, left, brush.head, brush.header)


USUAL = frozenset({"labels", "columns", "totals", "lines", "foot"})
OVER_PRINTED = frozenset({"expense"})
SINGLE = (
    Layout("plain first row", _plain, avoid=NO_HEAD, offers=frozenset({"columns", "totals", "lines"}), dealer="mail"),
    Layout("titled with policy", _titled, offers=USUAL),
    Layout("name in the title", _in_title, dealer="title", avoid=frozenset({"dealer_code"}), offers=frozenset({"columns", "totals", "lines"})),
    Layout("name below", _named_below, avoid=frozenset({"dealer_code"}), offers=frozenset({"columns", "lines"})),
    Layout("sums without a word", _summed_silently, need=frozenset({"several lines", "plan both", "totals"}), avoid=frozenset({"funding sums", "samples"}), offers=frozenset({"labels"})),
    Layout("offset", _offset, offers=USUAL),
    Layout("labels above", _headed, need=frozenset({"day", "ship-to"}), offers=USUAL),
    Layout("labels above, no ship-to", _headed, avoid=frozenset({"ship-to"}), offers=frozenset({"columns", "totals", "lines"})),
    Layout("two storeys", _two_storeys, need=frozenset({"plan both", "price", "amount"}), avoid=frozenset({"english", "distractor columns"}), formats="merged"),
    Layout("dressed header", _dressed, avoid=frozenset({"english"})),
    Layout("two languages", _headed, need=frozenset({"two languages"}), avoid=frozenset({"english"})),
    Layout("english", _headed, need=frozenset({"english"})),
    Layout("pages", _paged, need=frozenset({"several lines"})),
    Layout("blank rows", _gaps),
    Layout("subtotals", _subtotals, need=frozenset({"several lines", "in order"})),
    Layout("units under the header", partial(_two_rows, "units below"), avoid=frozenset({"english", "plan unit_column", "plan once", "plan in_cell", "plan by_money"}), formats="merged"),
    Layout("languages in two rows", partial(_two_rows, "languages below"), avoid=frozenset({"english", "distractor columns"})),
    Layout("pre-printed, filtered", _filtered, need=frozenset({"in order"}), avoid=OVER_PRINTED, offers=frozenset({"labels", "totals"}), formats="pages"),
    Layout("pre-printed", _preprinted, need=frozenset({"in order"}), avoid=OVER_PRINTED, offers=frozenset({"labels", "columns", "totals"})),
)  # fmt: skip
