"""Forgetting: a customer is erased because they ask for it, or because what they said has grown old."""

from datetime import datetime

from bot.dialog.acts import Done, Erased, Expire, Forget
from bot.dialog.ending import end
from bot.dialog.people import Erasure
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.ticket import Reason


async def forget(work: Work, act: Forget) -> Erased:
    """Nothing of them is left but what counts. Again, it takes what has come since."""
    await work.duties()  # first: the desk is waited for empty-handed
    person = await work.tx.person(act.conversation)
    for scene in await work.scenes(person.conversations):
        for ticket in scene.tickets:
            await end(scene, ticket, Reason.CANCELLED, "customer")
    counts = await work.tx.erasable(person)
    work.changes.erasures.append(Erasure(person, work.now))
    return Erased(counts=counts)


async def expire(work: Work, act: Expire) -> Done:
    """Whoever has been silent for so long is forgotten; of anybody else, only what is older goes."""
    await work.duties()
    person = await work.tx.person(act.conversation)
    scenes = await work.scenes(person.conversations)
    if any(scene.tickets for scene in scenes):
        return Done()
    last = [await _last_word(scene) for scene in scenes]
    before = act.before if max(last, default=act.before) >= act.before else None
    work.changes.erasures.append(Erasure(person, work.now, before))
    return Done()


async def _last_word(scene: Scene) -> datetime:
    """When anything was last said, by whomever."""
    return max([scene.conversation.touched, *(each.at for each in await scene.recent(1))])
