"""The tempo: how fast things go. A test may go faster, or bring its own time."""

from dataclasses import dataclass, field

from bot.telegram.pacing import Paces, Watch


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast things go, in seconds. `lease` is how long a killed process is waited for.

    `unfit` is for how long a group that is unfit is left alone, `again` the first pause after a failure; it doubles.
    `board` is how long a board stands at least; there is none with 0.
    """

    paces: Paces = field(default_factory=Paces)
    watch: Watch = field(default_factory=Watch)
    poll: int = 20
    settle: float = 0.8
    lease: float = 3.0
    unfit: float = 60.0
    again: float = 0.1
    board: float = 15.0
