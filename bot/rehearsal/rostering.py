"""What operators change in a dialogue about who works here; it concerns no ticket."""

from bot.dialog.operator_acts import Dismiss, OperatorAct, Reskill, SetCapacity, SwitchBroadcast
from intents.fitting import Shape
from intents.shape import Text


class TeamChange(Shape):
    """A change of the team."""

    capacity: int | None = None
    """How many tickets at once from now on."""
    skills: dict[str, dict[str, float]] | None = None
    """A supervisor changes somebody's skills; 0 takes one away: {anna: {delivery: 0.5, general: 0}}."""
    broadcast: bool | None = None
    """A supervisor shows every ticket to everybody with its skill, or no longer does."""
    dismiss: Text | None = None
    """A supervisor takes somebody off the team."""


def act_of(who: str, done: str | TeamChange) -> OperatorAct | None:
    """The act; None when it is another kind."""
    match done:
        case TeamChange(capacity=int(capacity)):
            return SetCapacity(who, capacity)
        case TeamChange(skills=dict(skills)) if skills:
            whom, levels = next(iter(skills.items()))
            return Reskill(who, whom, levels)
        case TeamChange(broadcast=bool(on)):
            return SwitchBroadcast(who, on)
        case TeamChange(dismiss=str(whom)):
            return Dismiss(who, whom)
        case _:
            return None
