"""Master-data files become rows that hold together; every bad cell is named at once."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import python_calamine

from mailflow.domain.csv_text import of_csv_text
from mailflow.domain.master import (
    HEADINGS,
    BadRows,
    MasterKind,
    budgets_of,
    customers_of,
    papers_of,
    prices_of,
    products_of,
    repeated,
    staff_of,
)
from mailflow.domain.prices import with_listed
from mailflow.domain.register import Register
from mailflow.domain.register_fit import Misfit, disagreements_of, prices_of_nobody
from mailflow.domain.sheet import column_letters
from mailflow.domain.value import dataclass

KEY = {MasterKind.PRODUCTS: "sku", MasterKind.CUSTOMERS: "code"}
READ = {
    MasterKind.PRODUCTS: products_of,
    MasterKind.CUSTOMERS: customers_of,
    MasterKind.STAFF: staff_of,
    MasterKind.BUDGETS: budgets_of,
    MasterKind.PRICES: prices_of,
    MasterKind.PAPERS: papers_of,
}


class MasterError(Exception):
    """A register cannot be used; one complaint a line, each with file and cell."""


@dataclass(frozen=True, slots=True)
class MasterTable:
    """A register file as read: rows of texts by header word, none of them bad."""

    kind: MasterKind
    path: Path
    sha256: str
    rows: tuple[Mapping[str, str], ...]


def read_master(kind: MasterKind, path: Path) -> MasterTable:
    """Raises `MasterError` with every bad cell of the file."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise MasterError(
            f"{path}: {error.strerror}: put the {kind} register there or mend {_key(kind)}"
        ) from error
    lines = _grid(path, raw)
    if not lines:
        raise MasterError(f"{path}: empty: its first row must be the header words")
    columns = _columns(kind, path, lines[0])
    numbered = [(n, line) for n, line in enumerate(lines[1:], start=2) if any(line)]
    rows = tuple(
        {name: line[at] if at < len(line) else "" for name, at in columns.items()}
        for _, line in numbered
    )
    _check(kind, path, rows, columns, [n for n, _ in numbered])
    return MasterTable(kind, path, hashlib.sha256(raw).hexdigest(), rows)


def _key(kind: MasterKind) -> str:
    """Under which key of the configuration its path stands."""
    return "documents" if kind is MasterKind.PAPERS else f"master.{kind}"


def _csv_rows(path: Path, raw: bytes) -> list[list[str]]:
    """As spreadsheet programs save them: in UTF-8, or in the Chinese encoding of Windows."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = csv.reader(io.StringIO(raw.decode(encoding), newline=""))
            return [[of_csv_text(cell.strip()) for cell in line] for line in lines]
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise MasterError(f"{path}: no readable table ({error}): save it as .xlsx") from error
    raise MasterError(f"{path}: in an unknown encoding: save it as CSV UTF-8 or as .xlsx")


def _grid(path: Path, raw: bytes) -> list[list[str]]:
    if path.suffix.casefold() == ".csv":
        return _csv_rows(path, raw)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise MasterError(f"{path}: no readable workbook: save it as .xlsx and retry") from error
    return [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    """A cell as its owner typed it: 12 for 12.0, 80.6 for 80.6."""
    if isinstance(value, float):
        number = Decimal(repr(value))
        return f"{number.normalize():f}" if number else "0"
    return str(value).strip()


def _columns(kind: MasterKind, path: Path, header: Sequence[str]) -> dict[str, int]:
    found = {word.strip().casefold(): at for at, word in enumerate(header) if word.strip()}
    known = {h.name for h in HEADINGS[kind]}
    complaints = [
        f"{path}: {column_letters(at)}1: unknown header {word!r}: known are {', '.join(known)}"
        for word, at in found.items()
        if word not in known
    ]
    complaints += [
        f"{path}: row 1: header {h.name!r} is missing: add the column"
        for h in HEADINGS[kind]
        if not h.optional and h.name not in found
    ]
    if complaints:
        raise MasterError("\n".join(complaints))
    return found


def _check(
    kind: MasterKind,
    path: Path,
    rows: Sequence[Mapping[str, str]],
    columns: Mapping[str, int],
    numbers: Sequence[int],
) -> None:
    complaints = []
    try:
        READ[kind](rows)
    except BadRows as error:
        for bad in error.bad:
            at = columns.get(bad.column)
            cell = f"{column_letters(at)}{numbers[bad.row]}" if at is not None else bad.column
            complaints.append(f"{path}: {cell}: found {bad.text!r}, expected {bad.expected}")
    if key := KEY.get(kind):
        for row, value in repeated(rows, key):
            cell = f"{column_letters(columns[key])}{numbers[row]}"
            complaints.append(f"{path}: {cell}: {key} {value!r} stands in an earlier row too")
    if complaints:
        raise MasterError("\n".join(complaints))


def register_of(tables: Mapping[MasterKind, MasterTable]) -> Register:
    """The register as the files say it, for looking only; the database's has price history."""
    version = "+".join(t.sha256[:8] for t in tables.values())
    return register_from({kind: table.rows for kind, table in tables.items()}, version)


def register_from(
    rows: Mapping[MasterKind, Sequence[Mapping[str, str]]], version: str = ""
) -> Register:
    return Register(
        products=with_listed(
            products_of(rows[MasterKind.PRODUCTS]), prices_of(rows.get(MasterKind.PRICES, ()))
        ),
        customers=customers_of(rows[MasterKind.CUSTOMERS]),
        staff=staff_of(rows[MasterKind.STAFF]),
        version=version,
        budgets=budgets_of(rows.get(MasterKind.BUDGETS, ())),
        papers=papers_of(rows.get(MasterKind.PAPERS, ())),
    )


def assert_together(register: Register) -> None:
    """Raises `MasterError` with every way in which these registers cannot work together."""
    if complaints := list(disagreements(register)):
        raise MasterError("\n".join(complaints))


def assert_prices_fit(register: Register, rows: Sequence[Mapping[str, str]], path: Path) -> None:
    """Raises `MasterError` for prices of products, regions or distributors that nobody knows.

    A price that was mailed may outlive whom it was for; a file can be mended.
    """
    strange = prices_of_nobody(register, prices_of(rows))
    if complaints := [
        f"{path}: price {number + 1}: {column} {text!r} is in no register: mend it or remove the row"
        for number, column, text in strange
    ]:
        raise MasterError("\n".join(complaints))


def disagreements(register: Register) -> Iterator[str]:
    """Why these registers cannot work together: a sentence each, with the mend."""
    for found in disagreements_of(register):
        yield _SAID[found.misfit].format(
            code=found.code, region=found.region, manager=found.manager, role=found.role
        )


_SAID = {
    Misfit.NO_MANAGER: (
        "customer {code}: {manager} is no regional_manager "
        "in the staff register: add the person or mend the address"
    ),
    Misfit.OTHER_REGION: (
        "customer {code}: region {region} is not one of "
        "{manager}'s in the staff register: mend one of the two"
    ),
    Misfit.REGION_OF_NOBODY: "staff: nobody is {role} for region {region}: add a line",
    Misfit.BUDGET_OF_NO_REGION: (
        "budgets: region {region} is no customer's: mend it or remove its rows"
    ),
    Misfit.ROLE_OF_NOBODY: (
        "staff: nobody is {role}: orders held for that role would wait for ever"
    ),
}
