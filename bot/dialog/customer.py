"""The customer's acts: what was written, started, edited, read, and the chat shut or opened."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog import answering, booking, forms, handover, leaving
from bot.dialog.acts import Blocked, Done, Read, Rewrote, Sender, SharedContact, Started, Wrote
from bot.dialog.cancelling import cancel
from bot.dialog.conversation import Awaiting, Mode, Owner
from bot.dialog.errors import RefusedError
from bot.dialog.messages import AuthorKind, Message
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.orders import RelayEdit
from bot.dialog.policy import Decision, Escalate, Rephrase, sure
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.ticket import Kind, OnHold, Reason, WasClosed, WasResumed
from intents.intent import Action
from intents.ranking import Ranking

OLD = timedelta(days=1)
NOTICE_ONCE_IN = timedelta(hours=1)


async def wrote(work: Work, act: Wrote) -> Done:
    """Keep the message; answer it if the conversation is the bot's."""
    scene = await work.scene_of(act.sender)
    known = await work.seq_of(scene.conversation.id, act.key)
    if known is not None:
        return Done(known, repeated=True)
    acquaint(scene, act.sender)
    reply_to = await work.seq_at(act.reply_to)
    message = scene.hear(act.text, act.key, entities=act.entities, attachments=act.attachments, reply_to=reply_to)
    scene.stands_at(message, act.refs)
    if work.now - act.sent > OLD:
        _apologise(scene)
    else:
        await _respond(scene, message)
    return Done(message.seq)


async def started(work: Work, act: Started) -> Done:
    """Greet who opened the chat."""
    scene = await work.scene_of(act.sender)
    known = await work.seq_of(scene.conversation.id, act.key)
    if known is not None:
        return Done(known, repeated=True)
    acquaint(scene, act.sender)
    message = scene.hear("/start", act.key)
    if scene.conversation.owner is Owner.BOT:
        scene.stop_waiting()
        scene.say("welcome")
    return Done(message.seq)


async def rewrote(work: Work, act: Rewrote) -> Done:
    """An edit changes the message and is shown to the operators; the bot does not answer twice."""
    scene = await work.scene_of(act.sender)
    seq = await work.seq_at(act.ref)
    message = await work.tx.message(scene.conversation.id, seq) if seq is not None else None
    if message is None or message.author.kind is not AuthorKind.CUSTOMER:
        raise RefusedError("not_found", "There is no such message to edit.")
    scene.edit(replace(message, text=act.text, entities=act.entities))
    scene.tell_operators(RelayEdit(message.conversation, message.seq))
    return Done(message.seq)


async def shared_contact(work: Work, act: SharedContact) -> Done:
    """A phone number from the channel's own button; only the customer's own number counts."""
    scene = await work.scene_of(act.sender)
    known = await work.seq_of(scene.conversation.id, act.key)
    if known is not None:
        return Done(known, repeated=True)
    acquaint(scene, act.sender)
    message = scene.hear(act.phone, act.key)
    scene.stands_at(message, act.refs)
    content = scene.content
    if not act.own:
        scene.say("phone_not_yours")
    elif scene.conversation.owner is Owner.BOT:
        number = act.phone if act.phone.startswith("+") else f"+{act.phone}"
        booking.take_phone(scene, content.phone(number, content.desk.country))
    return Done(message.seq)


async def read(work: Work, act: Read) -> Done:
    """How far the customer has read."""
    scene = await work.scene_of(act.sender)
    seq = min(act.seq, scene.conversation.last_seq)
    if seq > scene.conversation.read_seq:
        scene.set(read_seq=seq)
    return Done()


async def blocked(work: Work, act: Blocked) -> Done:
    """The customer shut us out: whoever waits or talks learns of it, and nothing is sent any more."""
    scene = await work.scene_of(act.sender)
    if act.blocked and not scene.conversation.blocked:
        for ticket in scene.tickets:
            if ticket.phone and ticket.kind is Kind.CALLBACK:
                continue  # a phone call can still be made
            settle_offer(work, ticket, "closed")
            scene.announce("topic_blocked")
            closed = work.move(ticket, WasClosed(Reason.CUSTOMER_BLOCKED), "customer")
            booking.clear_alarms(scene, ticket)
            work.changes.seats_freed.append(ticket.number)
            refresh_topic(work, closed)
        scene.settle()
    scene.set(blocked=act.blocked)
    return Done()


def acquaint(scene: Scene, sender: Sender) -> None:
    """What the channel tells about the customer is remembered."""
    told = {"name": sender.name, "username": sender.username, "zone": sender.zone, "page": sender.page}
    known = scene.conversation
    news = {key: value for key, value in told.items() if value and value != getattr(known, key)}
    if news:
        scene.set(**news)
    if known.blocked:
        scene.set(blocked=False)


async def _respond(scene: Scene, message: Message) -> None:
    text = message.text.strip()
    conversation = scene.conversation
    if conversation.shown.mode is Mode.CLOSED:
        scene.set(shown=replace(conversation.shown, mode=Mode.BOT))
    if conversation.owner is Owner.OPERATOR:
        await _to_operator(scene, text)
        return
    if message.attachments and scene.talk.awaiting is not Awaiting.MESSAGE:
        await answering.carry_out(scene, _unreadable(message))
        return
    ranking = scene.work.rank(text, scene.locale)
    _follow_language(scene, ranking)
    if scene.talk.awaiting is Awaiting.NOTHING:
        await answering.answer_text(scene, text, ranking)
    elif (wanted := _breaks_off(scene, ranking)) is not None:
        await _break_off(scene, wanted)
    else:
        await _take(scene, text)


def _unreadable(message: Message) -> Decision:
    """A file needs a person; a sticker does not."""
    return Rephrase() if all(each.kind == "sticker" for each in message.attachments) else Escalate("attachment")


async def _to_operator(scene: Scene, text: str) -> None:
    """The bot is silent; but who waits may say that they do not want to any more."""
    held = scene.engaged
    if held is not None:
        if isinstance(held.state, OnHold):
            scene.work.move(held, WasResumed(), "customer")
            scene.settle()
        return
    if text and _breaks_off(scene, scene.work.rank(text, scene.locale)) is Action.CANCEL:
        handover.leave_queue(scene)


async def _take(scene: Scene, text: str) -> None:
    """The message is what was asked for."""
    match scene.talk.awaiting:
        case Awaiting.FORM:
            form = scene.talk.form
            assert form is not None
            if forms.fill(scene, text):
                await answering.form_done(scene, scene.content.intents.intents[form.intent])
        case Awaiting.MESSAGE:
            await leaving.take(scene, text)
        case Awaiting.PHONE:
            booking.take_phone(scene, scene.content.phone(text, scene.content.desk.country))
        case Awaiting.COMMENT:
            scene.happened("commented", None, None, ticket=str(scene.talk.subject), comment=text)
            scene.announce("topic_comment", comment=text)
            scene.stop_waiting()
            scene.say("comment_thanks")
        case _:
            pass


def _breaks_off(scene: Scene, ranking: Ranking) -> Action | None:
    """A clear cancel or a clear call for a person, whatever else was asked for."""
    intent = sure(ranking, scene.content.intents.intents, scene.content.thresholds)
    wanted = intent.action if intent else None
    return wanted if wanted in (Action.CANCEL, Action.HANDOFF) else None


async def _break_off(scene: Scene, wanted: Action) -> None:
    if wanted is Action.CANCEL:
        cancel(scene)
    else:
        await handover.call_person(scene, "asked")


def _follow_language(scene: Scene, ranking: Ranking) -> None:
    conversation = scene.conversation
    language = ranking.language
    if language and language != conversation.locale and not conversation.locale_chosen:
        scene.set(locale=language)


def _apologise(scene: Scene) -> None:
    """After an outage: once, not for every old message."""
    noticed = scene.talk.noticed
    if noticed is None or scene.work.now - noticed > NOTICE_ONCE_IN:
        scene.set_talk(noticed=scene.work.now)
        scene.say("sorry_late")
