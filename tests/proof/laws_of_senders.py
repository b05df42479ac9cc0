"""C7: whatever moved goods or money goes back to a mail of somebody who may do that, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.sender_proof import asks_for_proof
from tests.proof.mails import STRANGER, Posted
from tests.proof.shelves import OpenBooks
from tests.proof.story import Story

MOVED = {
    "payment": "select distinct mail_id from entries where kind = 'payment' and mail_id is not null",
    "expense": "select distinct mail_id from entries where kind = 'expense' and mail_id is not null",
    "stock": "select distinct mail_id from stock_counts",
    "shipment": "select distinct mail_id from shipments where mail_id is not null",
}
ANSWERED = """
    select order_number, address, answered_by, answer_mail_id, answer, mail_id from questions
    where state = 'used' and answer_mail_id is not null
"""
BOOKED = """
    select number, orders.mail_id, orders.revision from orders where state in ('accepted', 'shipped')
"""


def nothing_comes_of_who_may_not(story: Story, books: OpenBooks) -> Iterator[str]:
    mails, agreed, his_own = _mails(story, books), _agreed(books), _acknowledged(books)
    for what, query in MOVED.items():
        for row in books.rows(query):
            mail = mails.get(row["mail_id"])
            if not _may(mail, what) and row["mail_id"] not in his_own:
                yield f"{what} by {_name(mail)}"
    for row in books.rows(ANSWERED):
        mail = mails.get(row["answer_mail_id"])
        is_his = _may(mail, "answer") or row["answer_mail_id"] in his_own
        if not is_his or mail is None or mail.sender != row["address"]:
            yield f"{row['order_number']}: decided by {_name(mail)}, asked was {row['address']}"
    for row in books.rows(BOOKED):
        mail = mails.get(row["mail_id"])
        if not _may(mail, "order") and not (agreed | his_own) & {row["number"], row["mail_id"]}:
            yield f"{row['number']}: in the books by {_name(mail)}"


def an_order_is_booked_once(story: Story, books: OpenBooks) -> Iterator[str]:
    """However often it comes, unless somebody said that it is meant again."""
    mails, agreed = _mails(story, books), _agreed(books)
    booked: dict[str, list[str]] = {}
    for row in books.rows(BOOKED):
        mail = mails.get(row["mail_id"])
        if mail is not None and mail.sheet and not agreed & {row["number"], row["mail_id"]}:
            booked.setdefault(mail.sheet, []).append(row["number"])
    yield from (f"{sheet}: {numbers}" for sheet, numbers in booked.items() if len(numbers) > 1)


def an_order_is_what_its_sheet_says(story: Story, books: OpenBooks) -> Iterator[str]:
    mails = _mails(story, books)
    for row in books.rows("select number, revision, mail_id, tins from orders"):
        mail = mails.get(row["mail_id"])
        if mail is not None and mail.tins and row["tins"] != mail.tins:
            yield f"{row['number']} R{row['revision']}: {row['tins']} tins, {mail.tins} in {mail.what}"


def an_answer_counts_in_time(story: Story, books: OpenBooks) -> Iterator[str]:
    """No question is used after its time, by the server's clock."""
    for row in books.rows(
        """select order_number, expires, received from questions
        join mails on mails.id = answer_mail_id where questions.state = 'used'"""
    ):
        if row["received"] > row["expires"]:
            yield f"{row['order_number']}: answered after its time"


def _mails(story: Story, books: OpenBooks) -> dict[int, Posted | None]:
    """By the numbers of their rows."""
    by_hash = {mail.sha256: mail for mail in story.posted}
    rows = books.rows("select id, sha256 from mails")
    return {row["id"]: by_hash.get(row["sha256"]) for row in rows}


def _agreed(books: OpenBooks) -> set[int | str]:
    """Numbers of orders to which somebody who was asked said yes, and the mails that did: an order that
    its sender corrected in a word is one of the mail that said it."""
    agreed: set[int | str] = set()
    for row in books.rows(ANSWERED):
        if row["answer"] not in ("refuse", "cancel"):
            agreed.add(row["order_number"].replace("FH", "DD").partition("-B")[0])
            agreed.add(row["answer_mail_id"])
    return agreed


def _acknowledged(books: OpenBooks) -> set[int | str]:
    """Mails that their registered sender called his own by the code, whoever wrote them."""
    yes = (row for row in books.rows(ANSWERED) if row["answer"] not in ("refuse", "cancel"))
    return {row["mail_id"] for row in yes if asks_for_proof(row["order_number"])}


def _may(mail: Posted | None, what: str) -> bool:
    return mail is not None and mail.honest and not mail.automatic and what in mail.means


def _name(mail: Posted | None) -> str:
    return f"{mail.what} ({mail.sender}, honest: {mail.honest})" if mail else "no mail that came"


def nobody_of_ours_is_a_stranger(story: Story, books: OpenBooks) -> Iterator[str]:
    """Whoever is in the registers is known, whatever goes wrong on the way."""
    ours = {m.sha256: m.what for m in story.posted if m.honest and m.sender not in ("", STRANGER)}
    for row in books.rows("select id, sha256 from mails where reason = 'stranger'"):
        if row["sha256"] in ours:
            yield f"mail {row['id']}: {ours[row['sha256']]}: put aside as a stranger's"
