"""Commands about what is said in a topic: notes, canned replies, articles, lessons, words taken back."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from bot.dialog.looking_up import internal, look_up, name_of
from bot.dialog.operator_acts import Learn, Note, Say, Unsay
from bot.dialog.replies import Reply, said_to
from bot.telegram.asked import Answer, Asked, Deed, Handler, Said, form, held
from bot.telegram.keyboards import send_button
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import shortened
from handoff.ticket import Ticket
from kb.article import Hit

WHOLE: Final = 600  # characters; of a longer text /kb shows the sentence that fits
FIRST_WORDS: Final = 80  # of a canned reply in the list


async def _note(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None or not asked.argument:
        return form(around, asked, "note")
    return Deed(Note(asked.operator.id, asked.topic.conversation, asked.argument))


async def _delete(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None or asked.replied is None:
        return form(around, asked, "delete")
    return Deed(Unsay(asked.operator.id, asked.replied), "tg_deleted")


async def _learn(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None or asked.replied is None:
        return form(around, asked, "learn")
    async with around.ports.store.read() as tx:
        found = (await tx.find([asked.replied])).get(asked.replied)
    if found is None:
        return around.say_to(asked.operator, "op_no_such_message")
    return Deed(Learn(asked.operator.id, *found), "tg_learnt")


async def _canned(around: Surroundings, asked: Asked) -> Answer:
    name, _, more = asked.argument.partition(" ")
    if not name:
        return await _list(around, asked)
    reply = _called(around, name)
    if reply is None:
        return around.say_to(asked.operator, "tg_no_such_reply", name=name, nearest=_nearest(around, name))
    ticket = await held(around, asked)
    if asked.topic is None or ticket is None:
        return form(around, asked, "c") if asked.topic is None else around.say_to(asked.operator, "tg_no_ticket")
    text = " ".join([await _said(around, asked, reply, ticket), *more.split()])
    return Deed(Say(asked.operator.id, asked.topic.conversation, asked.key, text))


async def _said(around: Surroundings, asked: Asked, reply: Reply, ticket: Ticket) -> str:
    async with around.ports.store.read() as tx:
        [customer] = await tx.conversations_by_id([ticket.conversation])
    return said_to(reply, around.desk, asked.operator, customer, ticket.number)


async def _list(around: Surroundings, asked: Asked) -> str:
    locale = (await _locales(around, asked))[0]
    replies = around.content().replies.values()
    lines = [f"/c {each.name} - {shortened(each.text(locale), FIRST_WORDS)}" for each in replies]
    return "\n".join([around.say_to(asked.operator, "tg_replies" if lines else "tg_no_replies"), *lines])


def _called(around: Surroundings, name: str) -> Reply | None:
    """The reply with this name, or the only one whose name begins so."""
    known = {each.casefold(): reply for each, reply in around.content().replies.items()}
    wanted = name.casefold()
    alike = [reply for each, reply in known.items() if each.startswith(wanted)]
    return known.get(wanted) or (alike[0] if len(alike) == 1 else None)


def _nearest(around: Surroundings, name: str) -> str:
    known = list(around.content().replies)
    return ", ".join(get_close_matches(name, known, n=3, cutoff=0.5) or known) or "-"


async def _kb(around: Surroundings, asked: Asked) -> Answer:
    if not asked.argument:
        return form(around, asked, "kb")
    hits = look_up(around.content(), asked.argument, await _locales(around, asked))
    if not hits:
        return around.say_to(asked.operator, "tg_nothing_found")
    ticket = await held(around, asked)
    buttons = [send_button(around, asked.operator, ticket, hit.document.title, name_of(hit.document)) for hit in hits]
    text = "\n\n".join(_told(around, asked, hit) for hit in hits)
    return Said(text, tuple((each,) for each in buttons if each is not None))


async def _locales(around: Surroundings, asked: Asked) -> list[str]:
    """The customer's language where there is a customer, then the operator's own."""
    own = [around.locale_of(asked.operator)]
    if asked.topic is None:
        return own
    async with around.ports.store.read() as tx:
        return [each.locale for each in await tx.conversations_by_id([asked.topic.conversation])] + own


def _told(around: Surroundings, asked: Asked, hit: Hit) -> str:
    key = "tg_found_internal" if internal(hit.document) else "tg_found"
    whole = around.content().plain(hit.document.body)
    title = around.say_to(asked.operator, key, title=hit.document.title)
    return f"{title}\n{whole if len(whole) <= WHOLE else hit.snippet}"


COMMANDS: Final[Mapping[str, Handler]] = {
    "note": _note,
    "c": _canned,
    "kb": _kb,
    "learn": _learn,
    "delete": _delete,
}
