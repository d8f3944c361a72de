"""How a dialogue writes that the desk has other rules, hours or people than the workspace gives it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import Field

from bot.rehearsal.errors import MismatchError
from bot.workspace.desk import callbacks_of, routing_of
from bot.workspace.desk_shape import CallbacksShape, Count, Plan, RoutingShape, Share, Texts
from handoff.desk import Desk
from handoff.hours import Hours
from intents.fitting import Shape

T = TypeVar("T")


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
    callbacks: CallbacksShape = CallbacksShape()
    """Rules of callbacks: {per_slot: 1, horizon: 2h}."""
    hours: dict[str, Plan] = Field(default_factory=dict)
    """Opening hours by skill, each a plan as in desk.yaml: {general: {mon-fri: ["09:00-18:00"]}}."""
    operators: dict[str, OperatorChanges] = Field(default_factory=dict)
    """Operators by id: {anna: {skills: {general: 0.5}, capacity: 1, locales: [en]}}."""


def changed(desk: Desk, changes: DeskChanges, hours: Mapping[str, Hours]) -> Desk:
    """The desk of the dialogue, with these hours on its own clock.

    Raises MismatchError for an operator or a skill that the desk does not have.
    """
    operators, skills = dict(desk.operators), dict(desk.skills)
    for who, other in changes.operators.items():
        given = {name: getattr(other, name) for name in other.model_fields_set}
        operators[who] = replace(_known(operators, who), **given)
    for skill, plan in hours.items():
        skills[skill] = replace(_known(skills, skill), hours=replace(plan, zone=desk.timezone))
    return replace(
        desk,
        routing=routing_of(changes.routing, desk.routing),
        callbacks=callbacks_of(changes.callbacks, desk.callbacks),
        operators=operators,
        skills=skills,
    )


def _known(all_: Mapping[str, T], name: str) -> T:
    if name not in all_:
        raise MismatchError(f"one of {', '.join(all_)}", name)
    return all_[name]
