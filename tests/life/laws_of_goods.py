"""What holds of lists, stock and what left: nothing is sent twice, nothing promised that is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from tests.life.books import IN_FORCE, Books, Sent, goods_on

Line = tuple[int, str]
"""A list by its row, and a product."""


def one_revision_holds(books: Books) -> Iterator[str]:
    """Of an order at most one revision moves goods."""
    held = Counter(o["number"] for o in books.orders() if o["state"] in IN_FORCE)
    yield from (
        f"{number}: {times} revisions in force" for number, times in held.items() if times > 1
    )


def a_list_number_means_one_content(books: Books) -> Iterator[str]:
    """Number and revision of a list say once for ever what is on it."""
    contents: dict[tuple[str, int], set[str]] = {}
    for sent in books.sent():
        if sent.notice == "dispatch-list":
            key = sent.subject_id, sent.revision
            contents.setdefault(key, set()).update(
                sha256(book).hexdigest() for book in sent.workbooks()
            )
    yield from (
        f"{key}: {len(found)} contents" for key, found in contents.items() if len(found) != 1
    )


def the_paper_says_what_is_to_be_sent(books: Books) -> Iterator[str]:
    """Line by line, as the warehouse reads it."""
    for sent in books.sent():
        if sent.notice != "dispatch-list":
            continue
        booked = books.rows(
            """select sku, tins from list_lines join dispatch_lists on dispatch_lists.id = list_id
            where dispatch_lists.number = ? and dispatch_lists.revision = ? order by position""",
            *(sent.subject_id, sent.revision),
        )
        listed = [(line["sku"], line["tins"]) for line in booked]
        for workbook in sent.workbooks():
            if (written := goods_on(workbook)) != listed:
                yield f"{sent.subject_id} R{sent.revision}: {written} on paper, {listed} listed"


def no_line_is_sent_twice_by_paper(books: Books) -> Iterator[str]:
    """All papers that count, together, tell the warehouse to send no more of a product than its order
    has. A paper counts until another of its number comes, or a letter says that it does not."""
    papers: dict[str, Sent] = {}
    for sent in books.sent():
        if sent.notice == "dispatch-list" and sent.state != "suppressed":
            papers[sent.subject_id] = sent
        elif sent.notice == "list-cancelled":
            papers.pop(sent.subject_id, None)
    ordered: Counter[tuple[str, str]] = Counter()
    for row in books.rows(ORDERED):
        ordered[row["number"], row["sku"]] += row["tins"]
    told: Counter[tuple[str, str]] = Counter()
    for number, sent in papers.items():
        order = "DD" + number.removeprefix("FH").partition("-B")[0]
        for workbook in sent.workbooks():
            for sku, tins in goods_on(workbook):
                told[order, sku] += tins
    yield from (
        f"{number} {sku}: {told[number, sku]} on paper, {ordered[number, sku]} ordered"
        for number, sku in sorted(told)
        if told[number, sku] > ordered[number, sku]
    )


def nothing_is_promised_twice(books: Books) -> Iterator[str]:
    """Stock never falls below zero by what we promise: since the newest count nothing was listed that
    did not lie there, free of all that lists before had still to take and of all that left since."""
    counts = books.rows(COUNT)
    if not counts:
        return
    [count] = counts
    of_count = books.rows("select sku, tins from stock_lines where count_id = ?", count["id"])
    free = Counter({row["sku"]: row["tins"] for row in of_count})
    before, after = _left(books, count)
    promised = set()
    for row in books.rows(PROMISED):
        line = row["id"], row["sku"]
        open_ = row["tins"] - before[line] if row["state"] == "accepted" else 0
        # What a warehouse sends beyond its list nobody promised.
        free[row["sku"]] -= max(open_, min(after[line], row["tins"]))
        if row["created"] > count["known"] and row["tins"]:
            promised.add(row["sku"])
    yield from (f"{sku}: {free[sku]} tins" for sku in sorted(promised) if free[sku] < 0)


def _left(books: Books, count: dict[str, Any]) -> tuple[Counter[Line], Counter[Line]]:
    """What left of each list before the count, and after it; of the very day what was told before."""
    before, after = Counter[Line](), Counter[Line]()
    for row in books.rows(LOADS):
        is_before = row["day"] < count["day"] or (
            row["day"] == count["day"] and row["at"] <= count["taken"]
        )
        (before if is_before else after)[row["list_id"], row["sku"]] += row["tins"]
    return before, after


COUNT = """
    select stock_counts.id, day, taken, coalesce(mails.settled, taken) as known
    from stock_counts left join mails on mails.id = mail_id order by stock_counts.id desc limit 1
"""
"""A count that waits in the mailbox limits nobody: orders that came with it are decided before."""
PROMISED = """
    select dispatch_lists.id, dispatch_lists.created, state, sku, sum(list_lines.tins) as tins
    from list_lines join dispatch_lists on dispatch_lists.id = list_id
    join orders on orders.id = order_id where state in ('accepted', 'shipped')
    group by dispatch_lists.id, sku
"""
LOADS = """
    select list_id, sku, tins, at,
        coalesce(shipped_on, date(at / 1000000, 'unixepoch', '+8 hours')) as day
    from shipments join shipped_lines on shipment_id = shipments.id where state = 'counted'
"""


def what_is_ordered_is_listed_or_short(books: Books) -> Iterator[str]:
    """Of each product of an order in force: ordered = listed + short + cancelled. So no revision has
    goods on two lists, and none is in force without a list or a shortage."""
    ordered = _tins(
        books,
        """select number, orders.revision, sku, order_lines.tins from order_lines
        join orders on orders.id = order_id where state in ('accepted', 'shipped')""",
    )
    found = _tins(
        books,
        """select orders.number, orders.revision, sku, list_lines.tins from list_lines
        join dispatch_lists on dispatch_lists.id = list_id join orders on orders.id = order_id""",
    )
    found.update(
        _tins(
            books,
            """select order_number as number, revision, sku, tins from shortages
            where state <> 'listed'""",
        )
    )
    for key, tins in ordered.items():
        if found[key] != tins:
            yield f"{key}: {tins} ordered, {found[key]} listed, short or cancelled"


def what_waits_is_on_no_list(books: Books) -> Iterator[str]:
    for row in books.rows(
        """select orders.number, orders.revision from dispatch_lists join orders on orders.id = order_id
        where orders.state in ('returned', 'held', 'review')"""
    ):
        yield f"{row['number']} R{row['revision']}: waits, and has a list"


def _tins(books: Books, query: str) -> Counter[tuple[str, int, str]]:
    """By order, revision and product."""
    found: Counter[tuple[str, int, str]] = Counter()
    for row in books.rows(query):
        found[row["number"], row["revision"], row["sku"]] += row["tins"]
    return found


def what_left_says_whether_an_order_is_shipped(books: Books) -> Iterator[str]:
    """An order is shipped exactly when of each of its products as much has left as was ordered,
    less what was cancelled."""
    wanted: Counter[tuple[str, str]] = Counter()
    states = {o["number"]: o["state"] for o in books.orders() if o["state"] in IN_FORCE}
    for query, sign in ((ORDERED, 1), (CANCELLED, -1), (LEFT, -1)):
        for row in books.rows(query):
            wanted[row["number"], row["sku"]] += sign * row["tins"]
    missing = {number for (number, _), tins in wanted.items() if tins > 0}
    for number, state in sorted(states.items()):
        if (state == "shipped") is (number in missing):
            yield f"{number}: {state}, {'something' if number in missing else 'nothing'} is missing"


ORDERED = """
    select number, sku, order_lines.tins from order_lines join orders on orders.id = order_id
    where state in ('accepted', 'shipped')
"""
CANCELLED = """
    select order_number as number, sku, shortages.tins from shortages
    join orders on number = order_number and orders.revision = shortages.revision
    where shortages.state = 'cancelled' and orders.state in ('accepted', 'shipped')
"""
LEFT = """
    select orders.number, sku, shipped_lines.tins from shipments
    join dispatch_lists on dispatch_lists.id = list_id join orders on orders.id = order_id
    join shipped_lines on shipment_id = shipments.id where shipments.state = 'counted'
"""
