"""A sheet of call-back results, row by row: what may be entered, and what its sender is asked (S10).

No finding repeats who a consumer is, or what he said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from mailflow.domain.access import may_in
from mailflow.domain.access_table import Action
from mailflow.domain.call_backs import CallBackRow, CallBacks
from mailflow.domain.called import CallSums
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.naming import Lexicon, normalised
from mailflow.domain.register import Customer, Product
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass
from mailflow.rules.call_tins import Unclear, counted, is_empty, is_of_one
from mailflow.rules.report_whose import WhoseReader
from mailflow.rules.reports import RECEIVED, judged_report

MOST_ROWS = 5000
"""A sheet with more rows is looked at by a person."""
OLDEST = timedelta(days=366)
"""A call so long ago is a slip of the year."""
Known = Callable[[str], Sequence[str]]
"""The codes of the distributors that are known to have a store, by how it is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A row that is certain. `person` is who was called, to be signed and forgotten; `month` is None
    where nothing says it."""

    customer: Customer
    store: str
    product: Product | None
    person: str
    called_on: date | None
    month: date | None
    sums: CallSums
    at: Place

    @property
    def key(self) -> str:
        return store_key(self.store)


@dataclass(frozen=True, slots=True)
class Judged:
    """`whole`: what is asked concerns the sheet, and none of its rows is entered. `empty` counts the
    rows that nobody filled in."""

    rows: tuple[CallRow, ...] = ()
    asked: tuple[Finding, ...] = ()
    empty: int = 0
    whole: bool = False


def store_key(store: str) -> str:
    return normalised(store)


def judged_calls(
    sheet: CallBacks,
    facts: Facts,
    lexicon: Lexicon,
    known: Known,
    given_with: Mapping[str, str] = MappingProxyType({}),
) -> Judged:
    """`given_with` says which sample tins go with what a consumer bought (`House.given_with`)."""
    rows = {row.row for row in sheet.rows}
    found = [_to_sender(f) for f in judged_report(sheet, facts, lexicon).findings if _counts(f)]
    around = [f for f in found if f.at is None or f.at.row not in rows]
    if around:
        return Judged(asked=tuple(around), whole=True)
    of_row: dict[int, list[Finding]] = {}
    for finding in found:
        if finding.at is not None:
            of_row.setdefault(finding.at.row, []).append(finding)
    reader = _Reader(sheet, facts, lexicon, known, given_with)
    certain: list[CallRow] = []
    asked: list[Finding] = []
    empty = 0
    for row in sheet.rows:
        if row.row not in of_row and is_empty(row):
            empty += 1
            continue
        read = reader.read(row) if row.row not in of_row else of_row[row.row]
        if isinstance(read, CallRow):
            certain.append(read)
        else:
            asked.extend(read)
    return Judged(tuple(certain), tuple(dict.fromkeys(asked)), empty)


def _counts(finding: Finding) -> bool:
    """That it came is no doubt; a column of free text is asked about row by row, where it matters."""
    is_free = finding.code == "report-doubt" and finding.variant == DoubtKind.FREE_TEXT
    return finding.code not in RECEIVED and not is_free


def _to_sender(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR, asked=Asked.SENDER)


def call_finding(
    sheet: CallBacks, variant: str, at: Place | None, found: str = "", expected: str = ""
) -> Finding:
    return Finding(
        "call-value",
        Severity.ERROR,
        Asked.SENDER,
        at=at,
        where=sheet.where,
        found=found,
        expected=expected,
        variant=variant,
    )


class _Reader:
    """Reads the rows of one sheet; `seen` tells a row that stands there twice."""

    def __init__(
        self,
        sheet: CallBacks,
        facts: Facts,
        lexicon: Lexicon,
        known: Known,
        given_with: Mapping[str, str],
    ) -> None:
        self._sheet, self._facts, self._lexicon, self._known = sheet, facts, lexicon, known
        self._whose = WhoseReader(sheet, facts, lexicon)
        self._month = sheet.month.begin(facts.business_day) if sheet.month else None
        self._given_with = given_with
        self._seen: dict[tuple[object, ...], Place] = {}

    def read(self, row: CallBackRow) -> CallRow | list[Finding]:
        sheet = self._sheet
        store = self._store(row)
        if not store:
            return [call_finding(sheet, "store", self._at(row, "store", "store_code"))]
        customer = self._customer(row, store)
        if isinstance(customer, Finding):
            return [customer]
        product = self._product(row)
        if isinstance(product, Finding):
            return [product]
        day = self._day(row)
        if isinstance(day, Finding):
            return [day]
        sums = counted(row, product)
        if isinstance(sums, Unclear):
            at = self._at(row, sums.slot, "result", "used")
            return [call_finding(sheet, sums.variant, at, sums.found)]
        month = day.replace(day=1) if day else self._month
        person = _person(row)
        if month is None and not person:
            return [call_finding(sheet, "month", self._at(row, "called_on"))]
        at = sheet.first_cell(row)
        same = (customer.code, store_key(store), product and product.sku, month, person)
        if (before := self._seen.setdefault(same, at)) is not at:
            return [call_finding(sheet, "twice", at, before.address)]
        return CallRow(
            customer=customer,
            store=store,
            product=product,
            person=person,
            called_on=day,
            month=month,
            sums=sums,
            at=at,
        )

    def _store(self, row: CallBackRow) -> str:
        said = self._sheet.said("store")
        return " ".join((row.store or row.store_code or (said.text if said else "")).split())

    def _customer(self, row: CallBackRow, store: str) -> Customer | Finding:
        """As the sheet says; where it says nothing, whose the store was known to be."""
        whose = self._whose.of(row)
        customers = whose.customers
        if not customers and not whose.strange:
            codes = self._known(store_key(store))
            by_code = self._facts.register.by_code
            customers = tuple(c for code in codes if (c := by_code.get(code.casefold())))
        at = whose.at or self._at(row, "distributor", "distributor_code", "store")
        if whose.strange:
            return call_finding(self._sheet, "distributor", at, whose.strange)
        if len(customers) != 1:
            names = "、".join(c.name for c in customers[:5])
            return call_finding(self._sheet, "several" if customers else "whose", at, names)
        people, register = self._facts.sender.people, self._facts.register
        [customer] = customers
        if not may_in(people, Action.TELL_CALL_BACKS, customer.region, register):
            return call_finding(self._sheet, "region", at, customer.region)
        return customer

    def _product(self, row: CallBackRow) -> Product | Finding | None:
        """None where the sheet names none."""
        if not row.product.strip():
            return None
        match = self._lexicon.match(None, row.product, None)
        if match.product is not None:
            sample = self._given_with.get(match.product.sku.casefold(), "")
            return self._facts.register.by_sku.get(sample.casefold(), match.product)
        at, few = self._at(row, "product"), match.candidates[:5]
        named = "、".join(p.name for p in few)
        variant = "products" if match.candidates else "product"
        return call_finding(self._sheet, variant, at, row.product.strip(), named)

    def _day(self, row: CallBackRow) -> date | Finding | None:
        day, today = row.called_on, self._facts.business_day
        if day is None or today - OLDEST < day <= today:
            return day
        variant = "future" if day > today else "old"
        return call_finding(self._sheet, variant, self._at(row, "called_on"), day.isoformat())

    def _at(self, row: CallBackRow, *slots: str) -> Place:
        places = (place for slot in slots for place in self._sheet.places(row, slot))
        return next(places, self._sheet.first_cell(row))


def _person(row: CallBackRow) -> str:
    """What tells one consumer from another; the telephone alone where it is there, since names are
    written in many ways."""
    if not is_of_one(row):
        return ""
    digits = "".join(sign for sign in row.phone if sign.isdigit())
    if digits:
        return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return "|".join(map(normalised, (row.consumer, row.baby)))
