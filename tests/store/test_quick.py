"""What goes straight to the driver is what the library would have done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.store.columns import metadata
from mailflow.store.engine import open_engine, translated
from mailflow.store.quick import _KNOWN, MOST_PLANS, Changed, QuickConnection
from mailflow.store.tables import mails
from mailflow.store.tables_outbox import outbox

NOW = datetime(2026, 11, 9, 4, 0, 0, 123456, tzinfo=UTC)
NEW = sa.insert(mails).returning(mails.c.id)
MANY = sa.insert(mails)
FIND = sa.select(mails).where(mails.c.id == sa.bindparam("mail"), mails.c.state == "waiting")
COUNT = sa.select(sa.func.count()).select_from(mails)
CHANGE = sa.update(mails).where(mails.c.id == sa.bindparam("mail"))
SOME = sa.select(mails.c.id).where(mails.c.id.in_(sa.bindparam("ids", expanding=True)))
LAST = sa.select(mails.c.id).order_by(mails.c.id.desc()).limit(sa.bindparam("most"))
DROP = sa.delete(mails).where(mails.c.id == sa.bindparam("mail"))


def a_mail(number: int) -> dict[str, Any]:
    return {
        **{"sha256": f"{number:064d}", "size": 1, "received": NOW, "arrived": NOW},
        **{"state": "waiting", "reason": "\0", "marks": ["字"], "findings": [{"a": None}]},
    }


@pytest.fixture(params=["quick", "library"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Connection]:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    metadata.create_all(engine)
    assert engine._connection_cls is QuickConnection
    if request.param == "library":
        engine._connection_cls = sa.Connection
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_each_time_it_is_run_it_does_the_same(connection: sa.Connection) -> None:
    execute, told = connection.execute, []
    for turn in range(3):
        told.append(execute(NEW, a_mail(turn * 10)).scalar_one())
        execute(MANY, [a_mail(turn * 10 + n) for n in (1, 2)])
        execute(MANY, a_mail(turn * 10 + 3))
        row = execute(FIND, {"mail": told[-1]}).one()
        assert (row.received, row.marks, row.findings) == (NOW, ["字"], [{"a": None}])
        assert (row.reason, row._mapping["settled"]) == ("\ufffd", None)
        settled = {"mail": told[-1], "settled": NOW, "state": "done"}
        assert execute(CHANGE, settled).rowcount == 1
        assert execute(CHANGE, {"mail": 999, "state": "done"}).rowcount == 0
        assert execute(FIND, {"mail": told[-1]}).first() is None
        assert execute(SOME, {"ids": [1, 2]}).scalars().all() == [1, 2]
        assert execute(LAST, {"most": 2}).all() == [(told[-1] + 3,), (told[-1] + 2,)]
        assert execute(DROP, {"mail": told[-1] + 3}).rowcount == 1
        assert execute(COUNT).scalar() == 3 * (turn + 1)
    connection.rollback()
    assert connection.execute(COUNT).scalar() == 0


def test_a_list_of_another_length_each_time_leaves_no_plan_behind_for_each(
    connection: sa.Connection,
) -> None:
    ids = [connection.execute(NEW, a_mail(number)).scalar_one() for number in range(3)]
    for length in range(3 * MOST_PLANS):
        some = [*ids, *range(1000, 1000 + length)]
        assert connection.execute(SOME, {"ids": some}).scalars().all() == ids
    assert len(_KNOWN[SOME].plans) <= MOST_PLANS


OLDER = (
    sa.update(mails)
    .where(mails.c.id.in_(sa.bindparam("ids", expanding=True)), mails.c.state == "waiting")
    .values(size=mails.c.size + 1)
    .returning(mails.c.id, mails.c.size)
)
SINCE = sa.select(mails.c.id).where(
    mails.c.received.in_(sa.bindparam("instants", expanding=True)),
    mails.c.id.not_in(sa.bindparam("others", expanding=True)),
)


@pytest.mark.parametrize("ids", [[], [2], [1, 3], [3, 2, 1], [7, 2], list(range(60))])
def test_lists_of_any_length_are_all_looked_for(connection: sa.Connection, ids: list[int]) -> None:
    execute = connection.execute
    execute(MANY, [a_mail(n) for n in range(3)])
    found = sorted({1, 2, 3} & set(ids))
    for turn in range(1, 4):
        assert execute(SOME, {"ids": ids}).scalars().all() == found
        rows = execute(OLDER, {"ids": ids, "reason": "x"}).all()
        assert sorted(rows) == [(n, 1 + turn) for n in found]
        assert execute(SINCE, {"instants": [NOW], "others": ids}).scalars().all() == sorted(
            {1, 2, 3} - set(ids)
        )
        assert execute(SOME, {"ids": (1, 2)}).scalars().all() == [1, 2]


def test_what_the_database_refuses_is_said_in_the_words_of_the_library(
    connection: sa.Connection,
) -> None:
    for _ in range(3):
        with pytest.raises(sa.exc.IntegrityError, match="NOT NULL"), translated():
            connection.execute(MANY, {**a_mail(1), "state": None})
        with pytest.raises(sa.exc.StatementError, match="bind parameter 'mail'"):
            connection.execute(DROP, {"other": 1})
        with pytest.raises((sa.exc.StatementError, ValueError), match="without a zone"):
            connection.execute(
                MANY, [a_mail(1), {**a_mail(2), "received": NOW.replace(tzinfo=None)}]
            )
        connection.rollback()


def test_a_statement_that_comes_again_does_go_to_the_driver(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    metadata.create_all(engine)
    change = sa.update(outbox).values(attempts=outbox.c.attempts + 1)
    with engine.connect() as connection:
        first, second = connection.execute(change), connection.execute(change)
    engine.dispose()
    assert (type(first), type(second)) == (sa.CursorResult, Changed)


def test_so_does_one_with_a_list(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    metadata.create_all(engine)
    with engine.connect() as connection:
        results = [connection.execute(SOME, {"ids": [1, 2]}) for _ in range(2)]
    engine.dispose()
    assert type(results[1]) is not sa.CursorResult
