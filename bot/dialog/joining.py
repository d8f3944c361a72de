"""Joining: a visitor of the site goes on in Telegram, and from then on that is one conversation, seen in both."""

from typing import Final, assert_never

from bot.dialog import booking, keeping, waiting
from bot.dialog.acts import Started
from bot.dialog.conversation import ELSEWHERE
from bot.dialog.ending import take_along
from bot.dialog.errors import RefusedError
from bot.dialog.merging import fold
from bot.dialog.orders import Announce, RefreshTopic
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.ticket import Kind, Ticket, WasBrought

FOLDED: Final = ("one_person_away", "one_person_here")


async def come(work: Work, act: Started) -> str:
    """Join what the link names with whoever opened it. Why that cannot be, as a phrase's name; nothing when it is done.

    The conversation itself remembers that it was joined, so that a link joins once, whoever has got hold of it.
    """
    chat = f"{act.sender.channel}:{act.sender.address}"
    read = work.tools.bridge.read(act.payload) if work.tools.bridge else None
    if read is None:
        return "link_unknown"
    try:
        scene, until = await work.scene(read[0]), read[1]
    except RefusedError:  # it was erased since
        return "link_unknown"
    if scene.conversation.continued is not None:
        return "link_followed" if scene.conversation.continued == chat else "link_used"
    if until <= work.now:
        return "link_old"
    before = work.known(act.sender)
    work.continue_in(scene, chat)
    scene.announce("topic_continued", who=act.sender.name or "Telegram")
    if before is not None:
        await _bring(await work.scene(before.id), scene)
    return ""


def greet(scene: Scene) -> None:
    """Said in both places: that this is one conversation now, what it was about, and how it stands."""
    asked = next((each.brief.question for each in scene.tickets if each.brief.question), scene.talk.question)
    scene.note("continued_about" if asked else "continued", question=asked)
    for ticket in scene.tickets:
        _how_it_stands(scene, ticket)


def _how_it_stands(scene: Scene, ticket: Ticket) -> None:
    match ticket.kind:
        case _ if ticket.engaged:
            scene.note("with_colleague")
        case Kind.CALLBACK:
            booking.confirm(scene, ticket)
        case Kind.MESSAGE:
            scene.note("message_waits")
        case Kind.CHAT if ticket.kept is not None:
            keeping.remind(scene, ticket)
        case Kind.CHAT:
            scene.note("already_waiting", waiting.in_queue(scene, ticket))
        case _ as never:
            assert_never(never)


async def _bring(old: Scene, new: Scene) -> None:
    """What the same person has asked for in the chat before comes along; two requests of one kind become one."""
    for ticket in old.tickets:
        other = new.ticket_of(ticket.kind)
        if other is None:
            await _move(old, new, ticket)
        elif _goes_first(ticket, other):
            await fold((new, other), (old, ticket), FOLDED, "customer")
            await _move(old, new, ticket)
        else:
            await fold((old, ticket), (new, other), FOLDED, "customer")
    known, here = old.conversation, new.conversation
    new.set(phone=here.phone or known.phone, zone=here.zone or known.zone)
    new.set_talk(served=new.talk.served or old.talk.served)
    old.set(continued=f"{ELSEWHERE}:{new.id}")
    old.stop_waiting()
    old.settle()
    new.settle()
    if new.engaged:
        await take_along(new, new.engaged)


def _goes_first(ticket: Ticket, other: Ticket) -> bool:
    """Whoever talks with an operator, else what was promised or asked for first."""
    first, second = ((not each.engaged, each.promised or each.asked) for each in (ticket, other))
    return first < second


async def _move(old: Scene, new: Scene, ticket: Ticket) -> None:
    work = old.work
    work.move(ticket, WasBrought(new.id), "customer")
    if ticket.state_name == "scheduled":  # the operators have not seen it yet
        return
    venue = work.venue(ticket.skill)
    work.order(venue, Announce(old.id, old.remark("topic_goes_on", ticket=ticket.number)))
    work.order(venue, RefreshTopic(ticket.number, old.id))
    waiting.introduce(new, ticket)
