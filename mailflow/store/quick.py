"""A statement that is run again and again goes straight to SQLite's driver, compiled once.

On SQLite the way through the library takes several times as long as the statement itself, and a
mail takes forty of them. What a statement is, how its values are bound and how its rows are read
is the library's all the same: only its steps from one to the other are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

from mailflow.domain.value import dataclass
from mailflow.store.sqlite_driver import DRIVER

Parameters = Mapping[str, Any]
Process = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What there is to know of a statement that returns no rows."""

    rowcount: int


class QuickConnection(sa.Connection):
    """Any statement that is no module's constant, or is out of the ordinary, goes the long way."""

    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> Any:
        plan = None if execution_options else _plan_of(statement, parameters, self.dialect)
        if plan is None:
            return super().execute(statement, parameters, execution_options=execution_options)
        if self._transaction is None:
            self.begin()
        return plan.run(cast(Any, self.connection.driver_connection), parameters, self.dialect)


def begin(connection: sa.Connection, how: str) -> None:
    """`BEGIN`, as the driver takes it."""
    raw = cast(Any, connection.connection.driver_connection)
    try:
        raw.execute(how)
    except DRIVER.Error as error:
        raise _as_the_library_says(how, (), error, connection.dialect) from error


@dataclass(frozen=True, slots=True)
class Plan:
    """`binds`: for each value its name among the parameters and how it is converted; or no name,
    and the value."""

    sql: str
    binds: tuple[tuple[str | None, Process, Any], ...]
    metadata: SimpleResultMetaData | None

    def run(self, driver: Any, parameters: Any, dialect: sa.Dialect) -> Any:
        try:
            if isinstance(parameters, list):
                cursor = driver.executemany(self.sql, [self._bound(row) for row in parameters])
            else:
                cursor = driver.execute(self.sql, self._bound(parameters or {}))
            if self.metadata is None:
                return Changed(cursor.rowcount)
            # All of them at once: a statement that is not read to its end holds up the others.
            return IteratorResult(self.metadata, iter(cursor.fetchall()))
        except DRIVER.Error as error:
            raise _as_the_library_says(self.sql, parameters, error, dialect) from error

    def _bound(self, given: Parameters) -> list[Any]:
        return [
            value if name is None else given[name] if process is None else process(given[name])
            for name, process, value in self.binds
        ]


_PLANS: WeakKeyDictionary[Any, dict[tuple[str, ...], Plan | None]] = WeakKeyDictionary()
"""By statement and the names of its parameters; those that were run once have no plan yet."""


def _plan_of(statement: Any, parameters: Any, dialect: sa.Dialect) -> Plan | None:
    if isinstance(parameters, list):
        names = tuple(parameters[0]) if parameters else ()
    else:
        names = tuple(parameters) if parameters else ()
    plans = _PLANS.get(statement)
    if plans is None:
        _PLANS[statement] = {}
        return None
    if names not in plans:
        plans[names] = _planned(statement, names, isinstance(parameters, list), dialect)
    return plans[names]


def _planned(
    statement: Any, names: Sequence[str], is_many: bool, dialect: sa.Dialect
) -> Plan | None:
    """None where the library does more than to bind, to run and to read."""
    if not isinstance(statement, sa.Select | sa.Insert | sa.Update | sa.Delete):
        return None
    if statement.get_execution_options() or (is_many and not names):
        return None
    returns = isinstance(statement, sa.Select) or bool(statement._returning)
    if returns and is_many:
        return None
    compiled: Any = statement.compile(
        dialect=dialect,
        column_keys=sorted(names),
        # Else the library would ask for the key of a new row, that nobody wants.
        for_executemany=not returns,
    )
    of_its_own = (
        *(compiled.insert_prefetch, compiled.update_prefetch, compiled.escaped_bind_names),
        *(compiled.post_compile_params, compiled.literal_execute_params),
    )
    if any(of_its_own) or compiled.positiontup is None:
        return None
    binds = [_bind(compiled, name, names) for name in compiled.positiontup]
    if None in binds:
        return None
    metadata = None
    if returns:
        columns = compiled._result_columns
        keys = [column.keyname for column in columns]
        if len(set(keys)) < len(keys):
            return None
        read = [column.type._cached_result_processor(dialect, None) for column in columns]
        metadata = SimpleResultMetaData(keys, _processors=read if any(read) else None)
    return Plan(str(compiled), tuple(b for b in binds if b is not None), metadata)


def _bind(
    compiled: Any, name: str, names: Sequence[str]
) -> tuple[str | None, Process, Any] | None:
    bind, process = compiled.binds[name], compiled._bind_processors.get(name)
    if bind.expanding or bind.callable or isinstance(process, tuple):
        return None
    for given in (bind.key, name):
        if given in names:
            return given, process, None
    if bind.required:
        return None
    return None, None, bind.value if process is None else process(bind.value)


def _as_the_library_says(
    sql: str, parameters: Any, error: Exception, dialect: sa.Dialect
) -> BaseException:
    found: Any = sa.exc.DBAPIError.instance(sql, parameters, error, DRIVER.Error, dialect=dialect)
    return cast(BaseException, found)
