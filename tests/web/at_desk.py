"""Operators at the local desk, as the desk's tests need them."""

from datetime import timedelta

from bot.web.desk_door import desk_link
from tests.web.stage import SECRET


def link(front, operator="anna", secret=SECRET, age=timedelta()):
    """A one-time link as it would have been made some time ago."""
    return desk_link(secret, operator, front.base, front.memory.now - age)


async def enter(front, operator="anna"):
    """An operator at the desk; (peer, first snapshot)."""
    front.http.cookie_jar.clear()
    await front.enter(link(front, operator))
    peer = await front.connect("/ws/desk")
    return peer, await peer.until("snapshot")


async def desk_with_talk(front, *texts, **ticket):
    """A visitor in the queue and Anna at the desk with their talk open; (visitor, conversation, operator)."""
    visitor, welcome = await front.talker(*texts)
    front.memory.queue(welcome["conversation"], **ticket)
    peer, _ = await enter(front)
    await peer.send(type="open", id="open", conversation=welcome["conversation"])
    await peer.until("ok")
    return visitor, welcome["conversation"], peer
