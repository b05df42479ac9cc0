"""A mailed sheet of products, staff or prices held against the register: what it would change, or the
cells for which it is refused as a whole (S9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mailed_tables import MailedTable
from mailflow.domain.master import (
    HEADINGS,
    BadRows,
    BadValue,
    MasterKind,
    Row,
    prices_of,
    products_of,
    staff_of,
)
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Register
from mailflow.domain.register_change import changes_between, key_of, labelled
from mailflow.domain.register_fit import disagreements_of
from mailflow.domain.report import ReportKind
from mailflow.domain.value import dataclass
from mailflow.rules.register_sheet import JudgedRegister, says_changes
from mailflow.rules.reports import judged_report

Check = Callable[[Sequence[Row]], object]
CHECKED: Mapping[MasterKind, Check] = {
    MasterKind.PRODUCTS: products_of,
    MasterKind.STAFF: staff_of,
    MasterKind.PRICES: prices_of,
}
TWICE = "repeated-row"
LIST = "list"
"""The column that says where a price stands, and nothing of it."""
VARIANTS = {
    "price": "amount",
    "units_per_case": "count",
    "since": "day",
    "until": "day",
    "role": "role",
    "kind": "kind",
    "active": "yes-no",
    "language": "language",
    "email": "email",
}
"""By the column of a bad value: which words say what belongs there."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value of a row of the sheet, from 0, that cannot be taken."""

    row: int
    column: str
    variant: str
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a sheet says: its rows as the master table would have them, which columns of it the sheet
    has at all, and which slot of the sheet fills which of them. `wrong` is what is no value."""

    kind: MasterKind
    rows: tuple[Row, ...]
    columns: frozenset[str]
    slots: Mapping[str, str]
    wrong: tuple[Wrong, ...] = ()
    only_adds: bool = False
    """Whether what is missing on the sheet stays, whatever it is called."""


def judged_table(
    sheet: MailedTable, said: Said, known: Sequence[Row], facts: Facts, lexicon: Lexicon
) -> JudgedRegister:
    """`known` are the rows in force."""
    doubts = [
        f
        for f in judged_report(sheet, facts, lexicon).findings
        if f.code != ReportKind(sheet.kind).received
    ]
    merged = _merged(said, known)
    wrong = [*said.wrong, *_bad_values(said.kind, merged, said.wrong), *_twice(said.kind, merged)]
    bad = [*doubts, *(value_finding(sheet, said, each) for each in wrong)]
    if bad:
        return JudgedRegister(bad=tuple(dict.fromkeys(map(_to_sender, bad))))
    is_part = said.only_adds or says_changes(*(hint.text for hint in sheet.hints))
    rows = _table(said.kind, merged, known, is_part=is_part)
    if misfits := tuple(_misfits(sheet, said.kind, rows, facts)):
        return JudgedRegister(bad=misfits, is_part=is_part)
    changes = labelled(changes_between(known, rows, said.kind), said.kind, facts.register)
    numbers = {key_of(said.kind, row).casefold(): n for n, row in enumerate(merged)}
    return JudgedRegister(rows, changes, is_part=is_part, numbers=numbers)


def _to_sender(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR, asked=Asked.SENDER)


def _merged(said: Said, known: Sequence[Row]) -> tuple[Row, ...]:
    """What the sheet has no column for stays as it is, and so does a row that says what is known,
    with the list that it stands on."""
    by_key = {key_of(said.kind, row).casefold(): row for row in known}
    names = [heading.name for heading in HEADINGS[said.kind]]
    merged = []
    for row in said.rows:
        old = by_key.get(key_of(said.kind, row).casefold())
        values = {}
        for name in names:
            kept, new = (old or {}).get(name, ""), row.get(name, "").strip()
            is_said = name in said.columns and not (old and _same(kept, new))
            values[name] = new if is_said else kept
        differs = [n for n in names if old and n != LIST and values[n] != old.get(n, "")]
        merged.append(dict(old) if old and not differs else values)
    return tuple(merged)


def _same(one: str, other: str) -> bool:
    """Two ways to write a number, a list of names or an address are one."""
    if one.strip().casefold() == other.strip().casefold():
        return True
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return bool(one and other) and _parts(one) == _parts(other)


def _parts(text: str) -> frozenset[str]:
    for mark in "；，、,":
        text = text.replace(mark, ";")
    return frozenset(part.strip() for part in text.split(";") if part.strip())


def _bad_values(kind: MasterKind, rows: Sequence[Row], told: Sequence[Wrong]) -> Iterator[Wrong]:
    """Every value that the master table would refuse, but for those that are told already."""
    known = {(each.row, each.column) for each in told}
    try:
        CHECKED[kind](rows)
    except BadRows as error:
        for value in error.bad:
            if (value.row, value.column) not in known:
                yield Wrong(value.row, value.column, _variant(value), value.text)


def _variant(value: BadValue) -> str:
    if not value.text:
        return "missing"
    return VARIANTS.get(value.column, "")


def _twice(kind: MasterKind, rows: Sequence[Row]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        key = key_of(kind, row).casefold()
        if key and key in seen:
            yield Wrong(number, _first_column(kind), TWICE, key_of(kind, row))
        seen.add(key)


def _first_column(kind: MasterKind) -> str:
    return "email" if kind is MasterKind.STAFF else "sku"


def value_finding(sheet: MailedTable, said: Said, wrong: Wrong) -> Finding:
    """At the cell, with the header that stands over it."""
    row, slot = sheet.rows[wrong.row], said.slots.get(wrong.column, wrong.column)
    header = next((c.header for c in sheet.columns if c.field == slot), wrong.column)
    return Finding(
        "register-value",
        Severity.ERROR,
        Asked.SENDER,
        at=next(sheet.places(row, slot), sheet.first_cell(row)),
        where=sheet.where,
        found=wrong.found,
        expected=" ".join(header.split()),
        variant=wrong.variant,
    )


def _table(
    kind: MasterKind, rows: Sequence[Row], known: Sequence[Row], *, is_part: bool
) -> tuple[Row, ...]:
    """The known rows in their order with what the sheet says, then the new ones. Of several lines
    with one key the sheet says all."""
    said = {key_of(kind, row).casefold(): row for row in rows}
    keys = [key_of(kind, row).casefold() for row in known]
    kept, taken = [], set()
    for key, row in zip(keys, known, strict=True):
        if key in said and key not in taken:
            kept.append(said[key])
            taken.add(key)
        elif key not in said and is_part:
            kept.append(row)
    return (*kept, *(row for key, row in said.items() if key not in keys))


def register_with(register: Register, kind: str, rows: Sequence[Row]) -> Register:
    """As it would be with another table of a kind. Prices fit whatever else there is."""
    match kind:
        case MasterKind.PRODUCTS:
            return replace(register, products=products_of(rows))
        case MasterKind.STAFF:
            return replace(register, staff=staff_of(rows))
        case _:
            return register


def _misfits(
    sheet: MailedTable, kind: MasterKind, rows: Sequence[Row], facts: Facts
) -> Iterator[Finding]:
    """Where the new table would not go with the others, and the old one does; and where whoever
    mailed it would not stand on it any more."""
    register = facts.register
    before = set(disagreements_of(register))
    for found in disagreements_of(register_with(register, kind, rows)):
        if found not in before:
            what = found.manager or found.region or (found.role.value if found.role else "")
            yield _misfit(sheet, f"staff-{found.misfit.value}", what, found.code)
    me = (facts.sender.address or "").casefold()
    if kind is MasterKind.STAFF and me not in {r["email"].strip().casefold() for r in rows}:
        yield _misfit(sheet, "own-line", me)


def _misfit(sheet: MailedTable, variant: str, found: str, expected: str = "") -> Finding:
    return Finding(
        "register-value",
        Severity.ERROR,
        Asked.SENDER,
        where=sheet.where,
        found=found,
        expected=expected,
        variant=variant,
    )
