"""Papers that are kept: by the hash of their contents once, found by the words in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from mailflow.domain.archived import Archived, Found, found_in, tokens_of, wanted_tokens
from mailflow.store.connection import Pen
from mailflow.store.tables_archive import archived

MOST_LOOKED_AT = 300
"""Papers that have all tokens are read until enough have the words as they are written."""
FIELDS = (
    *("number", "mail_id", "mail_sha256", "name", "path", "sha256", "size", "title", "sender"),
    *("at", "text", "unfit"),
)
KEEP = sa.insert(archived).returning(archived.c.id)
INDEX = sa.text("insert into archived_words (rowid, tokens) values (:id, :tokens)")
KNOWN = sa.select(*(archived.c[name] for name in FIELDS if name != "text")).where(
    archived.c.sha256.in_(sa.bindparam("hashes", expanding=True))
)
HAVING = {
    "sqlite": sa.select(archived.c.id).where(
        sa.text("id in (select rowid from archived_words where archived_words match :wanted)")
    ),
    "postgresql": sa.select(archived.c.id).where(
        sa.text(
            "array_to_tsvector(string_to_array(tokens, ' ')) @@ cast(cast(:wanted as text) as tsquery)"
        )
    ),
}
ONE = sa.select(*(archived.c[name] for name in FIELDS)).where(archived.c.id == sa.bindparam("of"))


class SqlArchive:
    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def keep(self, papers: Sequence[Archived]) -> None:
        for paper in papers:
            tokens = " ".join(tokens_of(paper.searched))
            row = {name: getattr(paper, name) for name in FIELDS} | {"tokens": tokens}
            number = self._connection.execute(KEEP, row).scalar_one()
            if self._connection.dialect.name == "sqlite":
                self._connection.execute(INDEX, {"id": number, "tokens": tokens})
            self._pen.note("paper", paper.number, ("", "kept"), f"M{paper.mail_id}")

    def known(self, hashes: Sequence[str]) -> Mapping[str, Archived]:
        rows = self._connection.execute(KNOWN, {"hashes": list(hashes)})
        return {row.sha256: _paper(row, text="") for row in rows}

    def find(self, words: str, most: int) -> Sequence[Found]:
        return find_in(self._connection, words, most)


def find_in(connection: sa.Connection, words: str, most: int) -> Sequence[Found]:
    return tuple(islice(_found(connection, words), most))


def _found(connection: sa.Connection, words: str) -> Iterator[Found]:
    tokens = wanted_tokens(words)
    if not tokens:
        return
    dialect = connection.dialect.name
    # Tokens are letters, figures and Chinese signs, so that no quote is among them.
    wanted = (
        " ".join(f'"{token}"' for token in tokens)
        if dialect == "sqlite"
        else " & ".join(f"'{token}'" for token in tokens)
    )
    newest = HAVING[dialect].order_by(archived.c.id.desc()).limit(MOST_LOOKED_AT)
    for number in connection.execute(newest, {"wanted": wanted}).scalars().all():
        row = connection.execute(ONE, {"of": number}).one()
        if found := found_in(_paper(row, text=row.text), words):
            yield found


def _paper(row: sa.Row[*tuple[Any, ...]], text: str) -> Archived:
    values = {name: getattr(row, name) for name in FIELDS if name != "text"}
    return Archived(**values, text=text)
