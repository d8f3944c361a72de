"""Lists in statements that are prepared once: wanted keys are one parameter, be it one key or a hundred.

`(a, b) IN (VALUES …)` would also read the whole table: the SQLite of Debian 12 finds no index for it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, literal_column, select, tuple_
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from bot.storage.columns import as_json, storable


class _Keys(TypeDecorator[Sequence[tuple[str, ...]]]):
    """Rows of texts as JSON, in the form in which `Words` are stored."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:  # noqa: ARG002 - SQLAlchemy's signature
        return lambda keys: as_json([[storable(part) for part in key] for key in keys])


class _Unpacked(FunctionElement[Any]):
    """A row for each element of a JSON array, in a column called `value`."""

    inherit_cache = True


class _Part(FunctionElement[str]):
    """An element of the JSON array in `value`, as text."""

    inherit_cache = True
    type = Text()


@compiles(_Unpacked, "sqlite")
def _unpacked_on_sqlite(element: _Unpacked, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Unpacked, "postgresql")
def _unpacked_on_postgresql(element: _Unpacked, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements(CAST({compiler.process(element.clauses, **options)} AS JSON))"


@compiles(_Part, "sqlite")
def _part_on_sqlite(element: _Part, compiler: SQLCompiler, **options: Any) -> str:
    value, place = (compiler.process(each, **options) for each in element.clauses)
    return f"json_extract({value}, '$[{place}]')"


@compiles(_Part, "postgresql")
def _part_on_postgresql(element: _Part, compiler: SQLCompiler, **options: Any) -> str:
    value, place = (compiler.process(each, **options) for each in element.clauses)
    return f"({value} ->> {place})"


def one_of(column: ColumnElement[Any], *names: str) -> ColumnElement[bool]:
    """Whether the column is one of these names of ours.

    They are written into the statement: a bound list would be spelled out anew each time it is run.
    """
    return column.in_([literal_column(f"'{each}'") for each in names])


def keys(parameter: str, length: int = 1) -> Select[Any]:
    """The rows of a parameter that is a list of tuples of texts, so many in each."""
    row = _Unpacked(bindparam(parameter, type_=_Keys())).table_valued("value")
    parts: Any = [_Part(row.c.value, literal_column(str(place))).label(f"part_{place}") for place in range(length)]
    return select(*parts)


def wanted(*columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the columns are together one of the keys in the parameter `these`, a list of tuples of texts."""
    these = keys("these", len(columns))
    return columns[0].in_(these) if len(columns) == 1 else tuple_(*columns).in_(these)
