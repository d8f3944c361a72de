"""Alternatives: what a customer can do while nobody is free."""

from dataclasses import dataclass
from typing import assert_never

from bot.dialog import buttons
from bot.dialog.estimates import outlook
from bot.dialog.scene import Scene
from bot.dialog.times import when
from bot.dialog.work import Work
from handoff.availability import Availability, Busy, Free, Full, NobodyOnDuty, Shut, availability
from handoff.desk import Skill, titled
from handoff.queue import Line


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Why nobody with the skill can come now, and the other skills for which somebody is there; the same for a line."""

    skill: Skill
    why: Shut | NobodyOnDuty | Full
    others: tuple[Skill, ...]


async def availability_of(work: Work, skill: str) -> Availability:
    """How a newcomer to the line for the skill stands now."""
    desk, team, line = work.content.desk, await work.team(), await work.lines.of(skill)
    found = availability(skill, desk, team, line, work.now)
    if not isinstance(found, Busy) or desk.skills[skill].queue.max_wait is None:
        return found  # whatever the wait would be
    wait = (await outlook(work)).newcomers(skill)
    return availability(skill, desk, team, line, work.now, wait.mean if wait else None)


async def alternatives(work: Work, skill: str, why: Shut | NobodyOnDuty | Full) -> Alternatives:
    """For whoever wants the skill now."""
    skills = work.content.desk.skills
    others = [each for each in skills.values() if each.id != skill]
    there = [each for each in others if isinstance(await availability_of(work, each.id), Free | Busy)]
    return Alternatives(skills[skill], why, tuple(there))


async def alternatives_in_line(work: Work, skill: str) -> Alternatives | None:
    """For those who stand in line for the skill already; None while somebody serves it."""
    desk = work.content.desk
    if skill not in desk.skills:
        return None
    match availability(skill, desk, await work.team(), Line(), work.now):  # however long the line, they stand in it
        case Shut() | NobodyOnDuty() as why:
            return await alternatives(work, skill, why)
        case _:
            return None


async def offer_what_else(scene: Scene, skill: str) -> None:
    """Who stands in line for a skill that nobody serves now learns it, and what else is possible."""
    if found := await alternatives_in_line(scene.work, skill):
        show_alternatives(scene, found)


def show_alternatives(scene: Scene, found: Alternatives) -> None:
    """Say it, with a button for each; colleagues with another skill come first."""
    scene.set_talk(noticed=scene.work.now)
    title, full = titled(found.skill.title, scene.locale), isinstance(found.why, Full)
    to_others = (buttons.to_skill(scene, each, "button_other_skill") for each in found.others)
    others = [each for each in to_others if buttons.fits(each)]
    choices = [*others, *buttons.when_nobody_is_free(scene, wait=not full)]
    match found.why:
        case Shut(reopens=None):
            scene.say("shut_for_long", choices)
        case Shut(reopens=reopens):
            assert reopens is not None
            scene.say("shut_elsewhere" if others else "shut", choices, when=when(scene, reopens), skill=title)
        case NobodyOnDuty():
            scene.say("nobody_elsewhere" if others else "nobody_on_duty", choices, skill=title)
        case Full():
            scene.say("queue_full", choices)
        case _ as never:
            assert_never(never)
