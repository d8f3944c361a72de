"""What the desk is shown without a server's doing: frames as the server makes them, and what it sends in return."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from bot.dialog.messages import Attachment, Author, AuthorKind
from bot.web import desk_wire as wire
from bot.web.showing import message_frame
from bot.web.wire import Failure
from tests.browser.told import ANNA, BOT, CUSTOMER, message

NOW = datetime.now(UTC).replace(microsecond=0)
SOON = NOW + timedelta(minutes=50)  # not over before the suite is, which may run for a while after this was read
NUMBER = "+37129123456"


def made(model, **fields):
    """The frame, made from what JSON has: models are strict."""

    def plain(one):
        return one.isoformat() if isinstance(one, datetime) else one.model_dump(mode="json")

    return model.model_validate_json(json.dumps(fields, default=plain))


def ago(minutes):
    return NOW - timedelta(minutes=minutes)


def ticket(number, state="queued", **more):
    """A ticket of a conversation of its own."""
    usual = {
        "conversation": f"c{number}",
        "kind": "chat",
        "skill": "Delivery",
        "priority": 1,
        "asked": ago(number),
        "deadline": None,
        "operator": None,
        "operator_name": None,
        "customer": f"Customer {number}",
        "channel": "widget",
        "locale": "en",
        "unread": False,
        "phone": None,
        "attempts": 0,
        "promised": None,
        "why": "asked",
        "question": "Where is my order?",
        "intent": None,
    }
    return made(wire.TicketShown, **(usual | {"number": number, "state": state} | more))


def mine(number, state="active", **more):
    return ticket(number, state, operator="anna", operator_name="Anna", **more)


def offer(number, **more):
    return mine(number, "offered", deadline=SOON, unread=True, **more)


def call(number, **more):
    return mine(number, kind="callback", phone=NUMBER, promised=NOW, attempts=1, **more)


def booked(number, days, **more):
    """A call that is not yet due."""
    due = NOW + timedelta(days=days)
    return ticket(number, "scheduled", kind="callback", phone=NUMBER, promised=due, **more)


def snapshot(tickets=(), presence="online", role="operator", **more):
    """The desk of Anna with these tickets, and Olga beside her."""
    held = [each for each in tickets if each.operator == "anna"]
    booked = [each for each in tickets if each.state == "scheduled"]
    others = [each for each in tickets if each.operator not in {"anna", None}]
    team = [("anna", "Anna", presence, len(held)), ("olga", "Olga", "online", 1), ("janis", "Jānis", "offline", 0)]
    load = {"load": len(held), "capacity": 3}
    me = {"id": "anna", "name": "Anna", "presence": presence, "until": None, "locale": "en", "role": role, "skills": ()}
    line = {"skill": "delivery", "title": "Delivery", "waiting": 3, "since": ago(4), "target": 0.8, "within_s": 60}
    room = [line | {"level": 0.5}, line | {"title": "Workshop", "level": 0.9}, line | {"waiting": 0, "level": None}]
    me |= load | {name: more.pop(name) for name in ("until", "wraps_up", "locale") if name in more}
    return made(
        wire.Snapshot,
        me=me,
        mine=held,
        queue=[each for each in tickets if each.operator is None and each not in booked],
        booked=booked,
        others=others,
        team=[{"id": who, "name": name, "presence": is_, "load": n, "capacity": 3} for who, name, is_, n in team],
        skills=[{"id": "workshop", "title": "Workshop"}, {"id": "delivery", "title": "Delivery"}],
        room=room if role == "supervisor" else None,
        **more,
    )


def card(of, **more):
    """The card of a ticket: a bit of everything."""
    person = {"id": of.conversation, "name": of.customer, "username": "", "channel": "widget", "locale": "en"}
    known = {"zone": "Europe/Riga", "page": "https://shop.example/bikes", "phone": None, "blocked": False}
    row = {"actor": "customer", "event": "Asked", "before": "", "after": "queued", "reason": "asked", "at": ago(9)}
    usual = {
        "person": person | known | {"barred": False, "mode": "active", "read": 3},
        "form": [{"field": "Order number", "answer": "12-345"}],
        "notes": [{"at": ago(5), "operator": "Olga", "text": "A regular customer"}],
        "log": [row],
    }
    return made(wire.Card, **({"conversation": of.conversation, "ticket": of} | usual | more))


def talk(of, messages=(), **more):
    shown = tuple(map(message_frame, messages))
    return wire.TalkShown(conversation=of.conversation, card=card(of, **more), messages=shown)


def words(count=4):
    """Somebody asked, the bot answered, and so on."""
    paper = Attachment("document", "file:1", "offer.pdf", "application/pdf", 12345)
    system = Author(AuthorKind.SYSTEM)
    authors = [CUSTOMER, BOT, ANNA, system]
    said = [message(seq, authors[seq % 4 - 1], f"Words {seq}") for seq in range(1, count)]
    return [*said, message(count, ANNA, "Here is the offer", attachments=(paper,))]


MINE, OFFER, CALL = mine(1), offer(2), call(3)
TICKETS = [
    OFFER,
    MINE,
    CALL,
    ticket(4, unread=True, wait_s=(60, 180)),
    ticket(5, priority=3, kind="callback", promised=NOW - timedelta(minutes=1), phone="+37129123456"),
    ticket(6, "on_hold", operator="olga", operator_name="Olga"),
]
CALLS = [booked(number, days, preferred="Olga") for days, number in enumerate(range(11, 16), 1)]
HIT = wire.HitShown(
    kind="article",
    title="Terms",
    locale="en",
    snippet="We deliver everywhere",
    text="We deliver everywhere.",
    html="<p>We deliver <b>everywhere</b>.</p>",
    internal=False,
)
REPLIES = wire.Replies(id="", replies=(wire.ReplyShown(name="hello", text="Hello! My name is Anna."),))
PAST = made(
    wire.PastShown,
    number=9,
    closed=ago(9000),
    kind="callback",
    skill="Delivery",
    operator_name="Olga",
    reason="no_answer",
    result="busy",
    question="Where?",
)
REFUSED = Failure(code="unsupported", message="Free on the customer's clock: 2026-05-05 10:30.", id="")


class ToldDesk:
    """A desk in a page. `answers` are what it is told when it asks, by the frame's type; else all is well."""

    def __init__(self, page):
        self.page, self.sent, self.answers, self.ids, self.socket = page, [], {}, {}, None
        self.came = asyncio.Event()

    @classmethod
    async def open(cls, people, frontline, first=None, **options):
        made = cls(None)
        made.first = first or snapshot()
        made.page = await people.page("about:blank", locale="en-GB", **options)
        await made.page.route_web_socket("**/ws/desk", made._serve)
        await made.page.goto(f"{frontline.url}/desk")
        await expect(made.page.locator("#presence button").first).to_be_visible()
        return made

    def _serve(self, socket):
        self.socket = socket
        socket.on_message(self._asked)
        self.tell(self.first)

    def tell(self, *frames):
        for frame in frames:
            self.first = frame if isinstance(frame, wire.Snapshot) else self.first
            self.socket.send(frame.model_dump_json())

    def _asked(self, raw):
        frame = json.loads(raw)
        id_ = frame.pop("id", None)
        self.sent.append(frame)
        self.ids[frame["type"]] = id_
        self.came.set()
        answer = self.answers.get(frame["type"], [wire.Okay(id="")])
        for each in answer(frame) if callable(answer) else answer:
            given = each.model_copy(update={"id": id_}) if "id" in type(each).model_fields else each
            self.tell(given)

    def shows(self, *talks):
        """What each talk is when it is opened."""
        known = {each.conversation: each for each in talks}
        self.answers["open"] = lambda frame: [known[frame["conversation"]], wire.Okay(id="")]

    async def open_talk(self, of):
        await self.page.locator(f"[data-key=t{of.number}]").click()
        await expect(self.page.locator("#talk h2")).to_have_text(of.customer)

    async def until(self, kind):
        """The last frame of this kind that the page has sent; waits for it."""
        async with asyncio.timeout(10):
            while True:
                found = [each for each in self.sent if each["type"] == kind]
                if found:
                    return found[-1]
                self.came.clear()
                await self.came.wait()

    async def focuses(self, key, why=None):
        await expect(self.page.locator(f"[data-key={key}]"), why).to_be_focused()


def answering(desk):
    desk.shows(*[talk(each, words()) for each in [*TICKETS, *CALLS]])
    desk.answers |= {
        "find": [wire.Found(id="", hits=(HIT, HIT.model_copy(update={"internal": True})))],
        "canned": [REPLIES],
        "history": [wire.HistoryShown(id="", past=(PAST,), more=True)],
        "promise": [REFUSED],
    }


async def at_desk(people, frontline, *tickets, **options):
    """The desk with these tickets, or with one of each sort."""
    desk = await ToldDesk.open(people, frontline, snapshot(tickets or TICKETS), **options)
    answering(desk)
    return desk
