"""Which kind of report a table is, and what spoke for it; two alike are asked about, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mailflow.domain.report import ReportKind, Said, Spoke
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass
from mailflow.parsers.kinds.field_reading import label_field
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import WHOSE, Form
from mailflow.parsers.kinds.report_columns import cells_from_top
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.page import Page

CONCLUSIVE, PROOF, HINT, TITLE, AGAINST = 4, 2, 1, 3, -3
ENOUGH = 3
"""Points without which a table is of no kind."""
LEAD = 2
"""Points by which one kind must be ahead of all others."""
CERTAIN = 5
"""Points, with a proof or a title among them, by which a table that reads as an order is none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`form` is the kind's where it is clear; `may_be` are all kinds that are likely."""

    form: Form | None
    may_be: tuple[ReportKind, ...]
    spoke: tuple[Spoke, ...]
    points: int
    has_proof: bool
    has_title: bool


NOTHING = Verdict(None, (), (), 0, has_proof=False, has_title=False)


@dataclass(frozen=True, slots=True)
class Around:
    """`fields`: what the columns of the table mean, and what is said around it."""

    titles: Sequence[Written]
    labels: Sequence[Said]
    names: Sequence[Written]
    fields: frozenset[str]


def verdict_on(
    page: Page,
    table: ReportTable,
    titles: Iterable[Written],
    forms: Sequence[Form],
    labels: Sequence[Said] = (),
    names: Sequence[Written] = (),
) -> Verdict:
    """`labels` stand above the table and speak like columns: whose all of it is. `names` are texts
    around it in which a distributor stands; they speak for a kind, and against none."""
    fields = {*table.fields, *(label.field for label in labels)}
    if names:
        fields.add(Field.DISTRIBUTOR)
    around = Around(list(titles), labels, names, frozenset(fields))
    heard = [(form, list(_spoken(page, table, around, form))) for form in forms]
    points = [(sum(s.weight for s in spoke), form, spoke) for form, spoke in heard if spoke]
    likely = [entry for entry in points if entry[0] >= ENOUGH and _told(entry[2])]
    if not likely:
        return NOTHING
    likely.sort(key=lambda entry: -entry[0])
    best, form, spoke = likely[0]
    # What nothing but hints speak for is no rival: every report of goods may name batches.
    near = [f.kind for p, f, s in points if p > best - LEAD and p > 0 and (f is form or _told(s))]
    clear = len(near) == 1
    told = spoke if clear else [s for _, f, heard in points if f.kind in near for s in heard]
    return Verdict(
        form if clear else None,
        tuple(near),
        tuple(told),
        best,
        has_proof=any(s.weight in (PROOF, CONCLUSIVE) for s in spoke),
        has_title=any(s.weight == TITLE for s in spoke),
    )


def _told(spoke: Sequence[Spoke]) -> bool:
    return any(s.weight in (PROOF, CONCLUSIVE, TITLE) for s in spoke)


def _spoken(page: Page, table: ReportTable, around: Around, form: Form) -> Iterator[Spoke]:
    """What speaks for a kind and against it; nothing where the table lacks what the kind needs."""
    if not all(around.fields & need for need in form.needs):
        return
    seen: set[Field] = set()
    places = 0
    for headed in table.headed:
        field = headed.field
        weight = _weight(form, field)
        if field is Field.AT_PLACE and field in seen:
            places += 1
            if places == 1 and weight > 0:
                yield Spoke(form.kind, headed.header, page.place(headed.row, headed.column), HINT)
        if field is None or not weight or field in seen:
            continue
        if any(not _is_label(c.text) for _, c in cells_from_top(page, table, headed.column)):
            seen.add(field)
            at = page.place(headed.row, headed.column)
            yield Spoke(form.kind, headed.header, at, weight)
    for label in around.labels:
        field = Field(label.field)
        if field not in seen and (weight := _weight(form, field)):
            seen.add(field)
            yield Spoke(form.kind, label.text, label.at, weight)
    for name in around.names[:1]:
        if not WHOSE & seen and (weight := _weight(form, Field.DISTRIBUTOR)) > 0:
            yield Spoke(form.kind, name.text, name.at, weight)
    for title in around.titles:
        if form.titles.search(title.text.casefold()):
            yield Spoke(form.kind, title.text, title.at, TITLE)
            break


def _is_label(text: str) -> bool:
    """A box to be filled in, as at the foot of a list: `复核  日期：`; it fills no column."""
    return text.rstrip().endswith((":", "：")) or label_field(text) is not None


def _weight(form: Form, field: Field | None) -> int:
    if field in form.conclusive:
        return CONCLUSIVE
    if field in form.proofs:
        return PROOF
    if field in form.hints:
        return HINT
    return AGAINST if field in form.against else 0


ORDERS = re.compile(
    "订货|订购|要货|报货|进货单|采购|下单|报单|提货|订单|补货|申请单|需求|order|purchase"
)
"""Words of titles, names and headers by which a table orders goods."""


def speaks_of_orders(texts: Iterable[str]) -> bool:
    return any(ORDERS.search(text.casefold()) for text in texts)
