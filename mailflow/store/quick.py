"""A statement that is run again and again goes straight to SQLite's driver, compiled once.

On SQLite the way through the library takes several times as long as the statement itself, and a
mail takes forty of them. What a statement is, how its values are bound and how its rows are read
is the library's all the same: only its steps from one to the other are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
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
    bare: Callable[[Parameters], Any] | None
    """Gives the values of a row that are bound as they are, all at once."""

    def run(self, driver: Any, parameters: Any, dialect: sa.Dialect) -> Any:
        try:
            if isinstance(parameters, list):
                cursor = driver.executemany(self.sql, map(self.bare or self._bound, parameters))
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


_PLANS: WeakKeyDictionary[Any, dict[tuple[bool, tuple[str, ...]], Plan | None]] = (
    WeakKeyDictionary()
)
"""By statement, whether it is run for many rows, and the names of its parameters; a statement that
was run once has no plan yet."""


def _plan_of(statement: Any, parameters: Any, dialect: sa.Dialect) -> Plan | None:
    is_many = isinstance(parameters, list)
    names = tuple((parameters[0] if is_many and parameters else parameters) or ())
    plans = _PLANS.get(statement)
    if plans is None:
        _PLANS[statement] = {}
        return None
    if (is_many, names) not in plans:
        plans[is_many, names] = _planned(statement, names, dialect, is_many=is_many)
    return plans[is_many, names]


def _planned(
    statement: Any, names: Sequence[str], dialect: sa.Dialect, *, is_many: bool
) -> Plan | None:
    """None where the library does more than to bind, to run and to read."""
    if not isinstance(statement, sa.Select | sa.Insert | sa.Update | sa.Delete):
        return None
    returns = isinstance(statement, sa.Select) or bool(statement._returning)
    if statement.get_execution_options() or (is_many and (returns or not names)):
        return None
    compiled: Any = statement.compile(
        dialect=dialect,
        column_keys=sorted(names),
        # Were it for one row, the library would ask for a new row's key, that nobody wants.
        for_executemany=not returns,
    )
    if _does_more(compiled, names):
        return None
    # Lists of values that stand in the statement are written out.
    expanded = compiled.construct_expanded_state(dict.fromkeys(names))
    binds = tuple(_bind(compiled, expanded, name, names) for name in expanded.positiontup)
    is_bare = len(binds) > 1 and all(name and not process for name, process, _ in binds)
    bare = itemgetter(*(name for name, _, _ in binds)) if is_bare else None
    metadata = _metadata(compiled, dialect) if returns else None
    return Plan(expanded.statement, binds, metadata, bare)


def _does_more(compiled: Any, names: Sequence[str]) -> bool:
    keys = [column.keyname for column in compiled._result_columns]
    return any(
        (
            compiled.insert_prefetch,
            compiled.update_prefetch,
            compiled.escaped_bind_names,
            compiled.literal_execute_params,
            compiled.positiontup is None,
            len(set(keys)) < len(keys),
            any(bind.callable for bind in compiled.binds.values()),
            any(bind.required and bind.key not in names for bind in compiled.binds.values()),
            any(bind.required or bind.key in names for bind in compiled.post_compile_params),
        )
    )


def _metadata(compiled: Any, dialect: sa.Dialect) -> SimpleResultMetaData:
    columns = compiled._result_columns
    read = [column.type._cached_result_processor(dialect, None) for column in columns]
    keys = [column.keyname for column in columns]
    return SimpleResultMetaData(keys, _processors=read if any(read) else None)


def _bind(
    compiled: Any, expanded: Any, name: str, names: Sequence[str]
) -> tuple[str | None, Process, Any]:
    bind = compiled.binds.get(name)
    process: Any = {**compiled._bind_processors, **expanded.processors}.get(name)
    if bind is not None and bind.key in names:
        return bind.key, process, None
    value = expanded.parameters[name]
    return None, None, value if process is None else process(value)


def _as_the_library_says(
    sql: str, parameters: Any, error: Exception, dialect: sa.Dialect
) -> BaseException:
    found: Any = sa.exc.DBAPIError.instance(sql, parameters, error, DRIVER.Error, dialect=dialect)
    return cast(BaseException, found)
