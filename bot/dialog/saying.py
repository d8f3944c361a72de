"""Saying: an operator's words to the customer, their edits, and words that could not be delivered."""

from dataclasses import replace

from bot.dialog import silence
from bot.dialog.acts import Done, Undelivered
from bot.dialog.messages import AuthorKind, Message, Ref
from bot.dialog.offers import refresh_topic
from bot.dialog.operator_acts import Resay, Say, Unsay
from bot.dialog.orders import HideMessage, MarkFailed, RelayMessage, ShowEdit
from bot.dialog.rights import name_of, refuse
from bot.dialog.scene import READS_BY_SEQ, Scene
from bot.dialog.work import Work
from handoff.ticket import OnHold, Ticket, WasResumed


async def say(work: Work, act: Say) -> Done:
    """To the customer, from the operator who holds the conversation's ticket; anybody else is refused."""
    await work.duty(act.operator)
    scene = await work.scene(act.conversation)
    silence.listen(work, await held_by_speaker(scene, act.operator))
    reply_to = await work.seq_at(act.reply_to, act.conversation)
    said = Message(
        act.conversation,
        0,
        work.now,
        scene.author_of(act.operator),
        act.text,
        entities=act.entities,
        attachments=act.attachments,
        reply_to=reply_to,
        key=said_key(act.operator, act.key),
    )
    message = scene.operator_says(said)
    scene.stands_at(message, act.refs)
    if not act.refs:  # said at the local desk: the group sees it too
        scene.tell_operators(RelayMessage(message.conversation, message.seq))
    if scene.conversation.channel == READS_BY_SEQ and any(not each.ref for each in act.attachments):
        _failed(scene, message.seq, _why(work, "topic_no_files"))
    if scene.conversation.blocked:
        _failed(scene, message.seq, _why(work, "topic_blocked"))
    return Done(message.seq)


async def resay(work: Work, act: Resay) -> Done:
    """The operator edited what they said; what they took back stays so."""
    scene, message = await _said(work, act.operator, act.ref)
    scene.edit(replace(message, text=act.text, entities=act.entities))
    scene.deliver(ShowEdit(message.conversation, message.seq))
    return Done(message.seq)


async def unsay(work: Work, act: Unsay) -> Done:
    """The operator took it back."""
    scene, message = await _said(work, act.operator, act.ref)
    scene.edit(replace(message, text="", markdown=None, entities=(), attachments=(), deleted=True))
    scene.deliver(HideMessage(message.conversation, message.seq))
    return Done(message.seq)


async def undelivered(work: Work, act: Undelivered) -> Done:
    """A message cannot reach the customer: the operators' side is told at the message itself."""
    scene = await work.scene(act.conversation)
    _failed(scene, act.seq, act.reason)
    return Done(act.seq)


def _why(work: Work, key: str) -> str:
    return work.content.phrases.say(work.content.desk.default_locale, key)


def _failed(scene: Scene, seq: int, reason: str) -> None:
    scene.remark("topic_undelivered", reason=reason)
    scene.tell_operators(MarkFailed(scene.id, seq, reason))


async def held_by_speaker(scene: Scene, operator: str) -> Ticket:
    """Who speaks to the customer has the conversation's ticket; speaking ends a hold."""
    held = [each for each in scene.tickets if each.engaged]
    mine = next((each for each in held if each.operator == operator), None)
    if mine is None:
        name = name_of(scene.work, held[0].operator, operator) if held else "-"
        key = "op_say_not_yours" if held else "op_say_not_active"
        raise refuse(scene.work, operator, key, "unauthorized", holder=name)
    if isinstance(mine.state, OnHold):
        refresh_topic(scene.work, scene.work.move(mine, WasResumed(), operator))
        scene.settle()
    return mine


def said_key(operator: str, key: str = "") -> str:
    """The key of an operator's words begins with whose they are: colleagues may share a name."""
    return f"{operator}/{key}"


def said_by(message: Message, operator: str) -> bool:
    """Whether these are the operator's words."""
    return message.author.kind is AuthorKind.OPERATOR and (message.key or "").startswith(said_key(operator))


async def _said(work: Work, operator: str, ref: Ref) -> tuple[Scene, Message]:
    await work.duty(operator)
    found = (await work.tx.find([ref])).get(ref)
    message = await work.tx.message(*found) if found else None
    if message is None or message.deleted or not said_by(message, operator):
        raise refuse(work, operator, "op_no_such_message", "not_found")
    scene = await work.scene(message.conversation)
    return scene, message
