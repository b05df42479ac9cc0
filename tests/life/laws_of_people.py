"""What holds of those who decide: each decision once, and whatever waits or is asked has its case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailflow.domain.sender_proof import UNACKNOWLEDGED, asks_for_proof
from tests.life.books import IN_FORCE, WAIT, Books

STATES = (*IN_FORCE, *WAIT, "closed")
OF_OTHERS = " or ".join(f"order_number like '{begin}%'" for begin in ("R-", "GG", "MD"))
"""Questions about requests, announcements and registers, which have laws of their own."""
OF_ACCEPTED = ("cancellation", "ship-overdue", "supply-proposed")
"""Why an order that is accepted may have a case."""


def a_decision_takes_effect_once(books: Books) -> Iterator[str]:
    """Of each state as many revisions of an order came into it as left it or are in it now; a list is
    issued once by whatever led to it; a question is used by one mail, and a mail by one question."""
    moved: Counter[tuple[str, str]] = Counter()
    for order in books.orders():
        moved[order["number"], order["state"]] -= 1
    for step in books.rows(
        "select subject_id, before, after from history where kind = 'order' order by id"
    ):
        if step["before"] in ("", *STATES) and step["after"] in STATES:
            moved[step["subject_id"], step["before"]] -= 1
            moved[step["subject_id"], step["after"]] += 1
    for (number, state), times in sorted(moved.items()):
        if times and state:
            yield f"{number}: {times:+} times into {state}"
    issued = Counter(row["number"] for row in books.rows("select number from dispatch_lists"))
    noted = books.rows("select reason from history where before = 'accepted' and after = 'listed'")
    if issued != (told := Counter(row["reason"] for row in noted)):
        yield f"lists {sorted((issued - told) + (told - issued))}: not issued as often as noted"
    yield from _used_twice(books)


def _used_twice(books: Books) -> Iterator[str]:
    for row in books.rows(
        """select answer_mail_id, count(*) as times from questions
        where state = 'used' and answer_mail_id is not null group by answer_mail_id having times > 1"""
    ):
        yield f"mail {row['answer_mail_id']} answered {row['times']} questions"
    for row in books.rows(
        """select subject_id, count(*) as times from history
        where kind = 'question' and before = 'open' group by subject_id having times > 1"""
    ):
        yield f"question {row['subject_id']}: ended {row['times']} times"


def what_waits_has_a_case(books: Books) -> Iterator[str]:
    """Whatever waits is shown to somebody, and what is settled to nobody. An order in force has cases
    while somebody wants its list called back, while it should have left long since, and while it is
    asked whether what it lacked is sent."""
    waiting = {o["number"] for o in books.orders() if o["state"] in WAIT}
    accepted = {o["number"] for o in books.orders() if o["state"] == "accepted"}
    cases: dict[str, list[str]] = {}
    for row in books.rows(
        "select subject_id, reason from cases where kind = 'order' and state = 'open'"
    ):
        number = row["subject_id"].replace("FH", "DD").partition("-B")[0]
        cases.setdefault(number, []).append(row["reason"].split(",")[0])
    yield from (f"{number}: waits without a case" for number in sorted(waiting - cases.keys()))
    for number, reasons in sorted(cases.items()):
        others = [r for r in reasons if r not in OF_ACCEPTED]
        if (others and number not in waiting) or number not in waiting | accepted:
            yield f"{number}: {reasons} and nothing waits"


def whatever_is_asked_has_a_case(books: Books) -> Iterator[str]:
    """So that it stands in the digests until somebody decides, and nobody is asked twice at a time."""
    open_ones = {
        row["number"] for row in books.rows("select number from cases where state = 'open'")
    }
    asked = books.rows(
        """select order_number, role, address, allowed, mail_id from questions
        where state = 'open' and order_number not like 'MD%'"""
    )
    yield from (
        f"{q['order_number']}: asked of {q['address']} without a case"
        for q in asked
        if (f"M{q['mail_id']}" if asks_for_proof(q["order_number"]) else q["order_number"])
        not in open_ones
    )
    times = Counter(tuple(q.values()) for q in asked)
    yield from (f"{key}: {n} open questions" for key, n in times.items() if n > 1)


def nobody_is_asked_about_what_is_settled(books: Books) -> Iterator[str]:
    """A question is open only while its very revision waits, or is to be called back, or lacks what a
    supplementary list would send."""
    rows = books.rows(
        "select order_number, revision, allowed, m.reason from questions q "
        "left join mails m on m.id = q.mail_id where q.state = 'open' and "
        f"not ({OF_OTHERS})"
    )
    states = {(o["number"], o["revision"]): o["state"] for o in books.orders()}
    short = {
        row["proposal"] for row in books.rows("select proposal from shortages where state = 'open'")
    }
    for row in rows:
        number, _, supply = row["order_number"].partition("-B")
        state = states.get(("DD" + number[2:], row["revision"]))
        if asks_for_proof(number):
            is_meant = row["reason"] == UNACKNOWLEDGED
        elif supply:
            is_meant = state == "accepted" and row["order_number"] in short
        else:
            is_meant = state in WAIT or (state in IN_FORCE and "cancel" in row["allowed"])
        if not is_meant:
            yield f"{row['order_number']} R{row['revision']}: asked about, and {state}"
