"""What customers and operators do in a dialogue, as acts for the service."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import chain

from bot.dialog import acts, operator_acts
from bot.dialog.acts import Act, Outcome, Refused
from bot.dialog.messages import Attachment, AuthorKind, Button
from bot.rehearsal import rostering
from bot.rehearsal.errors import MismatchError
from bot.rehearsal.gestures import Contact, Followed, Press, named
from bot.rehearsal.passing import Merged, Passed
from bot.rehearsal.script import OperatorAct, Turn, Written
from bot.rehearsal.troupe import Troupe
from handoff.ticket import Kind, Offered, Reason, Result, Scheduled, Ticket


async def act(troupe: Troupe, turn: Turn) -> None:
    """Do what the turn says. Raises MismatchError when it was refused, or should have been."""
    breaks = isinstance(turn.customer, Written) and turn.customer.breaks
    outcomes = [await troupe.stage.do(each, breaks=breaks) for each in await _acts(troupe, turn)]
    for outcome in outcomes:
        _judge(outcome, turn.refused)


def _judge(outcome: Outcome, refused: str | None) -> None:
    match outcome:
        case Refused(code=code, text=text):
            said = f"{code}: {text}"
            if refused is None:
                raise MismatchError("an act that succeeds", f"refused, {said}")
            if refused not in said:
                raise MismatchError(f'a refusal with "{refused}"', said)
        case _:
            if refused is not None:
                raise MismatchError(f'a refusal with "{refused}"', "the act succeeded")


async def _acts(troupe: Troupe, turn: Turn) -> list[Act]:
    match turn:
        case Turn(operator=dict(done)):
            return [await _by_operator(troupe, turn, who, each) for who, each in done.items()]
        case Turn(presence=dict(declared)):
            return [operator_acts.Declare(who, presence) for who, presence in declared.items()]
        case _:
            return [await _by_customer(troupe, turn)]


async def _by_customer(troupe: Troupe, turn: Turn) -> Act:
    sender, key = troupe.sender(turn.who), troupe.new_key()
    match turn:
        case Turn(customer=str() | Written() as said):
            return _written(troupe, turn.who, key, said if isinstance(said, Written) else Written(text=said))
        case Turn(press=str() | Press() as press):
            return acts.Pressed(sender, key, (await _button(troupe, turn.who, press)).id)
        case Turn(follow=Followed(button=name, by=by)):
            link = (await _button(troupe, turn.who, name)).url or ""
            return acts.Started(troupe.sender(by), key, link.rpartition("=")[2])
        case Turn(start=str(payload)):
            return acts.Started(sender, key, payload)
        case Turn(contact=str() | Contact() as given):
            contact = given if isinstance(given, Contact) else Contact(phone=given)
            return acts.SharedContact(sender, key, contact.phone, contact.own)
        case Turn(edit=str(text)):
            return acts.Rewrote(sender, troupe.ref(turn.who, await _last_key(troupe, turn.who)), text)
        case _:
            return acts.Blocked(sender, bool(turn.blocked))


def _written(troupe: Troupe, who: str, key: str, said: Written) -> Act:
    sent = troupe.stage.now - (said.late or timedelta())
    files = (Attachment(said.attachment, f"file-{key}"),) if said.attachment else ()
    return acts.Wrote(troupe.sender(who), key, said.text, sent, attachments=files, refs=(troupe.ref(who, key),))


async def _last_key(troupe: Troupe, who: str) -> str:
    mine = [each.key for each in await troupe.messages(who) if each.author.kind is AuthorKind.CUSTOMER and each.key]
    if not mine:
        raise MismatchError("a message to edit", "none; let the customer write first")
    return mine[-1]


async def _button(troupe: Troupe, who: str, press: str | Press) -> Button:
    """The button that is meant: of the newest message that has such a one."""
    wanted = press if isinstance(press, Press) else None
    shown = [each.buttons for each in await troupe.messages(who) if each.buttons]
    for buttons in reversed(shown):
        fitting = [each for each in buttons if _fits(each, press)]
        if fitting:
            index = wanted.index if wanted else 0
            if not -len(fitting) <= index < len(fitting):
                raise MismatchError(f"at least {index + 1} such buttons", describe_buttons(fitting))
            return fitting[index]
    if wanted and wanted.id:
        return Button(wanted.id, "")  # one that was never shown: somebody tries their luck
    raise MismatchError(f"a button {named(press)}", describe_buttons(chain.from_iterable(shown[-1:])))


def _fits(button: Button, press: str | Press) -> bool:
    if isinstance(press, str):
        return is_called(button, press)
    wanted = ((press.id, button.id), (press.kind, button.kind.value), (press.label, button.label))
    return all(want in (None, have) for want, have in wanted)


def is_called(button: Button, name: str) -> bool:
    """Whether an author means this button: by its id, either part of the id, its kind or its label."""
    verb, _, argument = button.id.partition(":")
    return name in (button.id, verb, argument, button.kind.value, button.label)


def describe_buttons(buttons: Iterable[Button]) -> str:
    """Buttons for people."""
    return ", ".join(f"{each.id} ({each.label})" for each in buttons) or "no button"


async def _by_operator(troupe: Troupe, turn: Turn, who: str, done: str | OperatorAct) -> Act:
    match done:
        case "block" | "unblock":
            return operator_acts.Bar(who, turn.who, on=done == "block")
        case OperatorAct(merge=Merged(of=gone, into=stays)):
            return operator_acts.Merge(who, await _ticket_of(troupe, gone), await _ticket_of(troupe, stays))
        case _:
            return rostering.act_of(who, done) or await _with_ticket(troupe, turn, who, done)


async def _ticket_of(troupe: Troupe, customer: str) -> int:
    tickets = [each for each in await troupe.tickets() if each.conversation == customer]
    return _pick([], tickets).number


async def _with_ticket(troupe: Troupe, turn: Turn, who: str, done: str | OperatorAct) -> Act:
    tickets = [each for each in await troupe.tickets() if not _other(turn, each)]
    offered = [each for each in tickets if isinstance(each.state, Offered) and each.operator == who]
    held = [each for each in tickets if each.engaged and each.operator == who]
    waiting = [each for each in tickets if each.waiting]
    match done:
        case "accept" | "decline":
            answer = operator_acts.Accept if done == "accept" else operator_acts.Decline
            return answer(who, _pick(offered, tickets).number)
        case "take":
            return operator_acts.Take(who, _pick(waiting, tickets).number)
        case str(word):
            return _in_a_word(troupe, who, _pick(held, tickets), word)
        case OperatorAct(assign=str(to)):
            return operator_acts.Assign(who, _pick([], tickets).number, to)
        case OperatorAct(transfer=Passed() as to):
            passed = _pick(held or offered, tickets)
            return operator_acts.Transfer(who, passed.number, to.skill, to.to, to.note)
        case OperatorAct():
            return await _in_detail(troupe, who, _pick(held, tickets), done)


def _in_a_word(troupe: Troupe, who: str, ticket: Ticket, word: str) -> Act:
    match word:
        case "hold" | "resume":
            return operator_acts.Hold(who, ticket.number, on=word == "hold")
        case "close":
            return operator_acts.Close(who, ticket.number)
        case text:
            return operator_acts.Say(who, ticket.conversation, troupe.new_key(), text)


async def _in_detail(troupe: Troupe, who: str, ticket: Ticket, done: OperatorAct) -> Act:
    if done.close is not None:
        return _close(who, ticket, done.close)
    if done.note is not None:
        return operator_acts.Note(who, ticket.conversation, done.note)
    if done.send is not None:
        return operator_acts.Quote(who, ticket.conversation, troupe.new_key(), done.send)
    if done.callback is not None:
        words = "" if done.callback == "choose" else done.callback  # the choice is the customer's
        return operator_acts.Promise(who, ticket.number, words=words)
    return operator_acts.Say(who, ticket.conversation, troupe.new_key(), done.say or "")


def _close(who: str, ticket: Ticket, word: str) -> Act:
    try:
        if ticket.kind is Kind.CALLBACK and not isinstance(ticket.state, Scheduled):
            return operator_acts.Close(who, ticket.number, result=Result(word))
        return operator_acts.Close(who, ticket.number, Reason(word))
    except ValueError:
        known: list[str] = [*(Result if ticket.kind is Kind.CALLBACK else Reason)]
        raise MismatchError(f"one of {', '.join(known)}", word) from None


def _other(turn: Turn, ticket: Ticket) -> bool:
    """`who` narrows the tickets to those of one customer."""
    return "who" in turn.model_fields_set and ticket.conversation != turn.who


def _pick(likely: list[Ticket], tickets: list[Ticket]) -> Ticket:
    """The newest of the likely ones, else the newest there is: a dialogue may try what is not possible."""
    if not tickets:
        raise MismatchError("a ticket to act on", "none is open")
    return (likely or tickets)[-1]
