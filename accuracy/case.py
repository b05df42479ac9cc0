"""One case: a seed and a number make the same mail and the same truth, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from accuracy import names
from accuracy.book import Book
from accuracy.debatable import DEBATABLE, Debatable
from accuracy.draft import Draft, Layout
from accuracy.faults import FAULTS
from accuracy.faults.fault import Fault
from accuracy.form import Choices
from accuracy.formats import FORMATS
from accuracy.formats.format import Format
from accuracy.formats.text import grid_of
from accuracy.layouts import LAYOUTS
from accuracy.orders import dealers_for, order_for
from accuracy.posting import mailed, summary
from accuracy.truth import Truth
from accuracy.world import World
from accuracy.worlds import worlds
from accuracy.writing import Writer

FAULTLESS, DEBATED = 0.55, 0.06
"""The part of the cases that have no fault, and of these the part that may be asked about."""


@dataclass(frozen=True)
class Case:
    """`tags` say under which headings a report counts it."""

    seed: int
    number: int
    world: World
    raw: bytes
    truth: Truth
    layout: str
    format: str
    fault: str | None
    habits: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        fault = f", fault: {self.fault}" if self.fault else ""
        return f"case {self.number} (seed {self.seed}): {self.layout}, {self.format}{fault}"


@cache
def all_worlds() -> tuple[World, ...]:
    return worlds()


def make_case(seed: int, number: int) -> Case:
    rng = Random(f"{seed}/{number}")
    layout = LAYOUTS[number % len(LAYOUTS)] if rng.random() < 0.7 else rng.choice(LAYOUTS)
    fault: Fault | Debatable | None = None
    if rng.random() >= FAULTLESS:
        fault = rng.choice(faults_for(layout))
    elif rng.random() < DEBATED:
        fault = rng.choice(debatable_for(layout) or [None])
    format_ = rng.choice(formats_for(layout, fault))
    draft = _drafted(rng, layout, fault, format_)
    if "typed" not in format_.can:
        # Only a cell with a type can be a day by its number.
        draft.choices.avoid.add("serial")
    habits = draft.writer.habits
    _write_forms(draft, layout)
    if fault:
        fault.apply(draft)
    if isinstance(fault, Debatable):
        draft.truth.debatable(fault.name)
        habits["debatable"] = fault.name
    books = layout.paint(draft)
    for first, second in draft.merges:
        _merge(books, first, second)
    for page in (p for b in books for p in b.pages):
        page.hidden_columns |= {page.keys[k][1] for k in draft.hidden_columns & page.keys.keys()}
    if "summary sheet" in draft.choices.need:
        books[0].pages.append(summary(draft))
    draft.truth.cells = set().union(*(book.cells_of(draft.truth.keys) for book in books))
    if "attached" not in format_.can:
        draft.truth.in_words = grid_of(books[0])
    raw = mailed(draft, books, format_, number)
    return Case(
        seed, number, draft.world, raw, draft.truth, layout.name, format_.name,
        fault.name if isinstance(fault, Fault) else None, habits,
    )  # fmt: skip


def faults_for(layout: Layout) -> list[Fault]:
    return [
        f
        for f in FAULTS
        if f.takes <= layout.offers
        and not (f.needs & layout.avoid)
        and not (f.avoids & layout.need)
        and not ("poor dealer" in f.needs and layout.fewest_orders > 1)
        and len({n for n in f.needs | layout.need if n.startswith("plan ")}) < 2
        and formats_for(layout, f)
    ]


def debatable_for(layout: Layout) -> list[Debatable]:
    return [
        d
        for d in DEBATABLE
        if d.takes <= layout.offers and not (d.needs & layout.avoid) and formats_for(layout, d)
    ]


def formats_for(layout: Layout, fault: Fault | Debatable | None) -> list[Format]:
    asked = {layout.formats, fault.formats if fault else "any"} - {"any"}
    found = [f for f in FORMATS if asked <= f.can]
    if layout.name == "orders by file":
        found = [f for f in found if "attached" in f.can]
    return found


def _drafted(
    rng: Random, layout: Layout, fault: Fault | Debatable | None, format_: Format
) -> Draft:
    needs = layout.need | (fault.needs if fault else frozenset())
    avoids = layout.avoid | (fault.avoids if isinstance(fault, Fault) else frozenset())
    choices = Choices(rng, set(needs), set(avoids) - set(needs))
    pool = all_worlds()
    if "long codes" in needs:
        pool = pool[2:]
    elif "digit codes" in needs:
        pool = pool[1:]
    world = rng.choice(pool)
    most = 1 if "poor dealer" in needs else layout.most_orders
    count = rng.randint(max(layout.fewest_orders, 2 if "several orders" in needs else 1), most)
    dealers = dealers_for(count, world, choices)
    orders = tuple(order_for(d, world, choices) for d in dealers)
    draft = Draft(world, choices, Truth(orders), Writer(world, choices))
    draft.sender = _sender(rng, draft)
    draft.writer.habits["dealer"] = _dealer_place(draft, layout, format_)
    return draft


def _sender(rng: Random, draft: Draft) -> str:
    dealer = draft.orders[0].dealer
    own = [dealer.email] if len(draft.orders) == 1 else []
    return rng.choice([dealer.manager, dealer.manager, dealer.manager, draft.world.admin, *own])


def _dealer_place(draft: Draft, layout: Layout, format_: Format) -> str:
    """Where the distributor is named; off the sheet, the mail names it so that it is nobody else.
    Only where sheets have names can one of them name him."""
    if layout.dealer != "mail":
        return layout.dealer
    dealer = draft.orders[0].dealer
    places = ["subject"]
    places += ["file"] if "attached" in format_.can else []
    places += ["sheet"] if "pages" in format_.can else []
    place = draft.rng.choice(places)
    clear = draft.world.clear_aliases(dealer)
    forms = names.dealer_forms(dealer, clear)
    word = forms[draft.rng.choice([f for f in ("name", "alias", "code") if f in forms])]
    draft.hints[place] = word
    return place


def _write_forms(draft: Draft, layout: Layout) -> None:
    draft.writer.draw(draft.orders)
    if layout.dealer == "matrix":
        # None of the columns that were drawn is on a matrix.
        for habit in ("quantities", "prices", "amounts", "products", "dates", "extra column"):
            draft.writer.habits.pop(habit, None)
    for number, order in enumerate(draft.orders):
        draft.forms.append(draft.writer.write(order, f"f{number}"))


def _merge(books: Sequence[Book], first: str, second: str) -> None:
    for page in (p for b in books for p in b.pages):
        if first in page.keys and second in page.keys:
            page.merge(*page.keys[first], *page.keys[second])
