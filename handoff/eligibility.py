"""Eligibility: who may be offered a ticket now, and how that widens while it waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from handoff.desk import Desk, Operator, Routing
from handoff.operators import Presence, Standing
from handoff.ticket import Ticket


class Need(NamedTuple):
    """All that tells one ticket's candidates from another's: tickets of one need can be exchanged for each other.

    `steps` counts the steps of widening that are due; `again` tells that the ticket may come round to those who let
    it pass; `preferred` is who alone is asked for now, if they are here.
    """

    skill: str
    steps: int
    passed: tuple[str, ...]
    again: bool
    preferred: str | None
    locale: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An operator with room who may have a ticket, with the level that counts.

    `skilled`: in the ticket's own skill, not in a fallback. `passes` counts how often they let the ticket pass.
    """

    standing: Standing
    level: float
    skilled: bool = True
    passes: int = 0


def need_of(ticket: Ticket, routing: Routing, now: datetime) -> Need:
    """What the ticket needs at this moment. Waiting time runs from `asked`."""
    waited = now - ticket.asked
    prefers = ticket.preferred
    kept = prefers is not None and now < prefers.until and prefers.operator not in ticket.passed
    return Need(
        skill=ticket.skill,
        steps=sum(step.after <= waited for step in routing.widen),
        passed=tuple(sorted(ticket.passed)),
        again=ticket.again is None or ticket.again <= now,
        preferred=prefers.operator if prefers is not None and kept else None,
        locale=ticket.locale,
    )


class Duty(NamedTuple):
    """An operator who is online, with a level of a skill."""

    standing: Standing
    level: float


class OnDuty:
    """Everybody who is online, by skill."""

    def __init__(self, team: Iterable[Standing], desk: Desk) -> None:
        self._desk = desk
        self._here = {each.operator.id: each for each in team if each.presence is Presence.ONLINE}
        self._free = {who for who, each in self._here.items() if each.free}
        self._known: dict[str, list[Duty]] = {}

    def candidates(self, need: Need) -> list[Candidate]:
        """Who may be offered a ticket with this need now.

        Of those whom the need reaches, only who has not let the ticket pass; when all have, it comes round to them
        once it may (`again`). Somebody without room counts: a ticket is not thrust on who declined it while a
        colleague has yet to see it.
        """
        preferred = self._here.get(need.preferred or "")
        if preferred is not None:
            chosen = [Candidate(preferred, preferred.operator.skills.get(need.skill, 0.0))]
        else:
            reached = self._reached(need)
            fresh = [each for each in reached if each.standing.operator.id not in need.passed]
            chosen = fresh or ([_again(each, need) for each in reached] if need.again else [])
        return [each for each in chosen if each.standing.operator.id in self._free]

    def _skilled(self, skill: str) -> list[Duty]:
        """Who has the skill; looked up once."""
        if skill not in self._known:
            levels = ((each, each.operator.skills.get(skill, 0.0)) for each in self._here.values())
            self._known[skill] = [Duty(each, level) for each, level in levels if level > 0]
        return self._known[skill]

    def _reached(self, need: Need) -> list[Candidate]:
        """Who has the skill well enough, and whoever helps out by now."""
        due = self._desk.routing.widen[: need.steps]
        skilled = self._skilled(need.skill)
        enough = self._enough(need, skilled)
        found = [Candidate(each.standing, each.level) for each in skilled if each.level >= enough]
        if any(step.fallback for step in due):
            least = min((step.min_level for step in due if step.min_level is not None), default=0.0)
            found += self._helpers(need.skill, least, {each.standing.operator.id for each in found})
        return found

    def _enough(self, need: Need, skilled: Sequence[Duty]) -> float:
        """The level that is asked for; until a step lowers it, the best that is here and has not let it pass."""
        levels = [step.min_level for step in self._desk.routing.widen if step.min_level is not None]
        if not levels:
            return 0.0
        due = [step.min_level for step in self._desk.routing.widen[: need.steps] if step.min_level is not None]
        if due:
            return min(due)
        fresh = [each.level for each in skilled if each.standing.operator.id not in need.passed]
        return max(fresh or [each.level for each in skilled], default=0.0)

    def _helpers(self, skill: str, least: float, known: set[str]) -> list[Candidate]:
        """Operators of the skill's fallback skills, each at their best level of those."""
        levels: dict[str, float] = {}
        known_skill = self._desk.skills.get(skill)
        for other in known_skill.fallback if known_skill else ():
            for standing, level in self._skilled(other):
                if level >= least and standing.operator.id not in known:
                    levels[standing.operator.id] = max(level, levels.get(standing.operator.id, 0.0))
        return [Candidate(self._here[who], level, skilled=False) for who, level in levels.items()]


def reach(team: Iterable[Standing], desk: Desk) -> set[str]:
    """The skills of all tickets that whoever is free could be a candidate for, sooner or later."""
    return covered((each.operator for each in team if each.free), desk)


def covered(operators: Iterable[Operator], desk: Desk) -> set[str]:
    """The skills of all tickets that one of these could ever be a candidate for."""
    known = {skill for each in operators for skill, level in each.skills.items() if level > 0}
    helps = any(step.fallback for step in desk.routing.widen)
    return known | {each.id for each in desk.skills.values() if helps and known & set(each.fallback)}


def lowest_level(routing: Routing) -> float:
    """The level of a skill below which nobody is asked, however long a ticket waits, while better ones are here."""
    return min((step.min_level for step in routing.widen if step.min_level is not None), default=0.0)


def next_change(ticket: Ticket, routing: Routing, now: datetime) -> datetime | None:
    """When time alone will make somebody else a candidate; None if never."""
    moments = [ticket.asked + step.after for step in routing.widen]
    moments += [ticket.preferred.until] if ticket.preferred else []
    moments += [ticket.again] if ticket.again and ticket.passed else []
    return min((each for each in moments if each > now), default=None)


def _again(candidate: Candidate, need: Need) -> Candidate:
    return replace(candidate, passes=need.passed.count(candidate.standing.operator.id))


def candidates(ticket: Ticket, team: Iterable[Standing], desk: Desk, now: datetime) -> list[Candidate]:
    """Who may be offered the ticket now."""
    return OnDuty(team, desk).candidates(need_of(ticket, desk.routing, now))
