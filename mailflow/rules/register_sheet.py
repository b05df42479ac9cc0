"""A mailed register of distributors held against the one that is known: what it would change, or the
cells for which it is refused as a whole (S9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal, InvalidOperation

from mailflow.domain.access import may_in, regions_open
from mailflow.domain.access_table import Action
from mailflow.domain.distributors import DistributorRow, Distributors
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.master import HEADINGS, BadRows, MasterKind, Row, customers_of, repeated
from mailflow.domain.naming import Lexicon
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Register
from mailflow.domain.register_change import RowChange, changes_between
from mailflow.domain.register_fit import Disagreement, Misfit, disagreements_of
from mailflow.domain.report import ReportKind
from mailflow.domain.value import dataclass
from mailflow.rules.report_kinds import master_row, register_value, value_variant
from mailflow.rules.reports import judged_report

MOST_ROWS = 3000
"""A longer sheet is looked at by a person."""
COLUMNS = tuple(heading.name for heading in HEADINGS[MasterKind.CUSTOMERS])
OPENINGS = ("expense_balance", "owed")
"""Opening balances: of a distributor that is known the ledger has them."""
MONEY = ("credit_limit", *OPENINGS)
OWN = (ReportKind.DISTRIBUTORS.received, "register-value", "report-repeated")
"""What is asked here of the rows as they would be, not as a sheet alone has them."""
_ONLY_CHANGES = pattern(
    r"变更|新增|增补|补充|更新部分|修改|调整|部分|changes?\b|additions?\b|partial", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class JudgedRegister:
    """`rows` are the whole new table; `bad` why it cannot be taken, and nothing is changed then.
    `is_part`: it says that it brings only what changes, so nobody is missing on it. `numbers` says
    which row of the sheet is whose, by code in lower case."""

    rows: tuple[Row, ...] = ()
    changes: tuple[RowChange, ...] = ()
    bad: tuple[Finding, ...] = ()
    is_part: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)


def says_changes(*texts: str) -> bool:
    """`经销商名单变更`, `新增客户`: what does not stand on the sheet stays as it is."""
    return any(_ONLY_CHANGES.search(text) for text in texts)


def judged_register(
    sheet: Distributors,
    known: Sequence[Row],
    facts: Facts,
    lexicon: Lexicon,
    *,
    subject: str = "",
) -> JudgedRegister:
    reading = _Sheet(sheet, known, facts)
    doubts = [f for f in judged_report(sheet, facts, lexicon).findings if f.code not in OWN]
    bad = [*doubts, *reading.bad()]
    if bad:
        return JudgedRegister(bad=tuple(dict.fromkeys(map(_to_sender, bad))))
    is_part = says_changes(subject, *(hint.text for hint in sheet.hints))
    rows = reading.table(is_part=is_part)
    misfits = tuple(_to_sender(f) for f in reading.misfits(rows))
    if misfits:
        return JudgedRegister(bad=misfits, is_part=is_part)
    changes = changes_between(known, rows)
    return JudgedRegister(rows, changes, is_part=is_part, numbers=reading.numbers)


def _to_sender(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR, asked=Asked.SENDER)


class _Sheet:
    """The rows of one sheet, each beside what is known of its distributor."""

    def __init__(self, sheet: Distributors, known: Sequence[Row], facts: Facts) -> None:
        self._sheet, self._facts = sheet, facts
        self._known = {row["code"].casefold(): row for row in known}
        self._columns = {column.field for column in sheet.columns}
        self._before = [self._found(row) for row in sheet.rows]
        self._rows = [self._merged(*each) for each in zip(sheet.rows, self._before, strict=True)]

    @property
    def numbers(self) -> Mapping[str, int]:
        return {row["code"].casefold(): number for number, row in enumerate(self._rows)}

    def _found(self, row: DistributorRow) -> Row | None:
        """By its code; where the sheet has none by its whole name, if one alone bears it."""
        if row.code.strip():
            return self._known.get(row.code.strip().casefold())
        name = row.name.strip()
        named = [r for r in self._known.values() if name and r["name"].strip() == name]
        return named[0] if len(named) == 1 else None

    def _merged(self, row: DistributorRow, before: Row | None) -> Row:
        """What the sheet has no column for stays as it is."""
        said = master_row(row)
        said["regional_manager"] = self._manager(said["regional_manager"])
        merged = {column: (before or {}).get(column, "") for column in COLUMNS}
        for column in COLUMNS:
            keeps = before is not None and (column in OPENINGS or column == "code")
            if column in self._columns and not keeps:
                is_same = _meaning(column, said[column]) == _meaning(column, merged[column])
                merged[column] = merged[column] if before and is_same else said[column].strip()
        return merged

    def _manager(self, said: str) -> str:
        """A manager's name stands for his address where one alone bears it."""
        register = self._facts.register
        if "@" in said or not said.strip():
            return said.strip().casefold()
        people = {p.email.casefold() for p in register.staff if p.name.strip() == said.strip()}
        managers = [address for address in people if register.managers(address)]
        return managers[0] if len(managers) == 1 else said.strip()

    def bad(self) -> Iterator[Finding]:
        yield from self._values()
        yield from self._strange_managers()
        for number, code in repeated(self._rows, "code"):
            yield self._finding(number, "code", "repeated", code)
        for number, row in enumerate(self._rows):
            yield from self._not_his(number, row)

    def _values(self) -> Iterator[Finding]:
        try:
            customers_of(self._rows)
        except BadRows as error:
            doubted = {doubt.at for doubt in self._sheet.doubts}
            for value in error.bad:
                if self._finding(value.row, value.column, "", "").at in doubted:
                    continue
                is_manager = value.column == "regional_manager" and bool(value.text)
                variant = "manager" if is_manager else value_variant(value)
                yield self._finding(value.row, value.column, variant, value.text)

    def _strange_managers(self) -> Iterator[Finding]:
        for number, row in enumerate(self._rows):
            manager = row["regional_manager"]
            if "@" in manager and not self._facts.register.managers(manager):
                yield self._finding(number, "regional_manager", "manager", manager)

    def _not_his(self, number: int, row: Row) -> Iterator[Finding]:
        """Neither where a distributor was nor where it comes may be another admin's."""
        before = self._before[number]
        for region in dict.fromkeys((row["region"], (before or row)["region"])):
            if region and not self._may(region):
                yield self._finding(number, "region", "region-not-yours", region)

    def _may(self, region: str) -> bool:
        people, register = self._facts.sender.people, self._facts.register
        return may_in(people, Action.CHANGE_REGISTER, region, register)

    def table(self, *, is_part: bool) -> tuple[Row, ...]:
        """The whole table: the known rows in their order with what the sheet says, then the new
        ones. On a whole list who stands in a region of it and not on it is gone."""
        said = {row["code"].casefold(): row for row in self._rows}
        touched = {row["region"] for row in self._rows}
        touched |= {before["region"] for before in self._before if before is not None}
        mine = set(
            regions_open(self._facts.sender.people, Action.CHANGE_REGISTER, self._facts.register)
        )
        kept = [
            said.get(code, row)
            for code, row in self._known.items()
            if code in said or is_part or row["region"] not in touched & mine
        ]
        new = [row for code, row in said.items() if code not in self._known]
        return (*kept, *new)

    def misfits(self, rows: Sequence[Row]) -> Iterator[Finding]:
        """Where the new table would not go with the staff; what is said of no row of the sheet was
        so before."""
        register = with_customers(self._facts.register, rows)
        for found in disagreements_of(register):
            for number, row in enumerate(self._rows):
                if column := _column(found, row):
                    value = found.manager if column == "regional_manager" else found.region
                    yield self._finding(number, column, found.misfit.value, value)

    def _finding(self, number: int, column: str, variant: str, found: str) -> Finding:
        headers = (c.header for c in self._sheet.columns if c.field == column)
        finding = register_value(self._sheet, self._sheet.rows[number], column, variant, found)
        return replace(finding, expected=" ".join(next(headers, column).split()))


def with_customers(register: Register, rows: Sequence[Row]) -> Register:
    return replace(register, customers=customers_of(rows))


def _column(found: Disagreement, row: Row) -> str:
    """Which cell of a row is to blame; empty: none of it."""
    match found.misfit:
        case Misfit.NO_MANAGER | Misfit.OTHER_REGION:
            return "regional_manager" if row["code"] == found.code else ""
        case Misfit.REGION_OF_NOBODY:
            return "region" if row["region"] == found.region else ""
        case Misfit.ROLE_OF_NOBODY | Misfit.BUDGET_OF_NO_REGION:
            return ""


def _meaning(column: str, text: str) -> object:
    """What two ways to write the same have in common."""
    text = text.strip()
    if column in MONEY:
        try:
            return Decimal(text or 0)
        except InvalidOperation:
            return text
    if column == "aliases":
        return frozenset(p.strip() for p in text.replace("；", ";").split(";") if p.strip())
    return text.casefold() if column in ("email", "regional_manager") else text


def suspicions(changes: Sequence[RowChange], rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """Codes of changed or new rows whose phone another distributor of the new table has too, with
    the names of those others."""
    by_phone: dict[str, list[Row]] = {}
    for row in rows:
        if digits := re.sub(r"\D", "", row.get("phone", "")):
            by_phone.setdefault(digits, []).append(row)
    found = {}
    for change in changes:
        is_news = change.before is None or change.of("phone") is not None
        if change.after is None or not is_news:
            continue
        digits = re.sub(r"\D", "", change.after.get("phone", ""))
        others = [r for r in by_phone.get(digits, ()) if r["code"] != change.after["code"]]
        if others:
            found[change.code] = tuple(r["name"] for r in others)
    return found
