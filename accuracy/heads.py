"""Labels with their values: beside each other, below, in one cell, merged, several in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from accuracy import values
from accuracy.brush import Brush
from accuracy.form import Label

HEADS = (
    "beside",
    "beside",
    "colon",
    "pairs",
    "three",
    "inside",
    "inside_row",
    "inside_one",
    "below",
    "merged",
    "gap",
)


def paint_head(brush: Brush, labels: Sequence[Label], width: int) -> None:
    if labels:
        _HEADS[brush.head](brush, list(labels), width)


def _beside(brush: Brush, labels: list[Label], width: int) -> None:
    for label in labels:
        brush.put(0, label.word)
        brush.put(1, label.value, label.key)
        brush.row += 1


def _colon(brush: Brush, labels: list[Label], width: int) -> None:
    for label in labels:
        brush.put(0, f"{label.word}：")
        brush.put(1, label.value, label.key)
        brush.row += 1


def _gap(brush: Brush, labels: list[Label], width: int) -> None:
    """The value stands two cells to the right: the label is merged over them."""
    for label in labels:
        brush.put(0, label.word)
        brush.page.merge(brush.row, brush.left, brush.row, brush.left + 1)
        brush.put(2, label.value, label.key)
        brush.row += 1


def _in_rows(brush: Brush, labels: list[Label], across: int, step: int) -> None:
    for start in range(0, len(labels), across):
        for at, label in enumerate(labels[start : start + across]):
            brush.put(at * step, label.word)
            brush.put(at * step + 1, label.value, label.key)
        brush.row += 1


def _pairs(brush: Brush, labels: list[Label], width: int) -> None:
    _in_rows(brush, labels, 2, brush.rng.choice((2, 3, 4)))


def _three(brush: Brush, labels: list[Label], width: int) -> None:
    _in_rows(brush, labels, 3, 2)


def _inside(brush: Brush, labels: list[Label], width: int) -> None:
    for label in labels:
        brush.put(0, f"{label.word}：{_said(label)}", label.key)
        if brush.rng.random() < 0.6:
            brush.page.merge(brush.row, brush.left, brush.row, brush.left + width - 1)
        brush.row += 1


def _inside_row(brush: Brush, labels: list[Label], width: int) -> None:
    step = max(2, width // 2)
    for start in range(0, len(labels), 2):
        for at, label in enumerate(labels[start : start + 2]):
            brush.put(at * step, f"{label.word}：{_said(label)}", label.key)
        brush.row += 1


def _inside_one(brush: Brush, labels: list[Label], width: int) -> None:
    """Two labels with their values in one cell."""
    gap = brush.rng.choice(("   ", "    ", "  ", "\u3000\u3000"))
    for start in range(0, len(labels), 2):
        two = labels[start : start + 2]
        brush.put(0, gap.join(f"{x.word}：{_said(x)}" for x in two))
        for label in two:
            brush.page.put(brush.row, brush.left, None, label.key)
        brush.row += 1


def _below(brush: Brush, labels: list[Label], width: int) -> None:
    for start in range(0, len(labels), max(width, 4)):
        for at, label in enumerate(labels[start : start + max(width, 4)]):
            brush.put(at, label.word)
            brush.page.put(brush.row + 1, brush.left + at, label.value, label.key)
        brush.row += 2


def _merged(brush: Brush, labels: list[Label], width: int) -> None:
    for label in labels:
        brush.put(0, label.word)
        brush.page.merge(brush.row, brush.left, brush.row, brush.left + 1)
        brush.put(2, label.value, label.key)
        brush.page.merge(brush.row, brush.left + 2, brush.row, brush.left + max(width, 4) - 1)
        brush.row += 1


_HEADS: dict[str, Callable[[Brush, list[Label], int], None]] = {
    "beside": _beside,
    "colon": _colon,
    "gap": _gap,
    "pairs": _pairs,
    "three": _three,
    "inside": _inside,
    "inside_row": _inside_row,
    "inside_one": _inside_one,
    "below": _below,
    "merged": _merged,
}


def _said(label: Label) -> str:
    value = label.value
    return value if isinstance(value, str) else values.shown(value)  # type: ignore[arg-type] # a label holds no formula
