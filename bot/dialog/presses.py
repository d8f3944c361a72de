"""Presses: what each button does. Only a button that was shown in the conversation can be pressed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.dialog import (
    answering,
    booking,
    contact,
    forms,
    handover,
    keeping,
    leaving,
    rating,
    remembering,
    waiting,
    zones,
)
from bot.dialog.acts import Done, Pressed
from bot.dialog.buttons import CALENDAR, slot_start, verb_and_argument
from bot.dialog.cancelling import cancel
from bot.dialog.conversation import Awaiting, Mode, Owner
from bot.dialog.customer import acquaint
from bot.dialog.errors import RefusedError
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.scene import Scene
from bot.dialog.work import Work

LOOK_BACK: Final = 200  # how many messages back a button may be
IN_QUEUE: Final = frozenset(
    {"handoff", "wait", "hold", "ready", "rejoin", "leave", "skill", "message", "comment", "form", "done", "reach"}
)
ANNOUNCED: Final = frozenset({"leave"})  # what it leads to is told to the operators in other words
AFTERWARDS: Final = frozenset({"rate", "comment"})
ALWAYS: Final = frozenset(
    {"rate", "callback", "move", "unbook", "days", "day", "slot", "phone", "zone", "lang", CALENDAR}
)


async def pressed(work: Work, act: Pressed) -> Done:
    """Do what the button says; a button that was never shown is refused and changes nothing.

    Once a person is called only what concerns the call itself is done; the operators see the press or are told of it.
    """
    await work.preload([act.sender])
    if work.known(act.sender) is None:
        locale = work.content.desk.locale_of(act.sender.language)
        raise RefusedError("not_found", work.content.phrases.say(locale, "button_unknown"))
    scene = await work.scene_of(act.sender)
    button = await shown(scene, act.button)
    verb, argument = verb_and_argument(act.button)
    if button is None or (button.kind is ButtonKind.URL and verb != CALENDAR):
        raise RefusedError("not_found", scene.phrase("button_unknown"))
    acquaint(scene, act.sender)
    message = scene.hear(button.label, act.key, relayed=verb not in ANNOUNCED)
    if scene.barred:
        return Done(message.seq)
    if scene.shown.mode is Mode.CLOSED and verb not in AFTERWARDS:
        scene.set(shown=replace(scene.shown, mode=Mode.BOT))
    if scene.talk.awaiting is Awaiting.TIME:
        scene.stop_waiting()
    if _heeded(scene, verb):
        done = _ALONE[verb](scene) if verb in _ALONE else _DO.get(verb, _unknown)(scene, argument)
        if done is not None:
            await done
    return Done(message.seq)


async def shown(scene: Scene, id: str) -> Button | None:
    """The button, as it was last shown in the conversation."""
    for message in reversed(await scene.recent(LOOK_BACK)):
        for button in message.buttons:
            if button.id == id:
                return button
    return None


def _heeded(scene: Scene, verb: str) -> bool:
    if scene.engaged:
        return verb in ALWAYS
    return scene.owner is Owner.BOT or verb in ALWAYS | IN_QUEUE


async def _unknown(scene: Scene, _argument: str) -> None:
    """From another version, or for something that the admin has removed since."""
    scene.say("button_unknown")


async def _intent(scene: Scene, argument: str) -> None:
    intent = scene.content.intents.intents.get(argument)
    if intent is None:
        await _unknown(scene, argument)
        return
    scene.stop_waiting()
    await answering.choose(scene, intent)


async def _none(scene: Scene) -> None:
    remembering.rejected(scene)
    await answering.none_of_these(scene)


async def _helped(scene: Scene, argument: str) -> None:
    scene.happened("helped", argument)
    scene.set_talk(repeats=0)
    scene.say("glad")


async def _unhelped(scene: Scene, argument: str) -> None:
    scene.happened("unhelped", argument)
    remembering.unhelped(scene, argument)
    await answering.didnt_help(scene, scene.content.intents.intents.get(argument))


async def _person(scene: Scene) -> None:
    await handover.call_person(scene, "asked")


async def _ready(scene: Scene, argument: str) -> None:
    match argument:
        case "later":
            keeping.put_off(scene)
        case "cancel":
            keeping.give_up(scene)
        case _:
            keeping.come_back(scene)


async def _rejoin(scene: Scene, argument: str) -> None:
    await keeping.rejoin(scene, int(argument))


async def _callback(scene: Scene) -> None:
    if not scene.engaged:
        scene.stop_waiting()
    await booking.offer_times(scene)


async def _day(scene: Scene, argument: str) -> None:
    day, _, page = argument.partition(":")
    await booking.offer_times(scene, date.fromisoformat(day), int(page or 0))


async def _slot(scene: Scene, argument: str) -> None:
    await booking.book(scene, slot_start(argument))


async def _phone(scene: Scene, argument: str) -> None:
    if argument == "none":
        contact.answer_in_chat(scene)
    else:  # `share` by typing: a channel sends the contact itself
        contact.ask_for_phone(scene, other=argument != "")


async def _zone(scene: Scene, argument: str) -> None:
    if argument:
        ours = scene.content.desk.timezone
        zones.keep(scene, zones.zone_at(timedelta(minutes=int(argument)), scene.work.now, ours) or ours)
        await booking.offer_times(scene)
    elif scene.engaged:  # what is written goes to the operator
        scene.say("with_colleague")
    else:
        zones.ask(scene)


async def _calendar(scene: Scene, argument: str) -> None:
    await booking.give_appointment(scene, int(argument))


async def _language(scene: Scene, argument: str) -> None:
    if argument not in scene.content.desk.locales:
        await _unknown(scene, argument)
        return
    scene.set(locale=argument, locale_chosen=True)
    scene.say("language_set")


async def _form(scene: Scene, argument: str) -> None:
    intent = forms.in_progress(scene)
    if argument == "cancel" and scene.talk.awaiting is not Awaiting.NOTHING:
        cancel(scene)
    elif intent is None:
        scene.say("nothing_to_change")
    elif argument == "back":
        forms.back(scene)
    elif forms.skip(scene):
        await answering.form_done(scene, intent)


async def _choice(scene: Scene, argument: str) -> None:
    intent = forms.in_progress(scene)
    if intent is None:
        scene.say("nothing_to_change")
    elif forms.choose(scene, argument):
        await answering.form_done(scene, intent)


_ALONE: Mapping[str, Callable[[Scene], Awaitable[None] | None]] = {
    "none": _none,
    "handoff": _person,
    "here": handover.resume,
    "resume": handover.resume,
    "wait": handover.keep_waiting,
    "hold": keeping.keep,
    "leave": waiting.leave_queue,
    "callback": _callback,
    "move": _callback,
    "days": booking.offer_days,
    "unbook": booking.unbook,
    "reach": contact.ask_for_contact,
    "message": leaving.prompt,
    "done": leaving.done,
}
_DO: Mapping[str, Callable[[Scene, str], Awaitable[None] | None]] = {
    "intent": _intent,
    "helped": _helped,
    "unhelped": _unhelped,
    "skill": handover.correct_skill,
    "ready": _ready,
    "rejoin": _rejoin,
    "day": _day,
    "slot": _slot,
    "phone": _phone,
    "zone": _zone,
    CALENDAR: _calendar,
    "rate": rating.rate,
    "comment": rating.ask_for_comment,
    "article": answering.show_article,
    "lang": _language,
    "form": _form,
    "choice": _choice,
}
"""What a button does, by its verb: alone, or with what stands behind it."""
