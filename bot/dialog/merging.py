"""Merging: the same person asks in two conversations, and one ticket is enough."""

from collections.abc import AsyncIterator

from bot.dialog.acts import Done
from bot.dialog.ending import end
from bot.dialog.messages import AuthorKind
from bot.dialog.operator_acts import Merge
from bot.dialog.orders import Announce
from bot.dialog.rights import must_hold, name_of, refuse, state_said, supervises
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.ticket import Reason, Ticket

LAST_WORDS = 3  # of the customer, carried over
LOOK_BACK = 20  # messages
WORDS_LIMIT = 500  # of each


async def merge(work: Work, act: Merge) -> Done:
    """The ticket is closed, its customer told where the talk goes on; both topics know of each other.

    Whoever holds one of the two may, as long as no colleague holds the one that is closed, and a supervisor may.
    """
    await work.duty(act.operator)
    gone, stays = await work.ticket(act.ticket), await work.ticket(act.into)
    _must_fit(work, act, gone, stays)
    old, new = await work.scene(gone.conversation), await work.scene(stays.conversation)
    who = name_of(work, act.operator)
    await fold((old, gone), (new, stays), ("topic_merged_away", "topic_merged_here"), act.operator, operator=who)
    old.stop_waiting()
    old.note("merged", where=old.phrase(f"in_{new.channel}"))
    return Done()


async def fold(
    gone: tuple[Scene, Ticket], stays: tuple[Scene, Ticket], phrases: tuple[str, str], by: str, **names: object
) -> None:
    """Close the one, for the other is enough. The operators of both are told, in these phrases, and what is known."""
    (old, ticket), (new, into) = gone, stays
    known = [line async for line in _what_is_known(old, ticket)]
    line = {**names, "ticket": ticket.number, "into": into.number}
    away, here = (_say(old.work, phrase, **line) for phrase in phrases)
    _tell(old, ticket, away)
    _tell(new, into, "\n".join([here, *known]))
    await end(old, ticket, Reason.MERGED, by, into.number)


def _must_fit(work: Work, act: Merge, gone: Ticket, stays: Ticket) -> None:
    """Raises RefusedError for tickets that cannot be merged, or not by this operator."""
    if gone.conversation == stays.conversation:
        raise refuse(work, act.operator, "op_merge_same_talk", ticket=gone.number, into=stays.number)
    for each in (gone, stays):
        if not each.open:
            state = state_said(work, act.operator, each.state_name)
            raise refuse(work, act.operator, "op_not_now", ticket=each.number, state=state)
    if supervises(work, act.operator):
        return
    if gone.engaged or not stays.engaged:
        must_hold(work, act.operator, gone)
    else:
        must_hold(work, act.operator, stays)


async def _what_is_known(scene: Scene, ticket: Ticket) -> AsyncIterator[str]:
    """What need not be asked again: the question, number, answers, colleagues' notes, the last words."""
    for fact in (ticket.brief.question, ticket.phone):
        if fact:
            yield fact
    for field, answer in ticket.brief.form.items():
        yield f"{field}: {answer}"
    for _, operator, text in await scene.work.tx.notes(scene.id):
        if operator:
            yield f"{name_of(scene.work, operator)}: {text}"
    said = await scene.recent(LOOK_BACK)
    words = [each.text for each in said if each.author.kind is AuthorKind.CUSTOMER and each.text]
    for text in words[-LAST_WORDS:]:
        yield f"— {text[:WORDS_LIMIT]}"


def _say(work: Work, key: str, **params: object) -> str:
    return work.content.phrases.say(work.content.desk.default_locale, key, **params)


def _tell(scene: Scene, ticket: Ticket, text: str) -> None:
    """To the operators of the ticket, and kept among the notes of its conversation."""
    work = scene.work
    work.changes.notes.append((scene.id, work.now, "", text))
    work.order(work.venue(ticket.skill), Announce(scene.id, text))
