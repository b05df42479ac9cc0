"""What a mailed table of products, staff or prices would change, at its cells, the doubtful first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mailflow.domain.access import DECIDES
from mailflow.domain.access_table import TABLE
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mailed_tables import MailedTable
from mailflow.domain.master import MasterKind
from mailflow.domain.prices import price_otherwise
from mailflow.domain.register_change import Done, RowChange
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass
from mailflow.rules.cells import money
from mailflow.rules.register_findings import MANY
from mailflow.rules.register_sheet import JudgedRegister

FAR = Decimal("0.2")
"""A price that moves by a fifth or more may be a slip."""
SLOTS: Mapping[tuple[str, str], str] = {(MasterKind.STAFF, "name"): "person"}
"""Which slot of a sheet fills a column, where it is called otherwise."""
NAMED: Mapping[str, str] = {
    MasterKind.PRODUCTS: "product",
    MasterKind.STAFF: "staff",
    MasterKind.PRICES: "price",
}
"""Which words tell that a row is new or gone."""
UNTOLD = frozenset({"list"})
"""A column that says nothing to people."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One table being told: its sheet, what was judged of it, by which facts."""

    sheet: MailedTable
    kind: MasterKind
    judged: JudgedRegister
    facts: Facts

    def at(self, change: RowChange, column: str = "") -> Place | None:
        number = self.judged.numbers.get(change.code.casefold())
        if number is None:
            return None
        row = self.sheet.rows[number]
        slot = SLOTS.get((self.kind, column), column)
        return next(self.sheet.places(row, slot), self.sheet.first_cell(row))


def table_findings(
    sheet: MailedTable, kind: MasterKind, judged: JudgedRegister, known: int, facts: Facts
) -> tuple[Finding, ...]:
    """`known` is how many rows there were."""
    told = _Told(sheet, kind, judged, facts)
    doubtful: list[Finding] = []
    plain: list[Finding] = []
    gone = sum(c.done is Done.REMOVED for c in judged.changes)
    if gone >= MANY and gone * 4 >= known:
        doubtful.append(_finding("register-suspect", "many-rows", None, (str(gone), str(known))))
    for change in judged.changes:
        doubtful += _doubts(told, change)
        plain += _plain(told, change)
    # Of a long price list what stays the same is read last.
    plain.sort(key=lambda finding: finding.variant == "price-same")
    return (*doubtful, *plain)


def _doubts(told: _Told, change: RowChange) -> Iterator[Finding]:
    match told.kind:
        case MasterKind.PRICES:
            yield from _price_doubts(told, change)
        case MasterKind.PRODUCTS:
            if change.done is Done.REMOVED:
                yield _suspect("product-gone", None, change, change.code)
            for column in ("units_per_case", "price"):
                value = change.of(column)
                if value and (column != "price" or _is_far(value.before, value.after)):
                    yield _suspect(
                        column.replace("_", "-"),
                        told.at(change, column),
                        change,
                        value.after,
                        value.before,
                    )
        case MasterKind.STAFF:
            row = change.after or {}
            is_new = change.done is Done.ADDED
            if is_new and row.get("role") in _deciding():
                yield _suspect("power", told.at(change, "role"), change, row["role"])
            if change.done is Done.REMOVED:
                yield _suspect("person-gone", None, change, change.code)


def _deciding() -> frozenset[str]:
    """The parts whose yes lets goods go."""
    return frozenset(role for action in DECIDES.values() for role in TABLE[action])


def _price_doubts(told: _Told, change: RowChange) -> Iterator[Finding]:
    row, at = change.after or {}, told.at(change, "price")
    if change.done is Done.REMOVED or not row:
        return
    before = _before(told, change)
    if before is not None and _is_far(str(before), row["price"]):
        yield _suspect("price", at, change, money(Decimal(row["price"])), money(before))
    if date.fromisoformat(row["since"]) < told.facts.business_day:
        yield _suspect("past", told.at(change, "since"), change, row["since"])
    product = told.facts.register.by_sku.get(row["sku"].casefold())
    if product is not None and not product.active:
        yield _suspect("not-sold", told.at(change, "sku"), change, row["sku"])


def _before(told: _Told, change: RowChange) -> Decimal | None:
    """The price that would hold for these people on that day without it."""
    row, register = change.after or {}, told.facts.register
    product = register.by_sku.get(row.get("sku", "").casefold())
    if product is None:
        return None
    customer = register.by_code.get(row.get("distributor", "").casefold())
    day = date.fromisoformat(row["since"])
    return price_otherwise(product, day, row.get("region", ""), customer)


def _is_far(before: str, after: str) -> bool:
    old, new = Decimal(before or 0), Decimal(after or 0)
    return abs(new - old) >= FAR * old


def _plain(told: _Told, change: RowChange) -> Iterator[Finding]:
    named = NAMED[told.kind]
    match change.done:
        case Done.REMOVED:
            yield _finding("register-removed", named, None, (change.code, "", change.name))
        case Done.ADDED if told.kind is MasterKind.PRICES:
            before, price = _before(told, change), Decimal((change.after or {})["price"])
            variant = "price-same" if before == price else "price"
            texts = (money(price), money(before) if before is not None else "—", change.name)
            yield _finding("register-added", variant, told.at(change, "price"), texts)
        case Done.ADDED:
            texts = (change.code, "", change.name)
            yield _finding("register-added", named, told.at(change), texts)
        case Done.CHANGED:
            for value in change.values:
                if value.column not in UNTOLD:
                    at = told.at(change, value.column)
                    texts = (value.after or "—", value.before or "—", change.name)
                    yield _finding("register-changed", value.column, at, texts)


def _suspect(
    variant: str, at: Place | None, change: RowChange, found: str, expected: str = ""
) -> Finding:
    return _finding("register-suspect", variant, at, (found, expected, change.name))


def _finding(code: str, variant: str, at: Place | None, texts: tuple[str, ...]) -> Finding:
    """`texts`: found, expected, and the name of what it is about."""
    found, expected, name = (*texts, "", "")[:3]
    is_doubt = code == "register-suspect"
    return Finding(
        code,
        Severity.WARNING if is_doubt else Severity.INFO,
        Asked.NOBODY,
        at=at,
        found=found,
        expected=expected,
        variant=variant,
        details=(("distributor", name),),
    )
