"""What every table has: a base, a handle for Core statements, and short words for its columns."""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import BigInteger, MetaData, Table
from sqlmodel import Field, SQLModel

from bot.storage.columns import Json, Moment, Number, Value, Words


class Row(SQLModel):
    """Base of every table, with names for its constraints, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table(row: type[Row]) -> Table:
    """The Core table behind a class."""
    return cast("Table", getattr(row, "__table__"))  # noqa: B009 - the attribute is SQLAlchemy's and not in its types


def words(**more: Any) -> Any:
    """A text."""
    return Field(sa_type=Words, **more)


def moment(**more: Any) -> Any:
    """An aware datetime."""
    return Field(sa_type=Moment, **more)


def json(**more: Any) -> Any:
    """JSON-ready data."""
    return Field(sa_type=Json, **more)


def value(kind: Any, empty: Callable[[], Any]) -> Any:
    """A value of ours; NULL says that it is `empty`."""
    return Field(sa_type=Value(kind, empty), nullable=True)


def number(**more: Any) -> Any:
    """A number that may outgrow 32 bits."""
    return Field(sa_type=BigInteger, **more)


def counted() -> Any:
    """A number that the database gives, growing with each row."""
    return Field(default=None, primary_key=True, sa_type=Number)


def conversation(**more: Any) -> Any:
    """The conversation that the row belongs to and is erased with."""
    return words(foreign_key="conversation.id", ondelete="CASCADE", **more)
