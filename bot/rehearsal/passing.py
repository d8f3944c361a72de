"""How a dialogue writes that an operator passes a ticket on, or merges one into another."""

from intents.fitting import Shape
from intents.shape import Text


class Passed(Shape):
    """A ticket that is passed on: to a skill, or to a colleague."""

    to: Text | None = None
    skill: Text | None = None
    note: str = ""


class Merged(Shape):
    """The customer whose ticket is closed, and the one in whose ticket the talk goes on."""

    of: Text
    into: Text
