"""One case: a seed and a number make the same mail and the same truth, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from accuracy import mails, names
from accuracy.book import Book
from accuracy.draft import Draft, Layout
from accuracy.faults import FAULTS, Fault
from accuracy.form import Choices
from accuracy.formats import FORMATS, Format
from accuracy.layouts import LAYOUTS
from accuracy.mail_names import NAME_FORMS
from accuracy.orders import dealers_for, order_for
from accuracy.truth import Truth
from accuracy.world import World
from accuracy.worlds import worlds
from accuracy.writing import Writer

FAULTLESS = 0.55
"""The part of the cases that have no fault."""
MAIL_FORMS = (
    "attached",
    "attached",
    "with html",
    "with html",
    "html only",
    "forwarded",
    "forwarded inline",
)


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
    fault = None if rng.random() < FAULTLESS else rng.choice(faults_for(layout))
    format_ = rng.choice(formats_for(layout, fault))
    draft = _drafted(rng, layout, fault)
    if "typed" not in format_.can:
        # Only a cell with a type can be a day by its number.
        draft.choices.avoid.add("serial")
    habits = draft.writer.habits
    _write_forms(draft, layout)
    if fault:
        fault.apply(draft)
    books = layout.paint(draft)
    for first, second in draft.merges:
        _merge(books, first, second)
    draft.truth.cells = set().union(*(book.cells_of(draft.truth.keys) for book in books))
    raw = _mailed(draft, books, format_, number)
    return Case(
        seed, number, draft.world, raw, draft.truth, layout.name, format_.name,
        fault.name if fault else None, habits,
    )  # fmt: skip


def faults_for(layout: Layout) -> list[Fault]:
    return [
        f
        for f in FAULTS
        if f.takes <= layout.offers
        and not (f.needs & layout.avoid)
        and not (f.avoids & layout.need)
        and formats_for(layout, f)
    ]


def formats_for(layout: Layout, fault: Fault | None) -> list[Format]:
    asked = {layout.formats, fault.formats if fault else "any"} - {"any"}
    found = [f for f in FORMATS if asked <= f.can]
    if layout.name == "orders by file":
        found = [f for f in found if "attached" in f.can]
    return found


def _drafted(rng: Random, layout: Layout, fault: Fault | None) -> Draft:
    needs = layout.need | (fault.needs if fault else frozenset())
    avoids = layout.avoid | (fault.avoids if fault else frozenset())
    choices = Choices(rng, set(needs), set(avoids) - set(needs))
    world = all_worlds()[2] if "long codes" in needs else rng.choice(all_worlds())
    count = 1 if layout.most_orders == 1 else rng.randint(2, layout.most_orders)
    dealers = dealers_for(count, world, choices)
    orders = tuple(order_for(d, world, choices) for d in dealers)
    draft = Draft(world, choices, Truth(orders), Writer(world, choices))
    draft.sender = _sender(rng, draft)
    draft.writer.habits["dealer"] = _dealer_place(draft, layout)
    return draft


def _sender(rng: Random, draft: Draft) -> str:
    dealer = draft.orders[0].dealer
    own = [dealer.email] if len(draft.orders) == 1 else []
    return rng.choice([dealer.manager, dealer.manager, dealer.manager, draft.world.admin, *own])


def _dealer_place(draft: Draft, layout: Layout) -> str:
    """Where the distributor is named; off the sheet, the mail names it so that it is nobody else."""
    if layout.dealer != "mail":
        return layout.dealer
    dealer = draft.orders[0].dealer
    place = draft.rng.choice(("subject", "file", "sheet"))
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


def _mailed(draft: Draft, books: Sequence[Book], format_: Format, number: int) -> bytes:
    rng, habits = draft.rng, draft.writer.habits
    form = rng.choice(MAIL_FORMS) if "attached" in format_.can else "body"
    habits["mail"] = form
    written = [format_.write(book, rng) for book in books]
    day = draft.orders[0].day
    blanks = {"month": day.month, "day": f"{day:%m%d}"}
    subject = _subject(draft, blanks)
    text = rng.choice(mails.GREETINGS) + rng.choice(mails.SIGNATURES)
    letter = mails.Letter(draft.sender, subject, text, form, number)
    if form == "body":
        letter = mails.Letter(
            draft.sender, subject, text, form, number, written[0], format_.content_type
        )
        return mails.mail(letter, (), rng)
    parts = [_part(draft, data, format_, n) for n, data in enumerate(written)]
    return mails.mail(letter, parts * draft.copies, rng)


def _subject(draft: Draft, blanks: dict[str, object]) -> str:
    plain = draft.rng.choice(mails.SUBJECTS).format(**blanks)
    if "subject" in draft.hints:
        pattern = draft.rng.choice(("{}订单", "{} 订单", "订单-{}", "{}11月订货单", "【订单】{}"))
        return pattern.format(draft.hints["subject"])
    return plain


def _part(draft: Draft, data: bytes, format_: Format, number: int) -> mails.Part:
    rng = draft.rng
    day = draft.orders[0].day
    stem = rng.choice(
        (
            "订单",
            f"订单{day:%m%d}",
            f"{day.month}月订货单",
            "订货单(最终版)",
            "新建 XLS 工作表",
            f"PO {day:%Y%m%d}",
        )
    )
    forms = NAME_FORMS
    if "file" in draft.hints:
        stem = rng.choice(("{}订单", "{}订货单{:%m%d}", "{} {:%m%d}")).format(
            draft.hints["file"], day
        )
        forms = NAME_FORMS[:-2]
    form = rng.choice(forms)
    if form == "ascii":
        stem = f"order{number}"
    name = f"{stem}{number or ''}.{format_.suffix}"
    draft.writer.habits["attachment name"] = form
    kind = rng.choice(
        (format_.content_type, "application/octet-stream", "application/octet-stream")
    )
    if rng.random() < 0.12:
        draft.writer.habits["zipped"] = "yes"
        return mails.Part(f"{stem}.zip", form, "application/zip", mails.zipped(name, data))
    return mails.Part(name, form, kind, data)
