"""What a fault is, and how one finds a line to spoil."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accuracy.draft import Draft
from accuracy.form import Form, Number, Row


@dataclass(frozen=True)
class Fault:
    """`needs` go into the choices before anything is drawn; `takes` must be among the layout's
    offers; `formats` narrows the formats as a layout does."""

    name: str
    apply: Callable[[Draft], None]
    needs: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    formats: str = "any"


@dataclass(frozen=True)
class Spot:
    """A line of one of the orders."""

    order: int
    form: Form
    row: Row

    def at(self, *columns: str) -> tuple[str, ...]:
        """Keys of those of these columns that the form has."""
        return tuple(self.row.at(c) for c in columns if self.form.has(c) or self.row.key in c)

    @property
    def quantity_keys(self) -> tuple[str, ...]:
        return tuple(self.row.at(c) for c in ("cases", "tins", "qty"))

    def restate(self, **numbers: Number) -> None:
        """State other cases or tins, with an amount that goes with them."""
        self.row.numbers.update(numbers)
        size = self.row.line.ware.per_case
        if "cases" in numbers and "tins" not in numbers:
            self.row.numbers["tins"] = numbers["cases"] * size
        self.row.numbers["amount"] = self.row.line.ware.price * self.row.numbers["tins"]


def a_line(draft: Draft, *, sample: bool = False) -> Spot:
    """Any line of goods that are sold."""
    order = draft.rng.randrange(len(draft.forms))
    form = draft.forms[order]
    rows = [r for r in form.rows if r.line.ware.sample == sample] or form.rows
    return Spot(order, form, draft.rng.choice(rows))


def a_form(draft: Draft) -> tuple[int, Form]:
    order = draft.rng.randrange(len(draft.forms))
    return order, draft.forms[order]
