"""Whatever columns a report has: it is of its kind, or asked about; never an order, never another."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from mailflow.domain.document import Document, Order, Unknown
from mailflow.domain.doubt import DoubtKind
from mailflow.parsers.kinds.field_words import STEMS, WORDS
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import Form, Value
from mailflow.parsers.kinds.forms import FORMS
from tests.parsers.report_books import WHO, read
from tests.parsers.sheets import A, B

TITLES = {
    "stock": "仓库库存",
    "inventory-report": "经销商库存报表",
    "payments": "回款表",
    "expenses": "已批市场费用",
    "distributor-register": "经销商名单",
    "product-register": "产品目录",
    "staff-register": "人员名单",
    "price-list": "价格表",
}
MINE = {form.kind: form for form in FORMS if form.kind in TITLES}


def header(draw: random.Random, field: Field) -> str:
    if field in COUNTS:
        stem = draw.choice([s for s in STEMS[field] if not s.isascii()] or [""])
        return f"{stem}{draw.choice(('（箱）', '(听)', '数量（箱）'))}"
    return draw.choice([w for w in WORDS[field] if not w.isascii()] or WORDS[field])


def value(draw: random.Random, field: Field, kind: Value) -> Any:
    if kind is Value.COUNT:
        return draw.randint(0, 500)
    if kind is Value.MONEY:
        return draw.randint(1, 50_000) / 100
    if kind is Value.DAY:
        return date(2026, draw.randint(1, 10), draw.randint(1, 28))
    return {
        Field.PRODUCT: draw.choice((A, B)),
        Field.PRODUCT_CODE: draw.choice(("CX-1", "CX-2")),
        Field.DISTRIBUTOR: WHO,
        Field.SPEC: "900g*6听/箱",
        Field.PHONE: "13056120000",
    }.get(field, f"甲{draw.randint(1, 99)}")


def sheet(draw: random.Random, form: Form) -> list[list[Any]]:
    """A title, a header of some of the columns that the kind may have, and a few rows."""
    fields = {
        draw.choice(sorted(need - {Field.NAME, Field.CODE, Field.QUANTITY})) for need in form.needs
    }
    slots = {name: slot for name, slot in form.slots.items() if name != "remark"}
    for slot in draw.sample(sorted(slots), draw.randint(0, len(slots))):
        if not fields & set(slots[slot].fields):
            fields.add(slots[slot].fields[0])
    fields -= {Field.AT_PLACE}
    kinds = {f: slot.value for slot in form.slots.values() for f in slot.fields}
    order = draw.sample(sorted(fields), len(fields))
    head = [header(draw, f) for f in order]
    rows = [
        [value(draw, f, kinds.get(f, Value.TEXT)) for f in order] for _ in range(draw.randint(1, 5))
    ]
    return [[TITLES[form.kind]], head, *rows]


def is_asked(document: Document, kind: str) -> bool:
    if isinstance(document, Order):
        return any(d.kind is DoubtKind.KIND_UNCLEAR for d in document.doubts)
    return isinstance(document, Unknown) and (kind in document.may_be or not document.may_be)


@pytest.mark.parametrize("kind", MINE)
@pytest.mark.parametrize("seed", range(40))
def test_a_report_is_of_its_kind_or_asked_about(kind: str, seed: int) -> None:
    draw = random.Random(f"{kind} {seed}")
    rows = sheet(draw, MINE[kind])  # type: ignore[index] # kinds are texts
    for titled in (rows, rows[1:]):
        for document in read(*titled):
            assert document.kind == kind or is_asked(document, kind), (titled, document)


@pytest.mark.parametrize("kind", MINE)
def test_most_reports_with_a_title_are_read(kind: str) -> None:
    sheets = [sheet(random.Random(f"{kind} {n}"), MINE[kind]) for n in range(40)]  # type: ignore[index] # kinds are texts
    found = [[d.kind for d in read(*rows)] for rows in sheets]
    assert sum(kinds == [kind] for kinds in found) >= 36, found
