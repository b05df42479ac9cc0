"""What holds of registers: one that is mailed is applied as a whole by one word of its sender, or not at all,
and what held before stays as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tests.life.books import Books


def a_register_is_applied_whole_or_not_at_all(books: Books) -> Iterator[str]:
    """Each that was applied is one version, row by row as it was shown, upon the one that it was compared
    with; no other version came by mail."""
    before: dict[str, int] = {}
    versions = []
    for row in books.rows("select id, kind, source, rows from masters order by id"):
        if row["source"] == "mail":
            versions.append((row["kind"], before.get(row["kind"]), _said(row["rows"])))
        before[row["kind"]] = row["id"]
    applied = [
        (row["kind"], row["base"], _said(row["rows"]))
        for row in books.rows("select * from register_proposals where state = 'applied'")
    ]
    for version in versions:
        if version in applied:
            applied.remove(version)
        else:
            yield f"{version[0]}: a version of a mail that nobody was shown"
    yield from (f"{kind} upon {base}: applied, and no version" for kind, base, _ in applied)


def a_register_is_decided_once(books: Books) -> Iterator[str]:
    """By the word of its sender; what is not decided has a question and a case. Its history says each step."""
    open_cases = {r["number"] for r in books.rows("select number from cases where state = 'open'")}
    for row in books.rows("select * from register_proposals order by id"):
        number, state, mail = row["number"], row["state"], row["mail_id"]
        notes = books.rows(
            "select before, after from history where kind = 'register' and subject_id = ? order by id",
            number,
        )
        wanted = ["proposed"] if state == "proposed" else ["proposed", state]
        if [note["after"] for note in notes] != wanted:
            yield f"{number}: {state}, and its history says {[n['after'] for n in notes]}"
        asked = books.rows("select * from questions where order_number = ?", number)
        if len([q for q in asked if q["state"] == "open"]) != (state == "proposed"):
            yield f"{number}: {state}, and asked {[q['state'] for q in asked]}"
        if (f"M{mail}" in open_cases) is not (state == "proposed"):
            yield f"{number}: {state}, and the case of M{mail} says otherwise"
        used = [q for q in asked if q["state"] == "used"]
        if state == "applied" and not _is_by_sender(books, mail, used):
            yield f"{number}: applied by {[q['answered_by'] for q in used]}"


def _is_by_sender(books: Books, mail: int, used: list[dict[str, Any]]) -> bool:
    [row] = books.rows("select sender from mails where id = ?", mail)
    return [q["answered_by"].casefold() for q in used] == [row["sender"].casefold()]


def an_order_is_priced_by_registers_that_are_kept(books: Books) -> Iterator[str]:
    """Whatever came later: each version that an order in the books was judged by is there, and its prices
    stand in one that held until then."""
    priced: dict[str, list[tuple[int, str]]] = {}
    kept = books.rows("select id, kind, rows from masters order by id")
    for version in kept:
        if version["kind"] in ("products", "prices"):
            for row in json.loads(version["rows"]):
                priced.setdefault(row["sku"], []).append((version["id"], str(row["price"])))
    for order in books.rows("select * from orders where state in ('accepted', 'shipped')"):
        said = str(json.loads(order["content"])["register_version"]).split(".")
        by = {int(version) for version in said} - {0}
        if not by or by - {version["id"] for version in kept}:
            yield f"{order['number']}: judged by {said}, which is not kept"
        for line in books.rows("select * from order_lines where order_id = ?", order["id"]):
            prices = {
                Decimal(price) for id_, price in priced[line["sku"]] if id_ <= max(by, default=0)
            }
            if Decimal(line["unit_price_cents"]) / 100 not in prices:
                yield f"{order['number']}: {line['sku']} at a price of no register"


def _said(rows: Any) -> str:
    return json.dumps(json.loads(rows), ensure_ascii=False, sort_keys=True)
