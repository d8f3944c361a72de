"""The outbox: orders to channels, in order per destination. What was delivered is deleted; the refs are its trace."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from bot.dialog.messages import Ref
from bot.dialog.orders import Outgoing
from bot.storage.engine import Engine
from bot.storage.mapping.talks import ref_row
from bot.storage.mapping.traffic import outgoing_of
from bot.storage.running import first, rows, run, scalar
from bot.storage.tables import DESTINATION, OUTBOX, REF
from bot.storage.upserting import put

_o, _d = OUTBOX.c, DESTINATION.c
_MUST_WAIT = select(_d.name).where(_d.name == _o.destination, _d.until > bindparam("now")).exists()
_DESTINATIONS = select(_o.destination).distinct().where(_o.status == "pending", ~_MUST_WAIT).order_by(_o.destination)
_HEAD = (
    select(OUTBOX)
    .where(_o.status == "pending", _o.destination == bindparam("to"), ~_MUST_WAIT)
    .order_by(_o.id)
    .limit(bindparam("limit"))
)
_NEXT_DUE = select(func.min(_d.until)).where(
    select(_o.id).where(_o.destination == _d.name, _o.status == "pending").exists()
)
_STRUGGLES = select(_o.id).where(_o.status == "pending", _o.destination == bindparam("to"), _o.tries > 0).limit(1)
_LENGTH = select(func.count()).where(_o.status == "pending")
_BEGUN = OUTBOX.update().where(_o.id == bindparam("row")).values(begun=bindparam("at"))
_SENT = OUTBOX.delete().where(_o.id == bindparam("row"))
_TRIED = OUTBOX.update().where(_o.id == bindparam("row")).values(tries=_o.tries + 1, begun=None, error=bindparam("why"))
_PARK = _TRIED.values(status="parked")


def struggles(connection: Connection, destination: str) -> bool:
    """Whether something for this destination was tried, did not arrive, and is still to be delivered."""
    return first(connection, _STRUGGLES, {"to": destination}) is not None


def _destinations(connection: Connection, now: datetime) -> list[str]:
    return [name for (name,) in rows(connection, _DESTINATIONS, {"now": now})]


def _head(connection: Connection, destination: str, now: datetime, limit: int) -> list[Outgoing]:
    return [outgoing_of(row) for row in rows(connection, _HEAD, {"to": destination, "now": now, "limit": limit})]


def _sent(connection: Connection, ids: Sequence[int], refs: Sequence[tuple[Ref, str, int]]) -> None:
    run(connection, _SENT, [{"row": each} for each in ids])
    put(connection, REF, [ref_row(*place) for place in refs])


def _wait(connection: Connection, name: str, until: datetime, error: str, row: int | None) -> None:
    put(connection, DESTINATION, [{"name": name, "until": until, "error": error}])
    if row is not None:
        run(connection, _TRIED, [{"row": row, "why": error}])


class SqlOutbox:
    """Orders to deliver. `Changes.orders` fills it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def destinations(self, now: datetime) -> list[str]:
        """Destinations that have something to send and need not wait."""
        async with self._engine.reading() as line:
            return await line.run(_destinations, now)

    async def head(self, destination: str, now: datetime, limit: int = 1) -> list[Outgoing]:
        """The oldest orders to this destination, in order; empty while it must wait."""
        async with self._engine.reading() as line:
            return await line.run(_head, destination, now, limit)

    async def begun(self, ids: Sequence[int], now: datetime) -> None:
        """A try begins: recorded before the send, so that a crash leaves a trace."""
        async with self._engine.writing() as line:
            await line.run(run, _BEGUN, [{"row": each, "at": now} for each in ids])

    async def sent(self, ids: Sequence[int], refs: Sequence[tuple[Ref, str, int]] = ()) -> None:
        """Delivered; `refs` say where messages now stand."""
        async with self._engine.writing() as line:
            await line.run(_sent, ids, refs)

    async def wait(self, destination: str, until: datetime, error: str, row: int | None = None) -> None:
        """Nothing goes to this destination before `until`; counts a try of `row` when given: it did not arrive."""
        async with self._engine.writing() as line:
            await line.run(_wait, destination, until, error, row)

    async def park(self, row: int, error: str) -> None:
        """It can never succeed; the ones behind it go on."""
        async with self._engine.writing() as line:
            await line.run(run, _PARK, [{"row": row, "why": error}])

    async def next_due(self) -> datetime | None:
        """When the earliest waiting destination may be tried again; not after now when it already may."""
        async with self._engine.reading() as line:
            due: datetime | None = await line.run(scalar, _NEXT_DUE)
        return due

    async def length(self) -> int:
        """How many orders are still to be delivered."""
        async with self._engine.reading() as line:
            length: int = await line.run(scalar, _LENGTH)
        return length
