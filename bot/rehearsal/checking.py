"""What a dialogue expects: each check looks at what is stored and says what it saw instead."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import chain

from bot.dialog.messages import AuthorKind, Message
from bot.rehearsal.acting import describe_buttons, is_called
from bot.rehearsal.errors import MismatchError
from bot.rehearsal.script import Heard, Offered, OperatorsSee, Seen, StateIs, TicketIs, Turn
from bot.rehearsal.troupe import Troupe
from handoff import ticket as tickets
from handoff.ticket import Closed, Ticket

Check = Callable[[Troupe, Turn], Awaitable[None]]


async def _bot(troupe: Troupe, turn: Turn) -> None:
    """What the bot said, the lines about what happened included, since the last act."""
    heard = turn.bot or Heard()
    told = [each for each in await troupe.told(turn.who) if each.author.kind is not AuthorKind.OPERATOR]
    if heard.silent and told:
        raise MismatchError("silence", _said(told))
    if not heard.silent and not told:
        raise MismatchError("the bot to speak", "silence")
    if heard.messages is not None and len(told) != heard.messages:
        raise MismatchError(f"{heard.messages} messages", f"{len(told)}: {_said(told)}")
    _texts((each.text for each in told), heard.contains, heard.not_contains, _said(told))
    _buttons(told, heard)


def _buttons(told: list[Message], heard: Heard) -> None:
    shown = list(chain.from_iterable(each.buttons for each in told))
    for name in heard.buttons:
        if not any(is_called(each, name) for each in shown):
            raise MismatchError(f'a button "{name}"', describe_buttons(shown))
    for name in heard.not_buttons:
        if any(is_called(each, name) for each in shown):
            raise MismatchError(f'no button "{name}"', describe_buttons(shown))


def _texts(texts: Iterable[str], wanted: Iterable[str], unwanted: Iterable[str], seen: str) -> None:
    everything = _plain("\n".join(texts))
    for text in wanted:
        if _plain(text) not in everything:
            raise MismatchError(f'"{text}"', seen)
    for text in unwanted:
        if _plain(text) in everything:
            raise MismatchError(f'no "{text}"', seen)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _said(messages: Iterable[Message]) -> str:
    lines = []
    for each in messages:
        who = each.author.kind.value + (f" {each.author.name}" if each.author.name else "")
        buttons = f" [{describe_buttons(each.buttons)}]" if each.buttons else ""
        lines.append(f"{who}: {each.text!r}{buttons}")
    return "\n          ".join(lines) or "silence"


async def _customer_sees(troupe: Troupe, turn: Turn) -> None:
    wanted = turn.customer_sees or Seen()
    told = await troupe.told(turn.who)
    for each in told:
        named = wanted.name in (None, each.author.name)
        if each.author.kind == wanted.sender and named and all(_plain(t) in _plain(each.text) for t in wanted.contains):
            return
    words = " and ".join(f'"{text}"' for text in wanted.contains) or "any words"
    raise MismatchError(f"a message of {wanted.name or wanted.sender} with {words}", _said(told))


async def _operators_see(troupe: Troupe, turn: Turn) -> None:
    wanted = turn.operators_see or OperatorsSee()
    shown = await troupe.shown_to_operators(turn.who)
    _texts(shown, wanted.contains, wanted.not_contains, " | ".join(shown) or "nothing")


async def _told(troupe: Troupe, turn: Turn) -> None:
    for who, text in (turn.told or {}).items():
        lines = await troupe.told_to_operator(who)
        _texts(lines, [text], [], " | ".join(lines) or "nothing")


async def _offered(troupe: Troupe, turn: Turn) -> None:
    open_now = [each for each in await troupe.tickets() if isinstance(each.state, tickets.Offered)]
    seen = ", ".join(f"{each.kind} to {each.operator}" for each in open_now) or "no offer"
    match turn.offered:
        case Offered(operator=who, kind=kind):
            if not any(each.operator == who and kind in (None, each.kind.value) for each in open_now):
                raise MismatchError(f"an offer of a {kind or 'ticket'} to {who}", seen)
        case _:
            if open_now:
                raise MismatchError("no offer", seen)


async def _ticket(troupe: Troupe, turn: Turn) -> None:
    found = await _newest_ticket(troupe, turn.who)
    match turn.ticket:
        case TicketIs() as wanted:
            if found is None:
                raise MismatchError("a ticket", "none")
            _same(wanted, _facts(found))
        case _:
            if found is not None and found.open:
                raise MismatchError("no open ticket", _listed(_facts(found)))


async def _newest_ticket(troupe: Troupe, who: str) -> Ticket | None:
    async with troupe.stage.read() as tx:
        conversation = await troupe.conversation(tx, who)
        still_open = await tx.tickets_of([conversation.id])
        closed = await tx.last_closed(conversation.id)
    return max([*still_open, *([closed[0]] if closed else [])], key=lambda each: each.number, default=None)


def _facts(ticket: Ticket) -> Mapping[str, object]:
    return {
        "kind": ticket.kind.value,
        "state": ticket.state_name,
        "skill": ticket.skill,
        "operator": ticket.operator,
        "reason": ticket.state.reason.value if isinstance(ticket.state, Closed) else None,
        "why": ticket.brief.why,
        "shown": ticket.shown,
        "preferred": ticket.preferred.operator if ticket.preferred else None,
        "phone": ticket.phone,
        "attempts": ticket.attempts,
        "form": dict(ticket.brief.form),
    }


async def _state(troupe: Troupe, turn: Turn) -> None:
    async with troupe.stage.read() as tx:
        conversation = await troupe.conversation(tx, turn.who)
    shown = conversation.shown
    wait = shown.wait and tuple(seconds // 60 for seconds in shown.wait)
    facts = {"mode": shown.mode.value, "position": shown.position, "wait": wait, "operator": shown.operator}
    _same(turn.state or StateIs(), {**facts, "locale": conversation.locale})


def _same(wanted: TicketIs | StateIs, facts: Mapping[str, object]) -> None:
    for name in sorted(wanted.model_fields_set):
        want = getattr(wanted, name)
        if facts[name] != want:
            raise MismatchError(f"{name} {_word(want)}", f"{_word(facts[name])}, with {_listed(facts)}")


def _listed(facts: Mapping[str, object]) -> str:
    """What there is of the facts."""
    return ", ".join(f"{name} {_word(value)}" for name, value in facts.items() if value not in (None, {}, ()))


def _word(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case tuple() | list():
            return ", ".join(map(str, value)) or "nothing"
        case dict():
            return "{" + ", ".join(f"{key}: {each}" for key, each in value.items()) + "}"
        case _:
            return str(value)


CHECKS: Mapping[str, Check] = {
    "bot": _bot,
    "customer_sees": _customer_sees,
    "operators_see": _operators_see,
    "told": _told,
    "offered": _offered,
    "ticket": _ticket,
    "state": _state,
}
