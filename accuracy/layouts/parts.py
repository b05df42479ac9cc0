"""One order whose products are named by several cells, or whose cells are merged."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from accuracy import painting
from accuracy.book import Book, Value
from accuracy.brush import Brush
from accuracy.draft import Draft, Layout, page_of
from accuracy.form import Form, Heading, Row
from accuracy.heads import paint_head
from accuracy.painting import paint
from accuracy.world import CHINESE_STAGES, Ware

WORDS = {
    "series": ("系列", "产品系列", "品类", "品牌系列"),
    "stage": ("段位", "段数", "阶段", "段 位"),
    "pack": ("规格", "包装规格", "净含量", "产品规格"),
}


def _in_parts(draft: Draft) -> list[Book]:
    """Series, stage and weight stand in columns of their own; a series may be merged downwards."""
    [form], brush = draft.forms, page_of(draft)
    form.rows.sort(key=lambda r: draft.world.wares.index(r.line.ware))
    split_names(form, draft)
    merged = draft.rng.random() < 0.5
    if merged:
        for row in _repeated(form):
            row.texts["series"] = ""
    paint(brush, form, draft.rng.choice(("title", "none")))
    if merged:
        _merge_series(brush, form)
    return [Book([brush.page])]


def split_names(form: Form, draft: Draft) -> None:
    brand = draft.world.brand if draft.rng.random() < 0.3 else ""
    stage_form = draft.rng.choice(("{}段", "{}段", "{}", "chinese"))
    for row in form.rows:
        ware = row.line.ware
        said = (
            CHINESE_STAGES[ware.stage] + "段"
            if stage_form == "chinese"
            else stage_form.format(ware.stage)
        )
        row.texts.update(
            series=f"{brand}{ware.series}", stage=said, pack=f"{ware.weight}g*{ware.per_case}"
        )
    at = next(n for n, h in enumerate(form.headings) if h.field == "name")
    parts = [
        Heading(f, draft.rng.choice(w), key=f"{form.key}_header_{f}") for f, w in WORDS.items()
    ]
    rest = [h for h in form.headings if h.field not in ("name", "spec")]
    form.headings = [*rest[:at], *parts, *rest[at:]]


def _runs(form: Form) -> list[list[Row]]:
    return [list(rows) for _, rows in groupby(form.rows, key=lambda r: r.line.ware.series)]


def _repeated(form: Form) -> list[Row]:
    return [row for run in _runs(form) for row in run[1:]]


def _merge_series(brush: Brush, form: Form) -> None:
    for run in _runs(form):
        top, bottom = brush.page.keys[run[0].at("series")], brush.page.keys[run[-1].at("series")]
        brush.page.merge(*top, *bottom)


def _wide_names(draft: Draft) -> list[Book]:
    """The name's column is two columns of the sheet, merged in every row."""
    [form], brush = draft.forms, page_of(draft)
    at = next(n for n, h in enumerate(form.headings) if h.field in ("name", "code"))
    wide = form.headings[at]
    form.headings.insert(at + 1, Heading("gap", ""))
    paint(brush, form, draft.rng.choice(("title", "none")))
    for key in (wide.key, *(r.at(wide.field) for r in form.rows)):
        row, column = brush.page.keys[key]
        brush.page.merge(row, column, row, column + 1)
    return [Book([brush.page])]


@dataclass
class _Square:
    """A table of series and packs down, stages across."""

    rows: list[tuple[str, int]]
    stages: list[int]


def _series_by_stage(draft: Draft) -> list[Book]:
    """Series with their weight down, stages across, quantities where they meet."""
    [form], brush = draft.forms, page_of(draft)
    wares = [r.line.ware for r in form.rows]
    square = _Square(
        rows=list(
            dict.fromkeys((w.series, w.weight) for w in sorted(wares, key=draft.world.wares.index))
        ),
        stages=[1, 2, 3, 4],
    )
    paint_head(brush, form.labels, 6)
    brush.put(0, draft.rng.choice(("单位：箱", "（单位：箱）", "数量单位：箱")))
    brush.row += 1
    header: tuple[Value, ...] = ("系列", "规格", *(f"{s}段" for s in square.stages))
    for column, word in enumerate(header):
        brush.put(column, word)
    brush.row += 1
    for series, weight in square.rows:
        brush.put(0, series)
        brush.put(1, f"{weight}g")
        for column, stage in enumerate(square.stages, start=2):
            _put_cases(brush, column, form, (series, weight, stage))
        brush.row += 1
    draft.truth.debatable("products are named by row and column")
    painting.paint_foot(brush, form, 6)
    return [Book([brush.page])]


def _put_cases(brush: Brush, column: int, form: Form, wanted: tuple[str, int, int]) -> None:
    def is_it(ware: Ware) -> bool:
        return (ware.series, ware.weight, ware.stage) == wanted

    row = next((r for r in form.rows if is_it(r.line.ware)), None)
    if row is not None:
        brush.put(column, row.numbers["cases"], row.at("qty"))


ONE_TABLE = frozenset({"labels", "columns", "totals"})
PARTS = (
    Layout("name in parts", _in_parts, need=frozenset({"full names", "no code"}), avoid=frozenset({"samples", "english", "distractor columns"}), offers=ONE_TABLE, formats="merged"),
    Layout("name over two columns", _wide_names, formats="merged"),
    Layout("series by stage", _series_by_stage, avoid=frozenset({"samples", "expense", "english"}), offers=frozenset()),
)  # fmt: skip
