"""A case while it is made: its choices, its orders, their forms, its truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from accuracy import names
from accuracy.book import Book, Page
from accuracy.brush import Brush
from accuracy.form import Choices, Form
from accuracy.heads import HEADS
from accuracy.mails import Part
from accuracy.truth import TrueOrder, Truth
from accuracy.world import World
from accuracy.writing import Writer


@dataclass
class Draft:
    """`hints` say where the mail itself names the distributor: subject, file, sheet."""

    world: World
    choices: Choices
    truth: Truth
    writer: Writer
    forms: list[Form] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)
    sheet_names: list[str] = field(default_factory=list)
    merges: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of keys between which cells are merged once everything has its place."""
    hidden_columns: set[str] = field(default_factory=set)
    """Keys in whose columns nothing can be seen."""
    beside: list[Part] = field(default_factory=list)
    """Attachments that are no orders."""
    sender: str = ""
    body: str = ""
    """What the mail says, where it says more than a greeting."""
    copies: int = 1
    """How many times the same attachment hangs on the mail."""

    @property
    def rng(self) -> Random:
        return self.choices.rng

    @property
    def orders(self) -> tuple[TrueOrder, ...]:
        return self.truth.orders

    def sheet_name(self, number: int = 0) -> str:
        if "sheet" in self.hints:
            return self.hints["sheet"]
        if number < len(self.sheet_names):
            return self.sheet_names[number]
        return self.rng.choice(
            (f"Sheet{number + 1}", f"Sheet{number + 1}", "订货单", "订单", f"表{number + 1}")
        )

    def any_head(self) -> str:
        return self.rng.choice(HEADS)


@dataclass(frozen=True)
class Layout:
    """`offers` are what a fault may need: labels, columns, totals, lines, xlsx."""

    name: str
    paint: Callable[[Draft], list[Book]]
    most_orders: int = 1
    fewest_orders: int = 1
    need: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset({"labels", "columns", "totals", "lines"})
    formats: str = "any"
    """`any`; `pages` where there are several sheets or hidden parts; `merged` where merges matter."""
    dealer: str = "label"


def page_of(draft: Draft, number: int = 0) -> Brush:
    """A new page with a brush on it, in the case's own style of head and header."""
    return Brush(Page(draft.sheet_name(number)), draft.rng, head=draft.any_head())


def dealer_word(draft: Draft, form: Form) -> str:
    """What names the distributor over a column or before a line."""
    if form.dealer_text:
        return form.dealer_text
    dealer = form.order.dealer
    forms = names.dealer_forms(dealer, draft.world.own_aliases(dealer))
    return forms[draft.rng.choice([f for f in ("name", "alias", "code") if f in forms])]
