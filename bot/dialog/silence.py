"""Silence: how long an operator's words wait for the customer's. Two bells, set anew with each word of the operator."""

from datetime import datetime, timedelta

from bot.dialog.messages import AuthorKind
from bot.dialog.ringing import ASK, GONE
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.ticket import Active, Kind, OnHold, Ticket

LOOK_BACK = 30  # messages


def listen(work: Work, ticket: Ticket) -> None:
    """The operator has spoken: it is the customer's turn. Nobody is asked when the desk gives no time between."""
    rules = work.content.desk.inactivity
    if ticket.kind is not Kind.CHAT:
        return
    if timedelta(0) < rules.warn < rules.customer:
        work.ring(ASK, ticket.number, work.now + rules.warn)
    else:
        work.ring(GONE, ticket.number, work.now + rules.customer)


def hold(work: Work, ticket: Ticket) -> None:
    """The operator waits on purpose: nobody is asked, and the talk stays open as long as it could be reopened."""
    if ticket.kind is Kind.CHAT:
        work.ring(GONE, ticket.number, work.now + work.content.desk.inactivity.reopen)


def clear(work: Work, ticket: Ticket) -> None:
    """The customer has been heard of."""
    work.hush(ASK, ticket.number)
    work.hush(GONE, ticket.number)


async def owes(scene: Scene, ticket: Ticket) -> datetime | None:
    """Since when the customer owes the operator an answer; None while it is the operator's turn."""
    if not isinstance(ticket.state, Active):
        return None
    people = (AuthorKind.CUSTOMER, AuthorKind.OPERATOR)
    last = next((each for each in reversed(await scene.recent(LOOK_BACK)) if each.author.kind in people), None)
    return last.at if last is not None and last.author.kind is AuthorKind.OPERATOR else None


async def is_over(scene: Scene, ticket: Ticket) -> bool:
    """Whether the customer was waited for long enough. On hold the bell alone says so: a word would have ended it."""
    since = await owes(scene, ticket)
    patience = scene.content.desk.inactivity.customer
    return isinstance(ticket.state, OnHold) or (since is not None and since + patience <= scene.work.now)
