"""How a dialogue writes that the desk has other rules or people than the workspace gives it."""

from dataclasses import replace

from pydantic import Field

from bot.rehearsal.errors import MismatchError
from bot.workspace.desk import routing_of
from bot.workspace.desk_shape import Count, RoutingShape, Share, Texts
from handoff.desk import Desk
from intents.fitting import Shape


class OperatorChanges(Shape):
    """What is other about an operator."""

    skills: dict[str, Share] | None = None
    """Skills with their levels, instead of the operator's own: {general: 0.5}."""
    capacity: Count | None = None
    """How many talks at once."""
    locales: Texts = ()
    """Languages in which this person answers."""


class DeskChanges(Shape):
    """What is other in this dialogue; the rest is as in the workspace's desk.yaml."""

    routing: RoutingShape = RoutingShape()
    """Rules of routing: {strategy: best_skill, widen: []}."""
    operators: dict[str, OperatorChanges] = Field(default_factory=dict)
    """Operators by id: {anna: {skills: {general: 0.5}, capacity: 1, locales: [en]}}."""


def changed(desk: Desk, changes: DeskChanges) -> Desk:
    """The desk of the dialogue. Raises MismatchError for an operator whom the desk does not have."""
    operators = dict(desk.operators)
    for who, other in changes.operators.items():
        if who not in operators:
            raise MismatchError(f"one of {', '.join(operators)}", who)
        given = {name: getattr(other, name) for name in other.model_fields_set}
        operators[who] = replace(operators[who], **given)
    return replace(desk, routing=routing_of(changes.routing, desk.routing), operators=operators)
