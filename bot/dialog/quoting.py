"""Quoting: an operator answers with an article or a short answer that everybody may read."""

from bot.dialog import silence
from bot.dialog.acts import Done
from bot.dialog.looking_up import named
from bot.dialog.messages import Message
from bot.dialog.operator_acts import Quote
from bot.dialog.orders import RelayMessage
from bot.dialog.rights import refuse
from bot.dialog.saying import held_by_speaker, said_key
from bot.dialog.scene import TEXT_LIMIT
from bot.dialog.work import Work


async def quote(work: Work, act: Quote) -> Done:
    """In the customer's language, as the operator's words, in as many messages as the channels need."""
    await work.duty(act.operator)
    scene = await work.scene(act.conversation)
    markdown = named(work.content, act.document, scene.locale)
    if markdown is None:
        raise refuse(work, act.operator, "op_not_to_send", "not_found")
    silence.listen(work, await held_by_speaker(scene, act.operator))
    author, first = scene.author_of(act.operator), scene.last_seq + 1
    for number, part in enumerate(work.content.split(markdown, TEXT_LIMIT)):
        key = said_key(act.operator, act.key if number == 0 else f"{act.key}/{number}")
        text = work.content.plain(part)
        said = scene.operator_says(Message(scene.id, 0, work.now, author, text, markdown=part, key=key))
        scene.tell_operators(RelayMessage(scene.id, said.seq))
    return Done(first)
