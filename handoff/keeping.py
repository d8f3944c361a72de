"""Virtual hold: a place kept in the queue while the customer is elsewhere."""

from dataclasses import dataclass, replace
from datetime import datetime

from handoff.events import (
    PlaceWasKept,
    ReadyLapsed,
    TicketEvent,
    WasAskedIfReady,
    WasNotReached,
    WasPutOff,
    WasReached,
    WasReady,
)

KEEPING = (PlaceWasKept, WasAskedIfReady, WasReached, WasNotReached, WasPutOff, ReadyLapsed, WasReady)
"""What can happen to a place in the queue."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How it stands with a kept place.

    `asked` is until when an answer to *Ready?* is waited for, None when it was not asked, and `reached` whether the
    question stands before the customer. `rests` is before when it is not to be asked. `away` is until when the place is
    kept for a customer who was not there when their turn came. `unanswered` counts the times that nobody answered.
    """

    asked: datetime | None = None
    rests: datetime | None = None
    unanswered: int = 0
    reached: bool = True
    away: datetime | None = None

    @property
    def due(self) -> datetime | None:
        """When something is to happen by itself."""
        return self.asked or self.rests or self.away


def kept_after(kept: Kept | None, event: TicketEvent) -> Kept | None:
    """The place after the event; None when the event is not possible. `WasReady` is not for here: it keeps no place."""
    match event:
        case PlaceWasKept() if kept is None:
            return Kept()
        case WasAskedIfReady(until=until, reached=reached) if kept is not None and kept.asked is None:
            return Kept(asked=until, unanswered=kept.unanswered, reached=reached)
        case WasReached(until=until) if kept is not None and not kept.reached:
            return replace(kept, asked=until, reached=True)
        case WasNotReached(until=until) if kept is not None and not kept.reached:
            return Kept(away=until, unanswered=kept.unanswered)
        case WasPutOff(until=until) if kept is not None:
            return Kept(rests=until, unanswered=kept.unanswered)
        case ReadyLapsed() if kept is not None and kept.asked is not None:
            return replace(kept, asked=None, unanswered=kept.unanswered + 1)
        case _:
            return None
