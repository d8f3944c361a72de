"""What comes in and goes out, as rows; read as `bot.storage.mapping.desk` says."""

from datetime import datetime
from typing import Any

from bot.dialog.orders import Order, Outgoing, pack, unpack
from bot.dialog.records import Incoming

Columns = dict[str, Any]


def order_row(destination: str, order: Order) -> Columns:
    """The columns of a new order."""
    kind, data = pack(order)
    return {"destination": destination, "kind": kind, "data": data, "status": "pending", "tries": 0}


def outgoing_of(row: Any) -> Outgoing:
    """The order as its sender sees it."""
    number, destination, kind, data, _, tries, begun, _ = row
    return Outgoing(number, destination, unpack(kind, data), tries, begun)


def incoming_row(source: str, update: tuple[str, dict[str, Any]], now: datetime) -> Columns:
    """The columns of a new update."""
    key, payload = update
    return {"source": source, "key": key, "payload": payload, "received": now, "tries": 0, "status": "pending"}


def parked_row(incoming: Incoming, error: str) -> Columns:
    """The columns of what could not be handled, as a new row."""
    row = incoming_row(incoming.source, (incoming.key, incoming.payload), incoming.received)
    return row | {"tries": incoming.tries, "status": "parked", "error": error}


def incoming_of(row: Any) -> Incoming:
    """The update again."""
    number, source, key, payload, received, tries, _, _ = row
    return Incoming(number, source, key, payload, received, tries)
