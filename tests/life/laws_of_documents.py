"""What holds of papers: what is internal or has expired never leaves, what was archived is kept once and given
to those alone who may look for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from tests.life.books import Books
from tests.life.town import OUTSIDE, PAPERS, ROLE, paper
from tests.life.went import went_out

INTERNAL = {sha256(paper(row[-1])).hexdigest() for row in PAPERS if row[3] == "internal"}
EXPIRED = {sha256(paper(row[-1])).hexdigest() for row in PAPERS if row[4] and row[4] < "2026-11"}
LOOK = ("sales_admin", "finance", "marketing_gm")


def an_internal_paper_never_leaves(books: Books) -> Iterator[str]:
    """To nobody who is not a colleague."""
    for went in went_out(books.folder):
        if INTERNAL & set(went.files) and (
            went.recipient.endswith(OUTSIDE) or went.recipient not in ROLE
        ):
            yield f"{went.message['Subject']} to {went.recipient}: an internal paper"


def an_expired_paper_never_leaves(books: Books) -> Iterator[str]:
    for went in went_out(books.folder):
        if EXPIRED & set(went.files):
            yield f"{went.message['Subject']} to {went.recipient}: an expired paper"


def what_is_archived_is_kept_once(books: Books) -> Iterator[str]:
    """Under one number, told to who sent it."""
    kept = books.rows("select number, sha256, sender, mail_id from archived order by id")
    for column in ("number", "sha256"):
        times = Counter(row[column] for row in kept)
        yield from (f"{value}: kept {n} times" for value, n in times.items() if n > 1)
    told = Counter(
        (s.mail_id, s.recipient.casefold()) for s in books.sent() if s.notice == "archive-answer"
    )
    for row in kept:
        if told[row["mail_id"], row["sender"].casefold()] != 1:
            yield f"{row['number']}: kept, and {row['sender']} was not told once"


def what_is_archived_is_given_to_who_may_look(books: Books) -> Iterator[str]:
    kept = {row["sha256"] for row in books.rows("select sha256 from archived")}
    for went in went_out(books.folder):
        if kept & set(went.files) and ROLE.get(went.recipient) not in LOOK:
            yield f"{went.message['Subject']} to {went.recipient}: an archived paper"
