"""The accounts at the end: what people did and saw beside what the database has. Each account lists its faults."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.kill.crowd import ANSWER
from tests.kill.stage import GROUP, Stage
from tests.kill.telegram import Posted, TelegramCustomer
from tests.kill.visitor import Visitor


def faults_of(stage: Stage) -> list[str]:
    """Everything that is lost, doubled or out of order; repeats to Telegram are counted by `repeats` apart."""
    accounts = (_visitors, _updates, _said_once, _answers, _tickets, _promises, _customers, _topics, _left_over)
    return [fault for account in accounts for fault in account(stage)]


# the site


def _visitors(stage: Stage) -> Iterator[str]:
    for visitor in stage.visitors:
        yield from (f"{visitor.name}: {fault}" for fault in visitor.faults)
        yield from (f"{visitor.name}: never acked: {each}" for each in visitor.waiting)
        yield from _seen_as_stored(stage, visitor)


def _seen_as_stored(stage: Stage, visitor: Visitor) -> Iterator[str]:
    stored = stage.rows(
        "SELECT seq, key, author, text FROM message WHERE conversation = ? ORDER BY seq", visitor.conversation
    )
    shown = [(each["seq"], each["author"]["kind"], each["text"]) for each in visitor.shown]
    if shown != [(seq, author, text) for seq, _, author, text in stored]:
        yield f"{visitor.name} is shown {len(shown)} messages and has {len(stored)}, or others"
    if [seq for seq, *_ in shown] != list(range(1, len(shown) + 1)):
        yield f"{visitor.name}: a gap in {[seq for seq, *_ in shown]}"
    keys = {key: seq for seq, key, author, _ in stored if author == "customer"}
    if keys != visitor.acked:
        yield f"{visitor.name}: acked {len(visitor.acked)}, stored {len(keys)}, or under other numbers"


# what came in


def _updates(stage: Stage) -> Iterator[str]:
    """Every update that there was is in the inbox, handled."""
    first, last = 700_000_001, stage.api.updates.next_id
    stored = dict(stage.rows("SELECT key, status FROM inbox WHERE source = 'telegram'"))
    lost = {str(each) for each in range(first, last)} - stored.keys()
    if lost:
        yield f"updates that were never stored: {sorted(lost)}"
    yield from (f"update {key} is {status}" for key, status in stored.items() if status != "done")


def _said_once(stage: Stage) -> Iterator[str]:
    ledger = stage.crowd.ledger
    kept = Counter(text for (text,) in stage.rows("SELECT text FROM message"))
    said = [*ledger.questions, *ledger.calls, *ledger.lines, *ledger.replies]
    said += [text for customer in stage.customers for text in customer.said]
    yield from (f"{text!r} is kept {kept[text]} times" for text in dict.fromkeys(said) if kept[text] != 1)
    notes = Counter(text for (text,) in stage.rows("SELECT text FROM note"))
    if notes != Counter(ledger.notes):
        yield f"notes: {notes - Counter(ledger.notes)} too many, {Counter(ledger.notes) - notes} lost"


def _answers(stage: Stage) -> Iterator[str]:
    """Each question is answered once, and at once."""
    rows = stage.rows("SELECT conversation, text FROM message ORDER BY conversation, seq")
    asked = [text for _, text in rows if text.startswith("question ")]
    answered = [one[1] for one, two in pairwise(rows) if one[1].startswith("question ") and two == (one[0], ANSWER)]
    answers = sum(text == ANSWER for _, text in rows)
    if asked != answered or answers != len(asked):
        yield f"{len(asked)} questions, {len(answered)} answered at once, answers in all: {answers}"


# tickets and promises


def _tickets(stage: Stage) -> Iterator[str]:
    ledger = stage.crowd.ledger
    kinds = Counter(kind for (kind,) in stage.rows("SELECT kind FROM ticket"))
    if kinds["chat"] != len(ledger.calls):
        yield f"{len(ledger.calls)} called a person, there are {kinds['chat']} tickets"
    for number, state, kind in stage.rows("SELECT number, state, kind FROM ticket"):
        log = stage.rows("SELECT event, before, after FROM ticket_event WHERE ticket = ? ORDER BY id", number)
        if log[0][1] != "" or log[-1][2] != state or any(one[2] != two[1] for one, two in pairwise(log)):
            yield f"ticket {number} is {state}, its log does not lead there: {log}"
        events = Counter(event for event, *_ in log)
        if kind == "chat" and (state, events["WasAccepted"], events["WasClosed"]) != ("closed", 1, 1):
            yield f"ticket {number} is {state} after {log}"
        if events["WasOffered"] < events["WasAccepted"]:
            yield f"ticket {number} was accepted without an offer: {log}"
    rated = stage.rows("SELECT count(*) FROM ticket_event WHERE event = 'Rated'")[0][0]
    if rated != ledger.ratings:
        yield f"{ledger.ratings} have rated, {rated} ratings are in the log"


def _promises(stage: Stage) -> Iterator[str]:
    """Each callback that was agreed is called at its time, once for each promise, or still stands on the clock."""
    booked = stage.rows("SELECT number, state FROM ticket WHERE kind = 'callback'")
    if len(booked) != len(stage.crowd.ledger.bookings):
        yield f"{len(stage.crowd.ledger.bookings)} callbacks were booked, there are {len(booked)}"
    alarms = {subject for (subject,) in stage.rows("SELECT subject FROM alarm WHERE kind = 'callback'")}
    seats = Counter(ticket for (ticket,) in stage.rows("SELECT ticket FROM seat"))
    for number, state in booked:
        log = stage.rows("SELECT event, at, detail, after FROM ticket_event WHERE ticket = ? ORDER BY id", number)
        came = sum(event == "Came" for event, *_ in log)
        promised = sum(after == "scheduled" for *_, after in log)
        scheduled = state == "scheduled"
        if came + scheduled != promised:
            yield f"callback {number} ({state}) was promised {promised} times and came {came} times: {log}"
        if scheduled != (str(number) in alarms):
            yield f"callback {number} is {state}, its alarm is{'' if str(number) in alarms else ' not'} set"
        if seats[number] != 1:
            yield f"callback {number} has {seats[number]} seats"


# what went out


def _customers(stage: Stage) -> Iterator[str]:
    """Everything that was said to a customer in Telegram stands in their chat, in order."""
    for customer in stage.customers:
        places = _places(stage, customer)
        missing = [seq for seq, text, ids in places if not ids or customer.person.chat.messages[ids[0]]["text"] != text]
        if missing:
            yield f"{customer.name} was never shown {missing}"
        order = [id_ for _, _, ids in places for id_ in ids]
        if order != sorted(order):
            yield f"{customer.name} is shown messages out of order: {order}"


def _places(stage: Stage, customer: TelegramCustomer) -> list[tuple[int, str, list[int]]]:
    """Messages of others, with where they stand."""
    messages = stage.rows(
        "SELECT m.conversation, m.seq, m.text FROM message m JOIN conversation c ON c.id = m.conversation"
        " WHERE c.channel = 'telegram' AND c.address = ? AND m.author != 'customer' ORDER BY m.seq",
        str(customer.person.id),
    )
    refs: dict[int, list[int]] = {}
    for seq, id_ in stage.rows("SELECT seq, id FROM ref WHERE venue = ?", f"telegram:{customer.person.id}"):
        refs.setdefault(seq, []).append(int(id_))
    return [(seq, text, sorted(refs.get(seq, []))) for _, seq, text in messages]


def _topics(stage: Stage) -> Iterator[str]:
    """Everything that was said to an operator stands in the right topic, in order, and each ticket has its card."""
    posts = [post for post in stage.api.posted if post.chat == GROUP]
    for conversation, topic in stage.rows("SELECT conversation, thread FROM topic"):
        said = stage.rows("SELECT text FROM message WHERE conversation = ? ORDER BY seq", conversation)
        lines = [text for (text,) in said if text.startswith(("line ", "bye "))]
        shown = [post.text for post in posts if post.thread == topic and post.text.startswith(("line ", "bye "))]
        if list(dict.fromkeys(shown)) != lines:
            yield f"topic {topic} shows {shown}, not {lines}"
    cards = {number for post in posts if (number := _card(post))}
    for number, state in stage.rows("SELECT number, state FROM ticket"):
        if number not in cards and state != "scheduled":
            yield f"ticket {number} has no card"


def _left_over(stage: Stage) -> Iterator[str]:
    yield from (f"an order is {row}" for row in stage.rows("SELECT status, destination, kind, error FROM outbox"))
    errors = [line for line in stage.frontline.log.read_text().splitlines() if "Traceback" in line]
    yield from (f"the log has a traceback: {line}" for line in errors[:1])


# repeats


def repeats(stage: Stage) -> Counter[int]:
    """Posts that Telegram's people see twice, by the life of the bot in which the first of them was sent.

    A post was repeated when its first copy is known to nobody: no ref, no offer, or another one says the same.
    """
    found: Counter[int] = Counter()
    known = {(venue, int(id_)) for venue, id_ in stage.rows("SELECT venue, id FROM ref")}
    for post in stage.api.posted:
        private = post.chat != GROUP
        unknown = (f"telegram:{post.chat}", post.message["message_id"]) not in known
        if private and unknown:
            found[post.life] += 1
    found.update(_repeated_in_group(stage))
    topics = {topic for (topic,) in stage.rows("SELECT thread FROM topic")}
    found.update(life for topic, life in stage.api.made.items() if topic not in topics)
    return found


def _repeated_in_group(stage: Stage) -> Iterator[int]:
    last: dict[Any, Posted] = {}
    for post in stage.api.posted:
        if post.chat != GROUP:
            continue
        if any(button.startswith("accept:") for button in post.buttons):
            yield post.life  # an offer that was never settled, so nobody knows of it
            continue
        if "accept:" in post.first:
            continue
        reply = post.message.get("reply_to_message", {}).get("message_id")
        key = (post.thread, _card(post) or post.text, reply)
        if key in last:
            yield last[key].life
        last[key] = post


def _card(post: Posted) -> int | None:
    """The ticket of which the post is the card."""
    second = post.text.split("\n")[1:2]
    number = second[0].split(" · ")[0] if second else ""
    return int(number[1:]) if number.startswith("#") else None


def figures(stage: Stage, kills: int) -> str:
    """One line of what it was all about."""
    ledger = stage.crowd.ledger
    counted = {
        "kills": kills,
        "acked": sum(len(each.acked) for each in stage.visitors),
        "updates": stage.api.updates.next_id - 700_000_001,
        "posts": len(stage.api.posted),
        "calls": len(ledger.calls),
        "lines": len(ledger.lines),
        "callbacks": len(ledger.bookings),
        "came due": stage.rows("SELECT count(*) FROM ticket_event WHERE event = 'Came'")[0][0],
        "repeats": sum(repeats(stage).values()),
        "most for one kill": max(repeats(stage).values(), default=0),
    }
    return json.dumps(counted)
