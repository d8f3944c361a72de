"""Salvage: what a customer said is kept although its turn has failed, and the failure is shown to the admin."""

from typing import assert_never

from bot.dialog import buttons
from bot.dialog.acts import Done, Pressed, Said, SharedContact, Started, Wrote
from bot.dialog.conversation import Owner
from bot.dialog.dispatch import repeated
from bot.dialog.presses import shown
from bot.dialog.records import Incoming
from bot.dialog.scene import Scene
from bot.dialog.work import Work

SOURCE = "dialog"  # of the parked inbox row; its key is `<conversation>/<key of the act>`


async def keep(work: Work, act: Said, error: Exception) -> Done:
    """Store the words in the plainest way, tell the customer the truth, and park the act with its error."""
    if known := await repeated(work, act):
        return known
    scene = await work.scene_of(act.sender)
    said = await _text(scene, act)
    if isinstance(act, Wrote):
        message = scene.hear(said, act.key, entities=act.entities, attachments=act.attachments)
    else:
        message = scene.hear(said, act.key)
    if scene.owner is Owner.BOT:
        scene.stop_waiting()  # what was asked for may be the very thing that fails
        scene.say("trouble", [buttons.person(scene)])
    payload = {"act": type(act).__name__, "said": said}
    row = Incoming(0, SOURCE, f"{scene.id}/{act.key}", payload, work.now, tries=1)
    work.changes.parked.append((row, f"{type(error).__name__}: {error}"))
    return Done(message.seq)


async def _text(scene: Scene, act: Said) -> str:
    match act:
        case Wrote(text=text):
            return text
        case SharedContact(phone=phone):
            return phone
        case Started():
            return "/start"
        case Pressed(button=id):
            button = await shown(scene, id)
            return button.label if button else id
        case _ as never:
            assert_never(never)
