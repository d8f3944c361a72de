"""What can go wrong in the handoff, as facts.

HandoffError
├── IllegalTransitionError   the ticket is not in a state that allows the act
├── NotYoursError            another operator holds the ticket
├── NotInQueueError          a place was asked for a ticket that has none
├── ImpossibleIntervalError  opening hours that no day has
└── OutOfRangeError          a quantity for which a formula means nothing
"""


class HandoffError(Exception):
    """Base of every error of this package."""


class IllegalTransitionError(HandoffError):
    """The ticket's state does not allow the event; nothing was changed."""

    def __init__(self, ticket: int, state: str, event: str) -> None:
        self.ticket, self.state, self.event = ticket, state, event
        super().__init__(f"Ticket {ticket} is {state}: {event} is not possible now. Look at its current state first.")


class NotYoursError(HandoffError):
    """Somebody else holds the offer or the ticket; `holder` is the id of that operator."""

    def __init__(self, ticket: int, holder: str, actor: str) -> None:
        self.ticket, self.holder, self.actor = ticket, holder, actor
        super().__init__(f"Ticket {ticket} is with {holder}, not with {actor}. Ask for a transfer.")


class NotInQueueError(HandoffError):
    """The ticket does not wait (any more), so it has no place."""

    def __init__(self, ticket: int) -> None:
        self.ticket = ticket
        super().__init__(f"Ticket {ticket} is not in the queue. Ask for a place only while it is queued or offered.")


class ImpossibleIntervalError(HandoffError):
    """No day has an interval from minute `start` to minute `end`."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        super().__init__(
            f"Nothing is open from minute {start} to minute {end}. "
            "Begin within the day (0-1439) and end later, at most 24 hours on."
        )


class OutOfRangeError(HandoffError):
    """`name` was `value`; the formula holds for `allowed` (such as "> 0")."""

    def __init__(self, name: str, value: float, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        super().__init__(f"{name} is {value}, and the formula holds for {name} {allowed}. Give such a value.")
