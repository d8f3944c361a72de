"""Choosing: whoever is shown times may write one instead, or a day."""

from datetime import date, datetime

from bot.dialog import booking
from bot.dialog.buttons import simple
from bot.dialog.conversation import Owner
from bot.dialog.moments import day_of, moment_of
from bot.dialog.policy import sure
from bot.dialog.scene import Scene
from handoff.callbacks import rules_of


def is_choice(scene: Scene, text: str) -> bool:
    """Whether the text chooses, or seems to: numbers that mean nothing else were meant for a time."""
    if _named(scene, text) is not None:
        return True
    if scene.owner is Owner.OPERATOR or not any(letter.isdigit() for letter in text):
        return False
    ranking = scene.work.rank(text, scene.locale)
    return sure(ranking, scene.content.intents.intents, scene.content.thresholds) is None


async def take(scene: Scene, text: str) -> None:
    """Book the time, or show those of the day; what is neither is asked again."""
    match _named(scene, text):
        case datetime() as start:
            await booking.book(scene, start)
        case date() as day:
            await booking.offer_times(scene, day)
        case _:
            scene.say("time_unknown", [simple(scene, "days", "button_other_day")])


def _named(scene: Scene, text: str) -> datetime | date | None:
    now, zone = scene.work.now, scene.zone
    at = moment_of(text, now, zone, rules_of(scene.content.desk, booking.skill_of(scene)).slot)
    return at or day_of(text, now, zone)
