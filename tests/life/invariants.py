"""What holds at any time, whatever happened and wherever the program died on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256

from tests.life.books import Books, goods_on

IN_FORCE = ("accepted", "shipped")
OF_ACCEPTED = ("cancellation", "ship-overdue")
"""Why an order that is accepted may have a case."""
WAIT = ("returned", "held", "review")
Law = Callable[[Books], Iterator[str]]


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


def a_decision_takes_effect_once(books: Books) -> Iterator[str]:
    """A question is used by one mail, and a list is issued once by whatever led to it."""
    rows = books.rows(
        """select subject_id, count(*) as times from history
        where kind = 'order' and after = 'listed' group by subject_id, reason, before, id / 1000000"""
    )
    lists = Counter(
        row["number"]
        for row in books.rows(
            "select orders.number from dispatch_lists join orders on orders.id = order_id"
        )
    )
    for row in rows:
        if row["times"] != lists[row["subject_id"]]:
            yield f"{row['subject_id']}: listed {row['times']} times, {lists[row['subject_id']]} lists"
    used = books.rows(
        """select answer_mail_id, count(*) as times from questions
        where state = 'used' and answer_mail_id is not null group by answer_mail_id having times > 1"""
    )
    yield from (f"mail {u['answer_mail_id']} answered {u['times']} questions" for u in used)


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


def every_entry_balances(books: Books) -> Iterator[str]:
    """Double entry: what one account has another has not, entry by entry."""
    for row in books.rows(
        "select entry_id, sum(cents) as cents from postings group by entry_id having sum(cents) <> 0"
    ):
        yield f"entry {row['entry_id']}: {row['cents']} cents too many"


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


def what_waits_has_a_case(books: Books) -> Iterator[str]:
    """Whatever waits is shown to somebody, and what is settled to nobody. An order in force has a
    case while somebody wants its list called back, and while it should have left long since."""
    waiting = {o["number"] for o in books.orders() if o["state"] in WAIT}
    cases = {
        row["subject_id"]: row["reason"]
        for row in books.rows(
            "select subject_id, reason from cases where kind = 'order' and state = 'open'"
        )
    }
    accepted = {o["number"] for o in books.orders() if o["state"] == "accepted"}
    rightly = {n for n, reason in cases.items() if reason in OF_ACCEPTED and n in accepted}
    yield from (f"{number}: waits without a case" for number in sorted(waiting - cases.keys()))
    for number in sorted(cases.keys() - waiting - rightly):
        yield f"{number}: a case and nothing waits"


def nobody_is_asked_about_what_is_settled(books: Books) -> Iterator[str]:
    """A question is open only while its very revision waits, or is to be called back."""
    rows = books.rows(
        """select order_number, questions.revision, orders.state, allowed from questions
        left join orders on number = order_number and orders.revision = questions.revision
        where questions.state = 'open'"""
    )
    for row in rows:
        is_to_be_called_back = row["state"] in IN_FORCE and "cancel" in row["allowed"]
        if row["state"] not in WAIT and not is_to_be_called_back:
            yield f"{row['order_number']} R{row['revision']}: asked about, and {row['state']}"


def no_mail_is_lost(books: Books) -> Iterator[str]:
    """Every receipt is settled, and none by our own mistake."""
    for row in books.rows(
        "select id, state, reason from mails where state in ('waiting', 'failed')"
    ):
        yield f"mail {row['id']}: {row['state']} {row['reason']}"


def every_message_left(books: Books) -> Iterator[str]:
    for sent in books.sent():
        if sent.state not in ("accepted", "suppressed"):
            yield f"message {sent.number} {sent.notice}: {sent.state}"


ALWAYS: tuple[Law, ...] = (
    one_revision_holds,
    a_list_number_means_one_content,
    the_paper_says_what_is_to_be_sent,
    what_is_ordered_is_listed_or_short,
    what_waits_is_on_no_list,
    a_decision_takes_effect_once,
    what_left_says_whether_an_order_is_shipped,
    every_entry_balances,
    the_ledger_says_what_is_in_force,
    sums_are_those_of_the_lines,
    what_waits_has_a_case,
    nobody_is_asked_about_what_is_settled,
)
AT_REST = (*ALWAYS, no_mail_is_lost)
"""After a pass that nothing disturbed."""
AT_THE_END = (*AT_REST, every_message_left)
"""When what was in doubt has been looked after."""


def broken(books: Books, laws: tuple[Law, ...]) -> list[str]:
    return [f"{law.__name__}: {what}" for law in laws for what in law(books)]
