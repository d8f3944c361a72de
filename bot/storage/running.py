"""How statements are run: with SQLAlchemy on PostgreSQL, and on SQLite by the driver itself.

There a statement takes the database a few microseconds, and SQLAlchemy's way to the driver and back several times as
long, since it makes a context, a result and its rows for each. So it is asked once for what a statement needs: the
text, the order of the parameters, how values are converted. On PostgreSQL each statement waits for the network anyway,
and SQLAlchemy sees to connections that are lost and to statements that the server must prepare anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, UpdateBase
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
Row = Sequence[Any]
Convert = Callable[[Any], Any]

NO_VALUES: Values = {}
STATEMENTS = 500  # that are remembered; there are fewer, as long as each is made once
_SQLITE = sqlite.dialect()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement for SQLite's driver, with whatever converts its parameters and the columns of what it finds."""

    text: str
    constants: Values  # parameters whose values stand in the statement itself
    parameters: Sequence[tuple[str, Convert | None]]
    columns: Sequence[tuple[int, Convert]]

    def bound(self, values: Values) -> Row:
        """The values as the driver wants them."""
        known = {**self.constants, **values} if self.constants else values
        return [known[name] if convert is None else convert(known[name]) for name, convert in self.parameters]

    def found(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows as they are meant."""
        return [self._converted(each) for each in rows] if self.columns else rows

    def _converted(self, row: Row) -> Row:
        values = list(row)
        for place, convert in self.columns:
            values[place] = convert(values[place])
        return tuple(values)


@lru_cache(STATEMENTS)
def _ready(statement: Select[Any] | UpdateBase, names: tuple[str, ...]) -> _Ready:
    compiled = statement.compile(dialect=_SQLITE, column_keys=names)
    order = compiled.positiontup or ()
    # One parameter may stand in several places, and be a bare number in some of them.
    given = ((name, _kind(bind).bind_processor(_SQLITE)) for bind, name in compiled.bind_names.items())
    converts = {name: convert for name, convert in given if convert is not None}
    columns = statement.selected_columns if isinstance(statement, Select) else ()
    read = enumerate(_kind(each).result_processor(_SQLITE, None) for each in columns)
    return _Ready(
        str(compiled),
        {name: compiled.binds[name].value for name in order if not compiled.binds[name].required},
        [(name, converts.get(name)) for name in order],
        [(place, convert) for place, convert in read if convert is not None],
    )


def _kind(of: ColumnElement[Any]) -> TypeEngine[Any]:
    return of.type.dialect_impl(_SQLITE)


def rows(connection: Connection, query: Select[Any], values: Values = NO_VALUES) -> Sequence[Row]:
    """What the query finds; it is one that is made once."""
    if connection.dialect.name != "sqlite":
        return connection.execute(query, values).all()
    ready = _ready(query, tuple(values))
    cursor = connection.connection.cursor()
    cursor.execute(ready.text, ready.bound(values))
    return ready.found(cursor.fetchall())


def first(connection: Connection, query: Select[Any], values: Values = NO_VALUES) -> Row | None:
    """The first row that the query finds."""
    return next(iter(rows(connection, query, values)), None)


def scalar(connection: Connection, query: Select[Any], values: Values = NO_VALUES) -> Any:
    """The one value that the query finds, or None."""
    row = first(connection, query, values)
    return None if row is None else row[0]


def run(connection: Connection, statement: UpdateBase, given: Sequence[Values]) -> int:
    """Run the statement, one that is made once, with each of these; they have the same names.

    Of a single one it is told how many rows have changed.
    """
    if not given:
        return 0
    if connection.dialect.name != "sqlite":
        return connection.execute(statement, given).rowcount
    ready = _ready(statement, tuple(given[0]))
    cursor = connection.connection.cursor()
    cursor.executemany(ready.text, [ready.bound(each) for each in given])
    return cursor.rowcount
