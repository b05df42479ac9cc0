"""What holds of the ledger: every entry and all together sum to nothing, each order and payment once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.life.books import Books


def every_entry_balances(books: Books) -> Iterator[str]:
    """Double entry: what one account has another has not, entry by entry."""
    for row in books.rows(
        "select entry_id, sum(cents) as cents from postings group by entry_id having sum(cents) <> 0"
    ):
        yield f"entry {row['entry_id']}: {row['cents']} cents too many"


def the_trial_balance_is_zero(books: Books) -> Iterator[str]:
    """Of all entries together, of money and of expense; and what each account stands at is what was
    posted to it."""
    posted: Counter[tuple[str, str]] = Counter()
    for row in books.rows(
        """select distributor, account, sum(cents) as cents from postings
        join entries on entries.id = entry_id group by distributor, account"""
    ):
        posted[row["distributor"], row["account"]] += row["cents"]
    stands = {
        (row["distributor"], account): cents
        for row in books.rows("select * from balances")
        for account, cents in row.items()
        if account != "distributor"
    }
    for accounts in (MONEY, EXPENSE):
        if total := sum(cents for (_, account), cents in stands.items() if account in accounts):
            yield f"{accounts}: {total} cents in all"
    for key in sorted(posted.keys() | stands.keys()):
        if posted[key] != stands.get(key, 0):
            yield f"{key}: {stands.get(key)} in the balances, {posted[key]} posted"


def money_is_entered_once(books: Books) -> Iterator[str]:
    """Whatever bank reference or approval a sheet names, however often it comes."""
    for row in books.rows(
        """select kind, document, count(*) as times from entries
        where document <> '' and reverses is null and kind in ('payment', 'expense')
        group by kind, document having times > 1"""
    ):
        yield f"{row['kind']} {row['document']}: entered {row['times']} times"


MONEY = ("owed", "sales", "bank", "owed_before")
EXPENSE = ("unused", "taken", "approved", "unused_before")


def the_ledger_says_what_is_in_force(books: Books) -> Iterator[str]:
    """Each distributor owes for its orders in force and for no others, once."""
    ordered = {
        row["distributor"]: row["cents"]
        for row in books.rows(
            """select distributor, sum(cash_cents) as cents from orders
            where state in ('accepted', 'shipped') group by distributor"""
        )
    }
    for row in books.rows("select distributor, -sales as cents from balances"):
        if (cents := ordered.pop(row["distributor"], 0)) != row["cents"]:
            yield f"{row['distributor']}: {row['cents']} in the ledger, {cents} ordered"
    yield from (
        f"{who}: {cents} ordered, not in the ledger" for who, cents in ordered.items() if cents
    )


def sums_are_those_of_the_lines(books: Books) -> Iterator[str]:
    rows = books.rows(
        """select number, revision, orders.tins, orders.amount_cents,
        coalesce(sum(order_lines.tins), 0) as lines, coalesce(sum(order_lines.amount_cents), 0) as cents
        from orders left join order_lines on order_id = orders.id group by orders.id"""
    )
    for row in rows:
        if (row["tins"], row["amount_cents"]) != (row["lines"], row["cents"]):
            yield f"{row['number']} R{row['revision']}: {row}"
