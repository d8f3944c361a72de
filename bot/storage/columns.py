"""Column types that mean the same on both engines: moments, words, JSON and whole values."""

# ruff: noqa: ARG002 - the signatures are SQLAlchemy's
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError, to_json
from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

MOMENTS = 10_000  # that are remembered: many rows have the same, and most are read again and again
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# SQLite counts rows by itself only in a column that is called INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


# A type is asked for a function that is called with each value. These give theirs as it is: through a TypeDecorator's
# own it would be called by two others.


@lru_cache(MOMENTS)
def _moment(number: int | None) -> datetime | None:
    return None if number is None else _EPOCH + timedelta(microseconds=number)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, UTC when read. Raises TypeError for a naive one."""

    # Microseconds since 1970 as an integer: it sorts as time does, has no zone to get wrong, is the same on both
    # engines, and costs a subtraction where a text would have to be parsed.
    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """How the datetime becomes a number."""
        return lambda value: None if value is None else (value - _EPOCH) // _MICROSECOND

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:
        """How it becomes the datetime again."""
        return _moment


def storable(text: str) -> str:
    """The text without lone surrogates and NULs; as long as before in UTF-16, so that entities still fit."""
    if text.isascii() and "\0" not in text:
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", "\ufffd")


class Words(TypeDecorator[str]):
    """Text from anywhere. What UTF-8 or PostgreSQL cannot hold (lone surrogates, NUL) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """How it becomes a text that both engines can store."""
        return lambda text: text if text is None or (text.isascii() and "\0" not in text) else storable(text)


def as_json(data: Any) -> str:
    """JSON-ready data as compact text that both engines can store."""
    try:
        return to_json(data).decode()
    except PydanticSerializationError:  # a lone surrogate
        return storable(json.dumps(data, separators=(",", ":"), ensure_ascii=False))


class Json(TypeDecorator[Any]):
    """JSON-ready data as compact text; NULL when there is none."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """How the data becomes text."""
        return lambda value: None if value is None else as_json(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:
        """How it becomes the data again."""
        return lambda value: None if value is None else json.loads(value)


class Value(TypeDecorator[Any]):
    """A value of ours (a dataclass, a tuple of them, a mapping) as JSON without its defaults; NULL when it is `empty`.

    A field added to the dataclass with a default breaks no row that is older.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any, empty: Callable[[], Any]) -> None:
        super().__init__()
        self.kind = kind  # part of the cache key, as the parameter of the same name
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self._make, self._blank = empty, empty()

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """How the value becomes text."""
        return self._dumped

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:
        """How it becomes the value again."""
        make, load = self._make, self._adapter.validate_json
        return lambda value: make() if value is None else load(value)

    def _dumped(self, value: Any) -> str | None:
        if value is None or value == self._blank:
            return None
        try:
            return self._adapter.dump_json(value, exclude_defaults=True).decode()
        except PydanticSerializationError:  # a lone surrogate
            return as_json(self._adapter.dump_python(value, mode="json", exclude_defaults=True))
