"""Alternatives: what a customer can do while nobody is free."""

from typing import assert_never

from bot.dialog import buttons
from bot.dialog.estimates import outlook
from bot.dialog.messages import Button
from bot.dialog.scene import Scene
from bot.dialog.times import when
from handoff.availability import Availability, Busy, Free, Full, NobodyOnDuty, Shut, availability
from handoff.desk import titled
from handoff.queue import Line


async def availability_of(scene: Scene, skill: str) -> Availability:
    """How a newcomer to the line for the skill stands now."""
    work, desk = scene.work, scene.content.desk
    wait = (await outlook(work)).newcomers(skill) if desk.skills[skill].queue.max_wait else None
    line = await work.lines.of(skill)
    return availability(skill, desk, await work.team(), line, work.now, wait.mean if wait else None)


async def show_alternatives(scene: Scene, skill: str, found: Shut | NobodyOnDuty | Full) -> None:
    """What can be done while nobody with the skill is free; colleagues with another skill who are, come first."""
    scene.set_talk(noticed=scene.work.now)
    title = titled(scene.content.desk.skills[skill].title, scene.locale)
    others = await _elsewhere(scene, skill)
    choices = [*others, *buttons.when_nobody_is_free(scene, wait=not isinstance(found, Full))]
    match found:
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


async def offer_what_else(scene: Scene, skill: str) -> None:
    """Who stands in line for a skill that nobody serves now learns it, and what else is possible."""
    if skill not in scene.content.desk.skills:
        return
    work, desk = scene.work, scene.content.desk
    match availability(skill, desk, await work.team(), Line(), work.now):  # however long the line, they stand in it
        case Shut() | NobodyOnDuty() as found:
            await show_alternatives(scene, skill, found)
        case _:
            pass


async def _elsewhere(scene: Scene, skill: str) -> list[Button]:
    """The other skills for which somebody is there now."""
    others = [each for each in scene.content.desk.skills.values() if each.id != skill]
    there = [each for each in others if isinstance(await availability_of(scene, each.id), Free | Busy)]
    choices = (buttons.to_skill(scene, each, "button_other_skill") for each in there)
    return [each for each in choices if buttons.fits(each)]
