"""What a register would change, told as findings at the cells that say it, the suspicious first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mailflow.domain.distributors import Distributors
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.register_change import Done, RowChange
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass
from mailflow.rules.register_sheet import JudgedRegister, suspicions

MANY = 3
"""So many that are gone at once, and a quarter of all, may be a sheet that is not whole."""
MOST_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """What the books know of those who would be gone: numbers of open orders, and what is owed."""

    open_orders: Mapping[str, tuple[str, ...]]
    owed: Mapping[str, Decimal]


def change_findings(
    sheet: Distributors, judged: JudgedRegister, known: int, standing: Standing
) -> tuple[Finding, ...]:
    """`known` is how many distributors there were."""
    places = _Places(sheet, judged.numbers)
    return (
        *_suspicious(judged, places, known, standing),
        *(f for change in judged.changes for f in _plain(change, places)),
    )


class _Places:
    def __init__(self, sheet: Distributors, numbers: Mapping[str, int]) -> None:
        self._sheet, self._numbers = sheet, numbers

    def at(self, change: RowChange, column: str) -> Place | None:
        number = self._numbers.get(change.code.casefold())
        if number is None:
            return None
        row = self._sheet.rows[number]
        return next(self._sheet.places(row, column), self._sheet.first_cell(row))


def _suspicious(
    judged: JudgedRegister, places: _Places, known: int, standing: Standing
) -> Iterator[Finding]:
    changes = judged.changes
    gone = [c for c in changes if c.done is Done.REMOVED]
    if len(gone) >= MANY and len(gone) * 4 >= known:
        yield _suspect("many", None, str(len(gone)), str(known), "")
    for change in gone:
        if numbers := standing.open_orders.get(change.code):
            told = "、".join(numbers[:MOST_NUMBERS])
            yield _suspect("open-orders", None, change.name, told, change.name)
        if owed := standing.owed.get(change.code):
            yield _suspect("owes", None, change.name, f"{owed:.2f}", change.name)
    shared = suspicions(changes, judged.rows)
    for change in changes:
        if moved := change.of("region"):
            at = places.at(change, "region")
            yield _suspect("region", at, moved.after, moved.before, change.name)
        if others := shared.get(change.code):
            at = places.at(change, "phone")
            phone = (change.after or {}).get("phone", "")
            yield _suspect("phone", at, phone, "、".join(others), change.name)


def _plain(change: RowChange, places: _Places) -> Iterator[Finding]:
    match change.done:
        case Done.REMOVED:
            yield _told("register-removed", "", None, change.code, "", change.name)
        case Done.ADDED:
            at = places.at(change, "code")
            yield _told("register-added", "", at, change.code, "", change.name)
        case Done.CHANGED:
            for value in change.values:
                if value.column != "region":
                    at = places.at(change, value.column)
                    told = (value.after or "—", value.before or "—", change.name)
                    yield _told("register-changed", value.column, at, *told)


def _suspect(variant: str, at: Place | None, found: str, expected: str, name: str) -> Finding:
    return _told("register-suspect", variant, at, found, expected, name)


def _told(
    code: str, variant: str, at: Place | None, found: str, expected: str, name: str
) -> Finding:
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


def suspicious_ones(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.code == "register-suspect")
