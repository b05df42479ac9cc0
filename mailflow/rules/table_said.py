"""What a mailed sheet of products, staff or prices says, in the columns of its master table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mailflow.domain.access import may_everywhere, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.facts import Facts
from mailflow.domain.mailed_tables import MailedTable, PriceList, PriceRow, Products, Staff
from mailflow.domain.master import MasterKind, Row
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import regions_of
from mailflow.domain.value import dataclass
from mailflow.rules.table_sheet import Said, Wrong
from mailflow.rules.table_words import (
    ACTIVE,
    KINDS,
    LANGUAGES,
    ROLES,
    count_in,
    regions_in,
    valid_from,
    worded,
)

ACTIONS: Mapping[MasterKind, Action] = {
    MasterKind.CUSTOMERS: Action.CHANGE_REGISTER,
    MasterKind.PRODUCTS: Action.CHANGE_PRODUCTS,
    MasterKind.STAFF: Action.CHANGE_STAFF,
    MasterKind.PRICES: Action.CHANGE_PRICES,
}
"""What it is to have a master table changed by mail."""


def said_by(sheet: MailedTable, facts: Facts, lexicon: Lexicon, number: str) -> Said:
    """`number` is the proposal's: new prices stand on it."""
    match sheet:
        case Products():
            return _products(sheet)
        case Staff():
            return _staff(sheet, facts)
        case PriceList():
            return _Prices(sheet, facts, lexicon, number).said()


def is_for_the_whole_house(sheet: MailedTable, facts: Facts) -> bool:
    """Products and staff are everybody's: who looks after some regions alone changes neither."""
    kind = kind_of(sheet)
    if kind is MasterKind.PRICES:
        return True
    return may_everywhere(facts.sender.people, ACTIONS[kind], facts.register)


def kind_of(sheet: MailedTable) -> MasterKind:
    match sheet:
        case Products():
            return MasterKind.PRODUCTS
        case Staff():
            return MasterKind.STAFF
        case PriceList():
            return MasterKind.PRICES


def _columns(sheet: MailedTable) -> frozenset[str]:
    return frozenset(column.field for column in sheet.columns)


def _number(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _products(sheet: Products) -> Said:
    rows: list[Row] = [
        {
            "sku": row.sku,
            "name": row.name,
            "english_name": row.english_name,
            "aliases": row.aliases,
            "spec": row.spec,
            "unit": row.unit,
            "units_per_case": count_in(row.units_per_case),
            "price": _number(row.price),
            "kind": worded(row.kind, KINDS),
            "active": worded(row.active, ACTIVE),
        }
        for row in sheet.rows
    ]
    return Said(kind=MasterKind.PRODUCTS, rows=tuple(rows), columns=_columns(sheet), slots={})


def _staff(sheet: Staff, facts: Facts) -> Said:
    rows: list[Row] = [
        {
            "role": worded(row.role, ROLES),
            "name": row.person,
            "email": row.email.casefold(),
            "regions": regions_in(row.regions),
            "language": worded(row.language, LANGUAGES),
        }
        for row in sheet.rows
    ]
    columns = frozenset("name" if c == "person" else c for c in _columns(sheet))
    return Said(
        kind=MasterKind.STAFF,
        rows=tuple(rows),
        columns=columns,
        slots={"name": "person"},
        wrong=tuple(_own_lines(rows, columns, facts)),
    )


def _own_lines(rows: list[Row], columns: frozenset[str], facts: Facts) -> Iterator[Wrong]:
    """What one may do is settled by another: a new part or other regions of one's own are refused."""
    me = (facts.sender.address or "").casefold()
    mine = {(p.role.value, p.regions) for p in facts.sender.people}
    for number, row in enumerate(rows):
        if row["email"].strip().casefold() != me:
            continue
        own = {regions for role, regions in mine if role == row["role"]}
        said = _regions(row["regions"])
        if not own or ("regions" in columns and said not in {frozenset(r) for r in own}):
            yield Wrong(number, "email", "own-line", row["email"])


def _regions(text: str) -> frozenset[str]:
    for mark in "，、":
        text = text.replace(mark, ",")
    return frozenset(part.strip() for part in text.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class _Prices:
    """A price list; what stands around its table holds for every row without a word of its own."""

    sheet: PriceList
    facts: Facts
    lexicon: Lexicon
    number: str

    def said(self) -> Said:
        rows, wrong = [], []
        since = self._since()
        for number, row in enumerate(self.sheet.rows):
            values, bad = self._row(number, row, since)
            rows.append(values)
            wrong += bad
        return Said(
            kind=MasterKind.PRICES,
            rows=tuple(rows),
            columns=self._columns(),
            slots={},
            wrong=tuple(wrong),
            only_adds=True,
        )

    def _columns(self) -> frozenset[str]:
        """All but the end, where neither a column nor a label says one."""
        every = frozenset({"sku", "price", "since", "region", "distributor", "list"})
        is_ended = "until" in _columns(self.sheet) or self._label("expires")
        return every | {"until"} if is_ended else every

    def _since(self) -> date | None:
        """Of the whole sheet: by its label, else by its title where all titles say one day."""
        said = self._label("valid-from")
        titles = [said] if said else [hint.text for hint in self.sheet.hints]
        days = {day for text in titles if (day := _day(text) or valid_from(text))}
        return days.pop() if len(days) == 1 else None

    def _label(self, field: str) -> str:
        said = self.sheet.said(field)
        return said.text.strip() if said else ""

    def _row(self, number: int, row: PriceRow, since: date | None) -> tuple[Row, list[Wrong]]:
        wrong: list[Wrong] = []
        match = self.lexicon.match(row.sku or None, row.name or None, row.spec or None)
        if match.product is None:
            written = " ".join(text for text in (row.sku, row.name) if text)
            wrong.append(Wrong(number, "sku" if row.sku else "name", "unknown-product", written))
        code, is_known = self._distributor(row)
        if not is_known:
            wrong.append(Wrong(number, "distributor", "unknown-distributor", row.distributor))
        region = "" if code else regions_in(row.region or self._label("region"))
        if region and region not in regions_of(self.facts.register.customers):
            wrong.append(Wrong(number, "region", "unknown-region", region))
        elif is_known and not self._may(region, code):
            wrong.append(Wrong(number, "sku", "price-not-yours", region or code))
        begins = row.since or since
        if begins is None:
            wrong.append(Wrong(number, "since", "since-missing"))
        ends = row.until or _day(self._label("expires"))
        if row.price is None:
            wrong.append(Wrong(number, "price", "missing"))
        return {
            "sku": match.product.sku if match.product else row.sku,
            "price": _number(row.price),
            "since": begins.isoformat() if begins else "",
            "until": ends.isoformat() if ends else "",
            "region": region,
            "distributor": code,
            "list": self.number,
        }, wrong

    def _distributor(self, row: PriceRow) -> tuple[str, bool]:
        """Its code, and whether it is certain; empty and True where none is named."""
        text = row.distributor or self._label("distributor") or self._label("distributor-code")
        if not regions_in(text):
            return "", True
        found = self.lexicon.customers_named(text)
        return (found[0].code, True) if len(found) == 1 else (text, False)

    def _may(self, region: str, code: str) -> bool:
        """A price for all is one for every region."""
        people, register = self.facts.sender.people, self.facts.register
        customer = register.by_code.get(code.casefold()) if code else None
        where = customer.region if customer else region
        if where:
            return may_in(people, Action.CHANGE_PRICES, where, register)
        return may_everywhere(people, Action.CHANGE_PRICES, register)


def _day(text: str) -> date | None:
    """A day that stands alone in a label."""
    parts = text.strip().rstrip("日起").replace("年", "-").replace("月", "-").replace("/", "-")
    try:
        year, month, day = (int(part) for part in parts.split(" ")[0].split("-"))
        return date(year, month, day)
    except ValueError:
        return None
