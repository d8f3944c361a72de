"""How statements reach a database: functions that run on a connection, in a transaction, beside the event loop."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")


class Line(Protocol):
    """A connection on which functions run one after another; the first of them begins a transaction."""

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns. Raises ConflictError and StoreUnavailableError for what the database says."""
        ...

    def last(self, work: Callable[[Connection], None]) -> None:
        """Have it run right before the commit: one way to the database for both."""
        ...

    async def commit(self) -> None:
        """Run what is to run last, and make it all durable. Raises as `run` does; then nothing was changed."""
        ...

    async def rollback(self) -> None:
        """Forget it; raises nothing."""
        ...


class Engine(Protocol):
    """A database."""

    def writing(self) -> AbstractAsyncContextManager[Line]:
        """A transaction that commits on a clean exit and rolls back on an error."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Line]:
        """A transaction that sees one moment, changes nothing and holds up no writer."""
        ...

    async def aside(self, work: Callable[[Connection], None]) -> None:
        """Run a long piece of work in a writing transaction of its own, on another thread."""
        ...

    async def scrub(self) -> None:
        """Take what was erased out of the engine's own log too, where that can be had."""
        ...

    async def close(self) -> None:
        """End every connection."""
        ...


@asynccontextmanager
async def transaction(line: Line) -> AsyncIterator[Line]:
    """Commit when the body ends well, else roll back."""
    try:
        yield line
    except BaseException:
        await line.rollback()
        raise
    await line.commit()
