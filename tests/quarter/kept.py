"""The desk's books, statements and statistics held against what the oracle kept: to the cent."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook

from tests.life.books import Books, Sent
from tests.quarter.desk import Desk
from tests.quarter.oracle import Oracle
from tests.scenarios.house import House

TRIAL = """
    select account in ('owed', 'sales', 'bank', 'owed_before') as is_cash, sum(cents) as cents
    from postings group by 1 having sum(cents) <> 0
"""
UNEVEN = """
    select entry_id, sum(cents) as cents from postings
    group by entry_id, account in ('owed', 'sales', 'bank', 'owed_before') having sum(cents) <> 0
"""
SUMS = """
    select distributor, coalesce(sum(case account when 'owed' then cents end), 0) as owed,
    coalesce(sum(case account when 'unused' then cents end), 0) as unused
    from postings join entries on entries.id = entry_id group by distributor
"""
BALANCES = "select distributor, owed, unused from balances"
STATEMENT = re.compile(r"DZ-(\w+)-(\d{4})(\d{2})")


def differing(books: Books, oracle: Oracle, desk: Desk, now: datetime) -> Iterator[str]:
    """The trial balance is zero, in each book and entry; balances and entries are what happened."""
    for row in books.rows(TRIAL):
        yield f"{now:%m-%d %H:%M} trial balance: {row}"
    for row in books.rows(UNEVEN):
        yield f"{now:%m-%d %H:%M} entry {row['entry_id']}: {row['cents']} too many"
    for query in (SUMS, BALANCES):
        told = {r["distributor"]: (r["owed"], r["unused"]) for r in books.rows(query)}
        for d in desk.distributors:
            wanted = oracle.accounts.owed(d.code), oracle.accounts.left(d.code)
            owed, left = (Decimal(cents).scaleb(-2) for cents in told.get(d.code, (0, 0)))
            if (owed, left) != wanted:
                yield f"{now:%m-%d %H:%M} {d.code}: {owed} and {left} in the books, not {wanted}"


def misstated(sent: Sent, oracle: Oracle) -> Iterator[str]:
    """A statement ends with what is owed and left at the end of its month."""
    found = STATEMENT.search(str(sent.letter["Subject"]))
    assert found
    code, month = found[1], date(int(found[2]), int(found[3]), 1)
    page = load_workbook(io.BytesIO(sent.workbooks()[0])).worksheets[0]
    [end] = [row for row in page.iter_rows(values_only=True) if row[0] == "期末余额"]
    told = [Decimal(str(end[column])).quantize(Decimal("0.01")) for column in (4, 6)]
    wanted = [oracle.accounts.owed(code, month), oracle.accounts.left(code, month)]
    if told != wanted:
        yield f"{found[0]}: {told} stated, not {wanted}"


def missummed(house: House, month: date, oracle: Oracle, desk: Desk) -> Iterator[str]:
    """The statistics of a month are those of the ledger, distributor by distributor; what was
    accepted after its month stands apart."""
    done = house.run("report", "month", f"{month:%Y-%m}", "--json")
    told = json.loads(done.stdout)
    told_of = {line["key"]: line for line in told["by_distributor"]}
    accounts = oracle.accounts
    for d in desk.distributors:
        line = told_of.get(d.code, {})
        wanted = {
            "paid": -sum(m.owed for m in accounts.of_month(d.code, month, "payment")),
            "approved": sum(m.left for m in accounts.of_month(d.code, month, "expense")),
            "owed": accounts.owed(d.code, month),
        }
        for name, amount in wanted.items():
            if Decimal(line.get(name, 0)) != amount:
                yield f"{month:%Y-%m} {d.code} {name}: {line.get(name)} told, not {amount}"
    moved = [m for d in desk.distributors for m in accounts.of_month(d.code, month, "order")]
    cash, expense = sum(m.owed for m in moved), -sum(m.left for m in moved)
    for name, amount in (("cash", cash), ("expense", expense)):
        line = Decimal(told["total"][name]) - Decimal(told["unlike_ledger"][name])
        if line != amount:
            yield f"{month:%Y-%m} {name}: {line} told, not {amount}"
