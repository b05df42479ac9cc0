"""The fifteen invariants of reliability 4.6, each asked of the books and of the world at a story's end.

What they say of goods, money and decisions the laws of `tests/life` say in full; here they are joined to
what the world around knows: which mails there were and who wrote them, which copies were really taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from tests.life import laws_of_goods as goods
from tests.life import laws_of_money as money
from tests.life import laws_of_people as people
from tests.proof.laws_of_history import (
    c10_every_change_of_state_is_in_the_history,
    c10_the_history_is_the_chain_that_was_told,
)
from tests.proof.laws_of_senders import (
    an_answer_counts_in_time,
    an_order_is_booked_once,
    an_order_is_what_its_sheet_says,
    nobody_of_ours_is_a_stranger,
    nothing_comes_of_who_may_not,
)
from tests.proof.machine import said
from tests.proof.mails import DEALERS, STRANGER
from tests.proof.shelves import OpenBooks
from tests.proof.story import Story
from tests.scenarios.replies import TOKEN

Law = Callable[[Story, OpenBooks], Iterator[str]]
WAREHOUSES = frozenset({"warehouse@songping.example"})
ENDED = ("done", "returned", "held", "review", "ignored", "failed")
MOST_IDLE, DAY = 3, 24 * 3600 * 1_000_000
"""Idle letters, and the microseconds within which there are no more of them."""
LATER = re.compile("-(?:released|remind)|^order-refused ")
"""In what a letter is and is about: somebody decided later on the order of a mail, or nobody did."""
OUTSIDE = frozenset(DEALERS.values())
"""Distributors; all others who may get mail are of the house."""
INTERNAL = (
    "dispatch-list",
    "digest",
    "order-request",
    "supply-request",
    "list-cancelled",
    "statistics",
)


def c1_no_mail_is_lost_or_invented(story: Story, books: OpenBooks) -> Iterator[str]:
    rows = Counter(row["sha256"] for row in books.rows("select sha256 from mails"))
    came = {mail.sha256: mail.what for mail in story.posted}
    for name in story.server.there():
        if rows[name] != 1:
            yield f"{came[name]}: {rows[name]} rows"
    yield from (f"{name}: never delivered" for name in rows if name and name not in came)
    yield from (f"{name}: {times} rows" for name, times in rows.items() if name and times > 1)


def c2_every_mail_has_one_end(_story: Story, books: OpenBooks) -> Iterator[str]:
    for row in books.rows("select id, state, reason, settled from mails"):
        if row["state"] not in ENDED or row["settled"] is None:
            yield f"mail {row['id']}: {row['state']} {row['reason']}"
    for row in books.rows(
        """select mails.id from mails left join cases on cases.kind = 'mail' and cases.state = 'open'
        and subject_id = cast(mails.id as text) where mails.state = 'failed' and cases.id is null"""
    ):
        yield f"mail {row['id']}: failed, and nobody is shown it"


def nothing_failed_by_our_own_fault(_story: Story, _books: OpenBooks) -> Iterator[str]:
    """What the log calls so: an exception that no trouble of the world explains."""
    for event in said:
        if event.get("event") in ("step failed", "mail not dealt with"):
            yield f"{event['event']}: {event.get('mail', '')} {event.get('exc_info')}"


def c3_one_list_one_message_to_each_warehouse(_story: Story, books: OpenBooks) -> Iterator[str]:
    issued = {
        (row["number"], row["revision"])
        for row in books.rows("select number, revision from dispatch_lists")
    }
    told: dict[tuple[str, int], Counter[str]] = {}
    for sent in books.sent():
        if sent.notice == "dispatch-list":
            told.setdefault((sent.subject_id, sent.revision), Counter())[sent.recipient] += 1
    for key in sorted(issued | told.keys()):
        if dict(told.get(key, {})) != dict.fromkeys(WAREHOUSES, 1) or key not in issued:
            yield f"list {key}: issued {key in issued}, to {dict(told.get(key, {}))}"


def c4_nothing_leaves_that_is_not_committed(story: Story, books: OpenBooks) -> Iterator[str]:
    stored = {(s.message_id, s.recipient): s.mime for s in books.sent()}
    for taken in story.carrier.taken:
        mime = stored.get((taken.message_id, taken.recipient))
        if mime != taken.mime:
            yield f"{taken.notice} for {taken.recipient}: other bytes than stored, or none"
    yield from story.carrier.uncommitted
    for sent in books.sent():
        if sent.letter_id != sent.message_id:
            yield f"message {sent.number}: names itself {sent.letter_id}"


def c5_no_copy_is_unexplained(story: Story, books: OpenBooks) -> Iterator[str]:
    """One, and where nobody can see what was sent one more for each sending in doubt."""
    resends = {row["id"]: row["resends"] for row in books.rows("select id, resends from outbox")}
    for sent in books.sent():
        copies = story.carrier.copies(sent.message_id, sent.recipient)
        sees = story.carrier.sight != "blind"
        if copies > 1 + (0 if sees else resends[sent.number]):
            yield f"message {sent.number} {sent.notice}: {copies} copies"
        if sent.state in ("accepted", "bounced") and not copies:
            yield f"message {sent.number} {sent.notice}: {sent.state}, and nobody has it"
        if sent.state == "suppressed" and copies:
            yield f"message {sent.number} {sent.notice}: suppressed, and left"


def c8_nobody_is_answered_without_end(story: Story, books: OpenBooks) -> Iterator[str]:
    """Automatic mails and strangers get nothing, whoever answers a question one letter."""
    by_hash = {mail.sha256: mail for mail in story.posted}
    answers: dict[int, list[str]] = {}
    at_once: Counter[tuple[int, str]] = Counter()
    for sent in books.sent():
        if sent.mail_id is not None:
            answers.setdefault(sent.mail_id, []).append(sent.recipient)
            at_once[sent.mail_id, sent.recipient] += not LATER.search(
                f"{sent.notice} {sent.subject_id}"
            )
    for row in books.rows("select id, sha256, state, reason from mails"):
        mail = by_hash.get(row["sha256"])
        got = Counter(answers.get(row["id"], []))
        if mail is None:
            continue
        if mail.sender == STRANGER and got:
            yield f"a stranger's mail {row['id']} led to letters to {sorted(got)}"
        if mail.automatic and b"Auto-Submitted" in mail.raw and got[mail.sender]:
            yield f"automatic mail {row['id']}: answered"
        if at_once[row["id"], mail.sender] > 1 and "answer" in mail.means:
            yield f"mail {row['id']}: {at_once[row['id'], mail.sender]} letters to {mail.sender}"


def c8_nobody_is_answered_idly_more_than_thrice_a_day(
    story: Story, books: OpenBooks
) -> Iterator[str]:
    """Within any day, by the program's own clock; where that is wrong it counts no days. Whether a mail is
    his own he was asked before it was known to be idle."""
    if any("clock is wrong" in what for what in story.did):
        return
    lately: dict[str, list[int]] = {}
    for row in books.rows(
        """select outbox.recipient, outbox.created from outbox join mails on mails.id = outbox.mail_id
        and lower(mails.sender) = lower(outbox.recipient) where mails.reason in
        ('nothing-attached', 'answer-unclear', 'answer-again') and outbox.notice <> 'sender-proof'
        order by outbox.created"""
    ):
        times = lately.setdefault(row["recipient"], [])
        times.append(row["created"])
        if len(times) > MOST_IDLE and times[-1] - times[-1 - MOST_IDLE] < DAY:
            yield f"{row['recipient']}: more than {MOST_IDLE} idle letters within a day"


def c9_nothing_internal_goes_outside(_story: Story, books: OpenBooks) -> Iterator[str]:
    for sent in books.sent():
        if sent.recipient == STRANGER:
            yield f"message {sent.number} {sent.notice}: to a stranger"
        if sent.recipient in OUTSIDE and sent.notice.startswith(INTERNAL):
            yield f"message {sent.number} {sent.notice}: to {sent.recipient}"


def c11_raw_mails_are_as_they_came(_story: Story, books: OpenBooks) -> Iterator[str]:
    for row in books.rows("select id, sha256 from mails where sha256 is not null"):
        path = books.folder / "spool" / row["sha256"][:2] / row["sha256"]
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            yield f"mail {row['id']}: its bytes are gone or others"


def c13_all_is_quiet_in_the_end(story: Story, books: OpenBooks) -> Iterator[str]:
    yield from (f"a pass does not end, at {where}" for where in story.machine.endless)
    for sent in books.sent():
        if sent.state not in ("accepted", "suppressed", "bounced", "failed"):
            yield f"message {sent.number} {sent.notice}: {sent.state}"
    withheld = books.rows("select uid from withheld where mail_id is null")
    yield from (f"uid {row['uid']}: still withheld" for row in withheld)
    refused = sum("refused for good" in what for what in story.carrier.did)
    failed = [s for s in books.sent() if s.state == "failed"]
    doubted = [s for s in failed if s.number in _held(books)]
    if len(failed) - len(doubted) > refused:
        yield f"{len(failed)} messages failed, {refused} were refused for good"


def _held(books: OpenBooks) -> set[int]:
    rows = books.rows("select id from outbox where state = 'failed' and last_error like 'held:%'")
    return {row["id"] for row in rows}


def c15_secrets_stay_where_they_belong(story: Story, books: OpenBooks) -> Iterator[str]:
    """Each question's token only in letters to whom it was put, and in no line of the log."""
    asked = {
        row["token"]: row["address"] for row in books.rows("select token, address from questions")
    }
    for sent in books.sent():
        for token in set(TOKEN.findall(sent.text)):
            if token in story.tokens and asked.get(token) != sent.recipient:
                yield f"message {sent.number} {sent.notice}: a token for another in it"
    lines = "\n".join(map(repr, said))
    yield from (f"token {token[:4]}…: in the log" for token in story.tokens if token in lines)


def nothing_is_promised_twice(story: Story, books: OpenBooks) -> Iterator[str]:
    """What was promised before a count came is told by times; a wrong clock tells it wrongly."""
    if not any("clock is wrong" in what for what in story.did):
        yield from goods.nothing_is_promised_twice(books)


def of_life(law: Callable[[OpenBooks], Iterator[str]]) -> Law:
    def asked(_story: Story, books: OpenBooks) -> Iterator[str]:
        return law(books)

    asked.__name__ = law.__name__
    return asked


@dataclass(frozen=True)
class Invariant:
    name: str
    laws: tuple[Law, ...]


INVARIANTS = (
    Invariant("C1", (c1_no_mail_is_lost_or_invented,)),
    Invariant(
        "C2",
        (
            c2_every_mail_has_one_end,
            nothing_failed_by_our_own_fault,
            nobody_of_ours_is_a_stranger,
            of_life(people.what_waits_has_a_case),
        ),
    ),
    Invariant(
        "C3",
        (
            c3_one_list_one_message_to_each_warehouse,
            of_life(goods.one_revision_holds),
            of_life(goods.what_is_ordered_is_listed_or_short),
            of_life(goods.what_waits_is_on_no_list),
            of_life(goods.no_line_is_sent_twice_by_paper),
        ),
    ),
    Invariant("C4", (c4_nothing_leaves_that_is_not_committed,)),
    Invariant("C5", (c5_no_copy_is_unexplained,)),
    Invariant(
        "C6",
        (
            nothing_is_promised_twice,
            of_life(goods.what_left_says_whether_an_order_is_shipped),
            of_life(money.every_entry_balances),
            of_life(money.the_trial_balance_is_zero),
            of_life(money.the_ledger_says_what_is_in_force),
            of_life(money.money_is_entered_once),
        ),
    ),
    Invariant("C7", (nothing_comes_of_who_may_not, an_order_is_booked_once)),
    Invariant(
        "C8",
        (c8_nobody_is_answered_without_end, c8_nobody_is_answered_idly_more_than_thrice_a_day),
    ),
    Invariant("C9", (c9_nothing_internal_goes_outside,)),
    Invariant(
        "C10",
        (c10_every_change_of_state_is_in_the_history, c10_the_history_is_the_chain_that_was_told),
    ),
    Invariant("C11", (c11_raw_mails_are_as_they_came,)),
    Invariant(
        "C12",
        (
            of_life(goods.the_paper_says_what_is_to_be_sent),
            an_order_is_what_its_sheet_says,
            of_life(goods.a_list_number_means_one_content),
            of_life(money.sums_are_those_of_the_lines),
        ),
    ),
    Invariant("C13", (c13_all_is_quiet_in_the_end,)),
    Invariant(
        "C14",
        (
            an_answer_counts_in_time,
            of_life(people.a_decision_takes_effect_once),
            of_life(people.nobody_is_asked_about_what_is_settled),
            of_life(people.whatever_is_asked_has_a_case),
        ),
    ),
    Invariant("C15", (c15_secrets_stay_where_they_belong,)),
)


def broken(story: Story) -> list[str]:
    """Everything that is not as it must be, each with the invariant it breaks."""
    books = OpenBooks(story.reaper.folder)
    try:
        return list(wrong_in(story, books))
    finally:
        books.close()


def wrong_in(story: Story, books: OpenBooks) -> Iterator[str]:
    for invariant in INVARIANTS:
        for law in invariant.laws:
            yield from (f"{invariant.name} {law.__name__}: {what}" for what in law(story, books))
