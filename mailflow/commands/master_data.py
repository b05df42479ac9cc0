"""`import` and `export`: registers in, anything out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.domain.csv_text import as_csv_text
from mailflow.domain.master import NEEDED, MasterKind
from mailflow.master import (
    MasterError,
    assert_prices_fit,
    assert_together,
    read_master,
    register_from,
)

RECORDS = ("mails", "orders", "cases", "messages", "settlements", "batches", "consumers")
SUFFIXES = (".xlsx", ".csv", ".json")


def import_(config_path: Path, kind: str, file: Path) -> int:
    try:
        table = read_master(MasterKind(kind), file)
    except MasterError as error:
        complain(str(error))
        return 1
    try:
        with opened(load_config(config_path)) as app:
            rows = {k: app.store.master_rows(k) for k in MasterKind} | {table.kind: table.rows}
            if all(rows[needed] for needed in NEEDED):
                # The first registers come one by one; what is complete has to hold together.
                register = register_from(rows)
                assert_together(register)
                if table.kind is MasterKind.PRICES:
                    assert_prices_fit(register, table.rows, file)
            whole = [(table.kind, table.sha256, table.rows)]
            is_new = app.store.load_masters(whole, clock(), again=True)
    except Failed as failed:
        return failed.code
    say(f"{kind}: {len(table.rows)} rows {'loaded' if is_new else 'already loaded, unchanged'}")
    return 0


def export(config_path: Path, kind: str, file: Path) -> int:
    kinds = (*RECORDS, *(k.value for k in MasterKind))
    if kind not in kinds:
        complain(f"export {kind}: unknown: write one of {', '.join(kinds)}")
        return 2
    if file.suffix not in SUFFIXES:
        complain(f"{file}: the name must end in one of {', '.join(SUFFIXES)}")
        return 2
    try:
        with opened(load_config(config_path)) as app:
            if kind == "consumers":
                rows = list(app.store.export_consumers(clock()))
            elif kind in RECORDS:
                rows = list(app.store.records.listing(kind, None))
            else:
                rows = list(app.store.master_rows(kind))
    except Failed as failed:
        return failed.code
    columns = list(rows[0]) if rows else []
    try:
        _write(file, columns, rows)
    except OSError as error:
        complain(f"{file}: {error.strerror}: free space, or name a file you may write to")
        return 1
    say(f"{file}: {len(rows)} rows")
    return 0


def _write(file: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    if file.suffix == ".json":
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")
    elif file.suffix == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows([_text(row[c]) for c in columns] for row in rows)
    else:
        _write_xlsx(file, columns, rows)


def _text(value: Any) -> str:
    return "" if value is None else as_csv_text(str(value))


def _write_xlsx(file: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for at, column in enumerate(columns):
        page.write_string(0, at, column, bold)
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            value = row[column]
            if isinstance(value, int) and not isinstance(value, bool):
                page.write_number(number, at, value)
            else:
                page.write_string(number, at, "" if value is None else str(value))
    page.freeze_panes(1, 0)
    page.autofit()
    book.close()
    file.write_bytes(out.getvalue())
