"""The customer's acts: what was written, started, edited, read, and the chat shut or opened."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog import (
    answering,
    booking,
    choosing,
    contact,
    forms,
    handover,
    joining,
    keeping,
    leaving,
    rating,
    returning,
    silence,
    zones,
)
from bot.dialog.acts import Blocked, Done, Present, Read, Rewrote, Sender, SharedContact, Started, Wrote
from bot.dialog.bridge import CODE
from bot.dialog.cancelling import cancel
from bot.dialog.conversation import Awaiting, Mode, Owner
from bot.dialog.ending import end
from bot.dialog.errors import RefusedError
from bot.dialog.messages import AuthorKind, Message
from bot.dialog.offers import refresh_topic
from bot.dialog.orders import RelayEdit, TellOperator
from bot.dialog.policy import Decision, Escalate, Rephrase, sure
from bot.dialog.rights import words
from bot.dialog.scene import READS_BY_SEQ, Scene
from bot.dialog.times import is_zone
from bot.dialog.work import Work
from handoff.ticket import OnHold, Reason, Ticket, WasResumed
from intents.intent import Action
from intents.ranking import Ranking

OLD = timedelta(days=1)
COMMAND = "/"  # the same in every language
NOTICE_ONCE_IN = timedelta(hours=1)


async def wrote(work: Work, act: Wrote) -> Done:
    """Keep the message; answer it if the conversation is the bot's."""
    scene = await work.scene_of(act.sender)
    acquaint(scene, act.sender)
    _begin_afresh(scene)
    reply_to = await work.seq_at(act.reply_to, scene.id)
    message = scene.hear(act.text, act.key, entities=act.entities, attachments=act.attachments, reply_to=reply_to)
    scene.stands_at(message, act.refs)
    if scene.barred:
        return Done(message.seq)
    if work.now - act.sent > OLD and scene.owner is Owner.BOT:
        _apologise(scene)
    else:
        await _respond(scene, message)
    return Done(message.seq)


async def started(work: Work, act: Started) -> Done:
    """Greet who opened the chat, or go on with what a link from the site names."""
    known = work.known(act.sender)
    linked = act.payload.startswith(CODE) and not (known and known.barred)
    refused = await joining.come(work, act) if linked else ""
    scene = await work.scene_of(act.sender)
    acquaint(scene, act.sender)
    if linked and not refused:
        joining.greet(scene)
        return Done(scene.last_seq)
    message = scene.hear("/start", act.key)
    if refused:
        scene.say(refused)
    elif scene.owner is Owner.BOT and not scene.barred:
        _reopen(scene)
        scene.stop_waiting()
        scene.say("welcome")
    return Done(message.seq)


async def rewrote(work: Work, act: Rewrote) -> Done:
    """An edit changes the message and is shown to the operators; the bot does not answer twice."""
    scene = await _met(work, act.sender)
    seq = await work.seq_at(act.ref, scene.id) if scene else None
    message = await work.tx.message(scene.id, seq) if scene and seq else None
    if scene is None or message is None or message.author.kind is not AuthorKind.CUSTOMER:
        raise RefusedError("not_found", "There is no such message to edit.")
    if (message.text, message.entities) != (act.text, act.entities):
        scene.edit(replace(message, text=act.text, entities=act.entities))
        scene.tell_operators(RelayEdit(message.conversation, message.seq))
        if scene.engaged:
            silence.clear(work, scene.engaged)
    return Done(message.seq)


async def shared_contact(work: Work, act: SharedContact) -> Done:
    """A phone number from the channel's own button; only the customer's own number counts."""
    scene = await work.scene_of(act.sender)
    acquaint(scene, act.sender)
    message = scene.hear(act.phone, act.key)
    scene.stands_at(message, act.refs)
    if scene.engaged or scene.barred:
        return Done(message.seq)
    number = act.phone if act.phone.startswith("+") else f"+{act.phone}"
    intent = forms.in_progress(scene)
    if not act.own:
        contact.refuse_phone(scene)
    elif intent is None:
        contact.take_phone(scene, scene.content.phone(number, scene.content.desk.country))
    elif forms.fill(scene, number):
        await answering.form_done(scene, intent)
    return Done(message.seq)


async def read(work: Work, act: Read) -> Done:
    """How far the customer has read."""
    scene = await _met(work, act.sender)
    seq = min(act.seq, scene.last_seq) if scene else 0
    if scene and seq > scene.conversation.read_seq:
        scene.set(read_seq=seq)
    return Done()


async def present(work: Work, act: Present) -> Done:
    """Whoever was away when they were asked something is asked now."""
    keeping.is_there(await work.scene(act.conversation))
    return Done()


async def blocked(work: Work, act: Blocked) -> Done:
    """The customer shut us out: whoever waits or talks learns of it, and nothing is sent any more."""
    scene = await _met(work, act.sender)
    if scene is None or scene.conversation.blocked is act.blocked:
        return Done()
    if act.blocked and scene.tickets:
        scene.announce("topic_blocked")
    if act.blocked and scene.channel == act.sender.channel:  # else they can still read on the site
        # a phone call can still be made
        for ticket in [each for each in scene.tickets if not each.phone]:
            await end(scene, ticket, Reason.CUSTOMER_BLOCKED, "customer")
    scene.set(blocked=act.blocked)
    return Done()


def acquaint(scene: Scene, sender: Sender) -> None:
    """What the channel tells about the customer is remembered."""
    zone = sender.zone if is_zone(sender.zone) else ""
    told = {"name": sender.name, "username": sender.username, "zone": zone, "page": sender.page}
    known = scene.conversation
    news = {key: value for key, value in told.items() if value and value != getattr(known, key)}
    if news:
        scene.set(**news)
    if known.locale_chosen and known.locale not in scene.content.desk.locales:
        scene.set(locale_chosen=False)  # the desk speaks that language no more
    if known.blocked and sender.channel != READS_BY_SEQ:
        scene.set(blocked=False)


async def _met(work: Work, sender: Sender) -> Scene | None:
    """The sender's conversation, if there is one: none begins by reading or blocking."""
    await work.preload([sender])
    return await work.scene_of(sender) if work.known(sender) else None


def _begin_afresh(scene: Scene) -> None:
    """What was counted and learnt in a talk of long ago says nothing about this one."""
    if scene.work.now - scene.conversation.touched <= scene.content.desk.inactivity.reopen:
        return
    if scene.talk.awaiting in (Awaiting.COMMENT, Awaiting.TIME):  # what was shown days ago is not chosen from now
        scene.stop_waiting()
    if not scene.tickets and scene.talk.awaiting is Awaiting.NOTHING:
        scene.set_talk(misses=0, repeats=0, answers={}, question="")


def _reopen(scene: Scene) -> None:
    if scene.shown.mode is Mode.CLOSED:
        scene.set(shown=replace(scene.shown, mode=Mode.BOT))


async def _respond(scene: Scene, message: Message) -> None:
    text = message.text.strip()
    _reopen(scene)
    forms.in_progress(scene)  # one that can go on no more is given up
    if scene.talk.awaiting is Awaiting.TIME and not choosing.is_choice(scene, text):
        scene.stop_waiting()
    if scene.engaged:
        _resume(scene, scene.engaged)
    elif scene.owner is Owner.OPERATOR and scene.talk.awaiting is Awaiting.NOTHING:
        await _in_queue(scene, text)
    elif returning.broke_off(scene) and scene.talk.awaiting is Awaiting.NOTHING:
        await handover.resume(scene, text)
    elif message.attachments and scene.talk.awaiting is not Awaiting.MESSAGE:
        await answering.carry_out(scene, _unreadable(message))
    else:
        await _read(scene, text)


async def _read(scene: Scene, text: str) -> None:
    """What the text means; a clear cancel or call for a person breaks off whatever is asked."""
    ranking = _follow_language(scene, text, scene.work.rank(text, scene.locale))
    if scene.talk.awaiting is Awaiting.NOTHING:
        await answering.answer_text(scene, text, ranking)
        return
    match _breaks_off(scene, ranking):
        case Action.CANCEL:
            cancel(scene)
        case Action.HANDOFF:
            await handover.call_person(scene, "asked")
        case _:
            await _take(scene, text)


def _unreadable(message: Message) -> Decision:
    """A file needs a person; a sticker does not."""
    return Rephrase() if all(each.kind == "sticker" for each in message.attachments) else Escalate("attachment")


def _resume(scene: Scene, held: Ticket) -> None:
    """The words are the operator's to answer; the wait for the customer is over."""
    if isinstance(held.state, OnHold):
        refresh_topic(scene.work, scene.work.move(held, WasResumed(), "customer"))
        _call_back(scene, held)
        scene.settle()


async def _in_queue(scene: Scene, text: str) -> None:
    """The bot is silent; but who waits may say that they do not want to any more, or that they are ready."""
    if text and _breaks_off(scene, scene.work.rank(text, scene.locale)) is Action.CANCEL:
        cancel(scene)
    else:
        keeping.heard(scene)


async def _take(scene: Scene, text: str) -> None:
    """The message is what was asked for."""
    match scene.talk.awaiting:
        case Awaiting.MESSAGE:
            await leaving.take(scene, text)
        case Awaiting.PHONE:
            contact.take_phone(scene, scene.content.phone(text, scene.content.desk.country))
        case Awaiting.CONTACT:
            contact.take_contact(scene, text)
        case Awaiting.TIME | Awaiting.ZONE as asked:
            await _take_when(scene, text, asked)
        case Awaiting.COMMENT:
            await rating.comment(scene, text)
        case _:
            intent = forms.in_progress(scene)
            if intent and forms.fill(scene, text):
                await answering.form_done(scene, intent)


async def _take_when(scene: Scene, text: str, asked: Awaiting) -> None:
    """A time or a day, or whose clock it is on."""
    if asked is Awaiting.TIME:
        await choosing.take(scene, text)
    elif zones.known(scene, text):
        await booking.offer_times(scene)


def _breaks_off(scene: Scene, ranking: Ranking) -> Action | None:
    """A clear cancel or a clear call for a person, whatever else was asked for."""
    intent = sure(ranking, scene.content.intents.intents, scene.content.thresholds)
    wanted = intent.action if intent else None
    return wanted if wanted in (Action.CANCEL, Action.HANDOFF) else None


def _follow_language(scene: Scene, text: str, ranking: Ranking) -> Ranking:
    """The customer who switches language is followed, and understood in it."""
    language = "" if text.startswith(COMMAND) else ranking.language
    if not language or language == scene.locale or scene.conversation.locale_chosen:
        return ranking
    scene.set(locale=language)
    return scene.work.rank(text, language)


def _apologise(scene: Scene) -> None:
    """After an outage: once, not for every old message."""
    noticed = scene.talk.noticed
    if noticed is None or scene.work.now - noticed > NOTICE_ONCE_IN:
        scene.set_talk(noticed=scene.work.now)
        scene.say("sorry_late")


def _call_back(scene: Scene, held: Ticket) -> None:
    """Who has put a talk on hold is looking elsewhere: they are told in private that it goes on."""
    work, operator = scene.work, held.operator or ""
    who = scene.conversation.name or words(work, operator, "tg_customer")
    text = words(work, operator, "op_goes_on", ticket=held.number, customer=who)
    work.order(work.venue(held.skill), TellOperator(operator, text, alone=True, about=scene.id))
