"""C7: whatever moved goods or money goes back to a mail of somebody who may do that, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.proof.mails import Posted
from tests.proof.shelves import OpenBooks
from tests.proof.story import Story

MOVED = {
    "payment": "select distinct mail_id from entries where kind = 'payment' and mail_id is not null",
    "expense": "select distinct mail_id from entries where kind = 'expense' and mail_id is not null",
    "stock": "select distinct mail_id from stock_counts",
    "shipment": "select distinct mail_id from shipments where mail_id is not null",
}
ANSWERED = """
    select order_number, address, answered_by, answer_mail_id, answer from questions
    where state = 'used' and answer_mail_id is not null
"""
BOOKED = """
    select number, orders.mail_id, orders.revision from orders where state in ('accepted', 'shipped')
"""


def nothing_comes_of_who_may_not(story: Story, books: OpenBooks) -> Iterator[str]:
    by_hash = {mail.sha256: mail for mail in story.posted}
    mails = {
        row["id"]: by_hash.get(row["sha256"]) for row in books.rows("select id, sha256 from mails")
    }
    for what, query in MOVED.items():
        for row in books.rows(query):
            mail = mails.get(row["mail_id"])
            if not _may(mail, what):
                yield f"{what} by {_name(mail)}"
    agreed: set[str] = set()
    decided_by: set[int] = set()
    for row in books.rows(ANSWERED):
        mail = mails.get(row["answer_mail_id"])
        if not _may(mail, "answer") or mail is None or mail.sender != row["address"]:
            yield f"{row['order_number']}: decided by {_name(mail)}, asked was {row['address']}"
        elif row["answer"] not in ("refuse", "cancel"):
            decided_by.add(row["answer_mail_id"])
            agreed.add(row["order_number"].replace("FH", "DD").partition("-B")[0])
    for row in books.rows(BOOKED):
        mail = mails.get(row["mail_id"])
        # An order that its sender corrected in a word is one of the mail that said it.
        is_agreed = row["number"] in agreed or row["mail_id"] in decided_by
        if not _may(mail, "order") and not is_agreed:
            yield f"{row['number']}: in the books by {_name(mail)}"


def _may(mail: Posted | None, what: str) -> bool:
    return mail is not None and mail.honest and not mail.automatic and what in mail.means


def _name(mail: Posted | None) -> str:
    return f"{mail.what} ({mail.sender}, honest: {mail.honest})" if mail else "no mail that came"
