"""What the database can be shown to have kept, looked through in pages: nobody waits for long."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from mailflow.domain.history_chain import Broken, Noted, Seal, breaks
from mailflow.domain.ledger import Account
from mailflow.store.connection import Database
from mailflow.store.letter_files import letters_whole
from mailflow.store.tables import history, mails
from mailflow.store.tables_accounts import balances, entries, postings
from mailflow.store.tables_consumers import personal_mails
from mailflow.store.tables_outbox import letters

AT_ONCE = 2000
FEW = 20
"""Letters bring their attachments: a page of them is kept small."""
AFTER: sa.BindParameter[int] = sa.bindparam("after")

LAST = sa.select(history.c.id, history.c.link).order_by(history.c.id.desc()).limit(1)
# As it is kept, and not as it is read: the chain was made of that.
NOTED = (
    sa.select(
        *(history.c.id, sa.type_coerce(history.c.at, sa.BigInteger), history.c.kind),
        *(history.c.subject_id, history.c.before, history.c.after, history.c.by),
        *(history.c.reason, history.c.link),
    )
    .where(history.c.id > AFTER)
    .order_by(history.c.id)
    .limit(AT_ONCE)
)
SPOOLED = (
    sa.select(mails.c.id, mails.c.sha256)
    .where(
        mails.c.id > AFTER,
        mails.c.sha256.is_not(None),
        mails.c.deleted.is_(None),
        ~sa.exists().where(
            personal_mails.c.mail_id == mails.c.id, personal_mails.c.deleted.is_not(None)
        ),
    )
    .order_by(mails.c.id)
    .limit(AT_ONCE)
)
KEPT = (
    sa.select(letters.c.sha256, letters.c.mime)
    .where(letters.c.sha256 > AFTER)
    .order_by(letters.c.sha256)
    .limit(FEW)
)
# In one statement, so that it is one picture: what was entered, less what is kept as its sum.
OFF = sa.union_all(
    sa.select(entries.c.distributor, postings.c.account, sa.func.sum(postings.c.cents))
    .join(postings, postings.c.entry_id == entries.c.id)
    .group_by(entries.c.distributor, postings.c.account),
    *(
        sa.select(balances.c.distributor, sa.literal(a.value), -balances.c[a.value])
        for a in Account
    ),
)


def seal_in(connection: sa.Connection) -> Seal | None:
    row = connection.execute(LAST).first()
    return Seal(row.id, row.link) if row else None


class SqlEvidence:
    def __init__(self, database: Database) -> None:
        self._database = database

    def seal(self) -> Seal | None:
        with self._database.reading() as connection:
            return seal_in(connection)

    def rows(self) -> int:
        with self._database.reading() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(history)).scalar_one()

    def breaks(self, told: Iterable[Seal]) -> Iterator[Broken]:
        return breaks((Noted(*row) for row in self._pages(NOTED, 0)), told)

    def mails(self) -> Iterator[tuple[int, str]]:
        for row in self._pages(SPOOLED, 0):
            yield row[0], row[1]

    def altered_letters(self) -> Iterator[str]:
        for sha256, mime in self._pages(KEPT, ""):
            if hashlib.sha256(mime).hexdigest() != sha256 and not self._is_whole(sha256, mime):
                yield sha256

    def _is_whole(self, sha256: str, left: bytes) -> bool:
        """With the pieces that are kept by themselves."""
        with self._database.reading() as connection:
            mime = letters_whole(connection, {sha256: left}).get(sha256, b"")
        return hashlib.sha256(mime).hexdigest() == sha256

    def off_balance(self) -> Iterator[str]:
        left: Counter[tuple[str, str]] = Counter()
        with self._database.reading() as connection:
            for who, account, cents in connection.execute(OFF):
                left[who, account] += int(cents)
        yield from sorted({who for (who, _), cents in left.items() if cents})

    def _pages(self, statement: sa.Select[Any], after: int | str) -> Iterator[Any]:
        """By the first column; each page in a transaction of its own."""
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(statement, {"after": after}).all()
            if not rows:
                return
            yield from rows
            after = rows[-1][0]
