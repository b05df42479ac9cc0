"""A statement that is run again and again goes straight to SQLite's driver, compiled once.

On SQLite the way through the library takes several times as long as the statement itself, and a
mail takes forty of them. What a statement is, how its values are bound and how its rows are read
is the library's all the same: only its steps from one to the other are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql import visitors

from mailflow.domain.value import dataclass
from mailflow.store.sqlite_driver import DRIVER

Parameters = Mapping[str, Any]
Process = Callable[[Any], Any] | None
READS, WRITES = "BEGIN", "BEGIN IMMEDIATE"


@dataclass(frozen=True, slots=True)
class Changed:
    """What there is to know of a statement that returns no rows."""

    rowcount: int


class QuickConnection(sa.Connection):
    """Any statement that is no module's constant, or is out of the ordinary, goes the long way."""

    reads: bool = False
    """It is kept by who reads, and nothing is ever committed on it: it begins and ends without the library."""

    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> Any:
        plan = None if execution_options else _plan_of(statement, parameters, self.dialect)
        if plan is None:
            return super().execute(statement, parameters, execution_options=execution_options)
        driver = cast(Any, self.connection.driver_connection)
        if self._transaction is None:
            if not self.reads:
                self.begin()
            elif not driver.in_transaction:
                begin(self, READS)
        return plan.run(driver, parameters, self.dialect)

    def look_away(self) -> None:
        """The end of what was read: whoever reads next sees what was committed meanwhile."""
        if self._transaction is not None:
            self.rollback()
        else:
            driver = cast(Any, self.connection.driver_connection)
            if driver.in_transaction:
                driver.rollback()


def begin(connection: sa.Connection, how: str) -> None:
    """`BEGIN`, as the driver takes it; nothing where the first statement was a quick one."""
    raw = cast(Any, connection.connection.driver_connection)
    if how == READS and raw.in_transaction:
        return
    try:
        raw.execute(how)
    except DRIVER.Error as error:
        raise _as_the_library_says(how, (), error, connection.dialect) from error


@dataclass(frozen=True, slots=True)
class Plan:
    """`binds`: for each value its name among the parameters and how it is converted; or no name,
    and the value. `spread`: lists among the parameters, and what their members are called."""

    sql: str
    binds: tuple[tuple[str | None, Process, Any], ...]
    metadata: SimpleResultMetaData | None
    spread: tuple[tuple[str, tuple[str, ...]], ...] = ()
    named: Callable[[Parameters], Any] | None = None
    """Gives all values of a row at once, where each has a name."""
    converted: tuple[tuple[int, Callable[[Any], Any]], ...] = ()
    """Which of them are not bound as they are."""

    def run(self, driver: Any, parameters: Any, dialect: sa.Dialect) -> Any:
        try:
            if isinstance(parameters, list):
                row = self._bound if self.converted or not self.named else self.named
                cursor = driver.executemany(self.sql, map(row, parameters))
            else:
                cursor = driver.execute(self.sql, self._bound(parameters or {}))
            if self.metadata is None:
                return Changed(cursor.rowcount)
            # All of them at once: a statement that is not read to its end holds up the others.
            return IteratorResult(self.metadata, iter(cursor.fetchall()))
        except DRIVER.Error as error:
            raise _as_the_library_says(self.sql, parameters, error, dialect) from error

    def _bound(self, given: Parameters) -> Sequence[Any]:
        if self.spread:
            given = {
                **given,
                **{
                    n: v for of, names in self.spread for n, v in zip(names, given[of], strict=True)
                },
            }
        if self.named is not None:
            values = list(self.named(given))
            for at, process in self.converted:
                values[at] = process(values[at])
            return values
        return [
            value if name is None else given[name] if process is None else process(given[name])
            for name, process, value in self.binds
        ]


@dataclass(frozen=True, slots=True)
class _Known:
    """A statement that was run: `lists` names those of its parameters that are lists of values.
    Plans are told by whether they are for many rows, by names, and by how long the lists are."""

    lists: tuple[str, ...]
    plans: dict[tuple[bool, tuple[str, ...], tuple[int, ...]], Plan | None]


MOST_PLANS = 32
"""Of a statement. One whose list grows with the books has another length each time, and each plan is as
large as its list: kept for ever they would grow without end."""

_ONCE = _Known((), {})
_KNOWN: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()
"""A statement that was run once has no plan yet: many are built to be run once only."""


def _plan_of(statement: Any, parameters: Any, dialect: sa.Dialect) -> Plan | None:
    known = _KNOWN.get(statement)
    if known is None:
        _KNOWN[statement] = _ONCE
        return None
    if known is _ONCE:
        known = _KNOWN[statement] = _Known(_lists_of(statement), {})
    is_many = isinstance(parameters, list)
    names = tuple((parameters[0] if is_many and parameters else parameters) or ())
    lengths = _lengths(known.lists, parameters) if known.lists else ()
    if lengths is None:
        return None
    key = is_many, names, lengths
    if key in known.plans:
        # The thread that sends may have them forgotten just now: then the library runs it.
        return known.plans.get(key)
    if len(known.plans) >= MOST_PLANS:
        known.plans.clear()
    lists = dict(zip(known.lists, lengths, strict=True))
    plan = known.plans[key] = _planned(statement, names, lists, dialect, is_many=is_many)
    return plan


def _lists_of(statement: Any) -> tuple[str, ...]:
    if not isinstance(statement, sa.ClauseElement):
        return ()
    binds = (e for e in visitors.iterate(statement) if isinstance(e, sa.BindParameter))
    return tuple(sorted({bind.key for bind in binds if bind.expanding and bind.required}))


def _lengths(lists: Sequence[str], parameters: Any) -> tuple[int, ...] | None:
    """None where the library has to see what it makes of them."""
    if isinstance(parameters, list) or not parameters or any(n not in parameters for n in lists):
        return None
    return tuple(len(parameters[name]) for name in lists)


def _planned(
    statement: Any,
    names: Sequence[str],
    lists: Mapping[str, int],
    dialect: sa.Dialect,
    *,
    is_many: bool,
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
    given = {name: [None] * lists[name] if name in lists else None for name in names}
    expanded = compiled.construct_expanded_state(given)
    spread = tuple((name, tuple(expanded.parameter_expansion[name])) for name in lists)
    members = {member for _, every in spread for member in every}
    binds = tuple(
        _bind(compiled, expanded, name, (names, members)) for name in expanded.positiontup
    )
    metadata = _metadata(compiled, dialect) if returns else None
    bound = [name for name, _, _ in binds if name is not None]
    named = itemgetter(*bound) if len(bound) == len(binds) > 1 else None
    converted = tuple((at, process) for at, (_, process, _) in enumerate(binds) if process)
    return Plan(expanded.statement, binds, metadata, spread, named, converted)


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
        )
    )


def _metadata(compiled: Any, dialect: sa.Dialect) -> SimpleResultMetaData:
    columns = compiled._result_columns
    read = [column.type._cached_result_processor(dialect, None) for column in columns]
    keys = [column.keyname for column in columns]
    return SimpleResultMetaData(keys, _processors=read if any(read) else None)


def _bind(
    compiled: Any, expanded: Any, name: str, known: tuple[Sequence[str], Collection[str]]
) -> tuple[str | None, Process, Any]:
    """`known`: the names of the parameters, and of the members of lists among them."""
    names, members = known
    bind = compiled.binds.get(name)
    process: Any = {**compiled._bind_processors, **expanded.processors}.get(name)
    if name in members:
        return name, process, None
    if bind is not None and bind.key in names:
        return bind.key, process, None
    value = expanded.parameters[name]
    return None, None, value if process is None else process(value)


def _as_the_library_says(
    sql: str, parameters: Any, error: Exception, dialect: sa.Dialect
) -> BaseException:
    found: Any = sa.exc.DBAPIError.instance(
        *(sql, parameters, error, DRIVER.Error), hide_parameters=True, dialect=dialect
    )
    return cast(BaseException, found)
