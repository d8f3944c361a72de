"""Virtual hold: a place kept in the queue while the customer is elsewhere."""

from dataclasses import dataclass, replace
from datetime import datetime

from handoff.events import PlaceWasKept, ReadyLapsed, TicketEvent, WasAskedIfReady, WasPutOff


@dataclass(frozen=True, slots=True)
class Kept:
    """How it stands with a kept place.

    `asked` is until when an answer to *Ready?* is waited for, None when it was not asked; `rests` is before when it is
    not to be asked; `unanswered` counts the times in all that nobody answered.
    """

    asked: datetime | None = None
    rests: datetime | None = None
    unanswered: int = 0

    @property
    def due(self) -> datetime | None:
        """When something is to happen by itself."""
        return self.asked or self.rests


def kept_after(kept: Kept | None, event: TicketEvent) -> Kept | None:
    """The place after the event; None when the event is not possible. `WasReady` is not for here: it keeps no place."""
    match event:
        case PlaceWasKept() if kept is None:
            return Kept()
        case WasAskedIfReady(until=until) if kept is not None and kept.asked is None:
            return Kept(asked=until, unanswered=kept.unanswered)
        case WasPutOff(until=until) if kept is not None:
            return Kept(rests=until, unanswered=kept.unanswered)
        case ReadyLapsed() if kept is not None and kept.asked is not None:
            return replace(kept, asked=None, unanswered=kept.unanswered + 1)
        case _:
            return None
