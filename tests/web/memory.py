"""A small dialog that stores, echoes and publishes, as the real one would."""

from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

from bot.dialog import acts, operator_acts
from bot.dialog.conversation import Conversation, Mode, Shown
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.messages import Author, AuthorKind, Message
from bot.dialog.records import Duty, Published, Staff
from bot.workspace.knowledge import words
from bot.workspace.phrases import load_phrases
from handoff.desk import Desk, Operator, Skill
from handoff.hours import Hours
from handoff.operators import Presence
from handoff.queue import in_line, ordered
from handoff.roster import NOBODY_CHANGED
from handoff.ticket import Kind, Scheduled, Ticket
from intents.ranking import Ranking
from kb.catalogue import Catalogue
from kb.library import Library

PHRASES = load_phrases(None)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
BOT = Author(AuthorKind.BOT)
ANNA = Author(AuthorKind.OPERATOR, "Анна")

DESK = Desk(
    timezone="Europe/Riga",
    locales=("ru", "en", "lv"),
    skills={"general": Skill("general", {"ru": "Общие вопросы", "en": "General"}, Hours("Europe/Riga", {}))},
    operators={
        "anna": Operator("anna", {"ru": "Анна", "en": "Anna"}, skills={"general": 1.0}, locales=("ru", "en")),
        "olga": Operator("olga", {"ru": "Ольга", "en": "Olga"}, skills={"general": 1.0}, locales=("en",)),
    },
)


class Memory:
    """The store, the service and the keep in one: everything is a dictionary."""

    def __init__(self):
        self.now = NOW
        self.conversations_kept = {}
        self.messages_kept = {}
        self.tickets = []
        self.duties_kept = {}
        self.notes_kept = {}
        self.kept = {}
        self.acts = []
        self.down = False
        self.deaf = False  # publishing is lossy by design
        self.answers = {}
        self.refusals = {}
        self.audience = None
        self.desk = DESK
        self.library = Library(Catalogue(), "ru", words)
        self.phrases = PHRASES
        self.faults = ()
        self.logged = []
        self.past = []
        self.replies = {}
        self.gone = set()

    # the store

    @asynccontextmanager
    async def read(self):
        if self.down:
            raise StoreUnavailableError("it sleeps")
        yield self

    async def conversations_by_id(self, ids):
        return [self.conversations_kept[each] for each in ids if each in self.conversations_kept]

    async def forgotten(self, ids):
        return self.gone & set(ids)

    def forget(self, conversation):
        self.gone.add(conversation)
        del self.conversations_kept[conversation], self.messages_kept[conversation]

    async def message(self, conversation, seq):
        return next((each for each in self.messages_kept.get(conversation, []) if each.seq == seq), None)

    async def messages(self, conversation, after=0, limit=500):
        return [each for each in self.messages_kept.get(conversation, []) if each.seq > after][:limit]

    async def ticket(self, number):
        return next((each for each in self.tickets if each.number == number), None)

    async def tickets_of(self, conversations):
        return [each for each in self.tickets if each.open and each.conversation in set(conversations)]

    async def last_closed(self, conversation):
        return None

    async def log(self, ticket):
        return [each for each in self.logged if each.ticket == ticket]

    async def log_since(self, moment):
        return [each for each in self.logged if each.at >= moment]

    async def history(self, conversation, skip, limit):
        return self.past[skip : skip + limit]

    async def duties(self):
        return list(self.duties_kept.values())

    async def staff(self):
        loads = Counter(each.operator for each in self.tickets if each.operator)
        return Staff(await self.duties(), NOBODY_CHANGED, loads)

    async def lengths(self):
        line = [each for each in self.tickets if in_line(each)]
        return {each.skill: (sum(other.skill == each.skill for other in line), each.asked) for each in line}

    async def firsts(self, skills, now, ageing, limit):
        line = ordered(filter(in_line, self.tickets), self.desk.routing, now)
        return [each for skill in skills for each in [one for one in line if one.skill == skill][:limit]]

    async def booked(self, limit):
        found = [each for each in self.tickets if isinstance(each.state, Scheduled)]
        first = [each for each in found if sum(one.skill == each.skill for one in found[: found.index(each)]) < limit]
        return first, Counter(each.skill for each in found)

    async def held(self):
        return [each for each in self.tickets if each.operator]

    async def notes(self, conversation):
        return self.notes_kept.get(conversation, [])

    # the keep

    async def get(self, name):
        return self.kept.get(name)

    async def put_once(self, name, value):
        return self.kept.setdefault(name, value) is value

    # the service

    async def do(self, act):
        if self.down:
            raise StoreUnavailableError("it sleeps")
        self.acts.append(act)
        match act:
            case acts.Wrote():
                return self._wrote(act.sender, act.key, act.text, act.attachments)
            case acts.Pressed():
                return self._wrote(act.sender, act.key, f"[{act.button}]")
            case operator_acts.Say():
                said = self.say(act.conversation, ANNA, act.text, key=act.key, attachments=act.attachments)
                return acts.Done(said.seq)
            case operator_acts.Note():
                self.notes_kept.setdefault(act.conversation, []).append((self.now, act.operator, act.text))
            case operator_acts.Declare():
                self.duties_kept[act.operator] = Duty(act.operator, act.presence, self.now, self.now, act.until)
                self.publish(Published(desk=True))
            case acts.Read() if act.seq > 900:
                raise ValueError(act.seq)
        return acts.Done()

    def typing(self, conversation, author):
        self.publish(Published(typing=((conversation, author),)))

    def publish(self, published):
        if self.audience and not self.deaf:
            self.audience.publish(published)

    def _wrote(self, sender, key, text, attachments=()):
        if sender.conversation in self.gone:
            return acts.Refused("unauthorized", "This conversation was erased.")
        if text in self.refusals:
            return self.refusals[text]
        if text == "boom":
            raise ValueError(text)
        self.conversation(sender)
        for known in self.messages_kept[sender.conversation]:
            if known.key == key:
                return acts.Done(known.seq, repeated=True)
        mine = self.say(
            sender.conversation, Author(AuthorKind.CUSTOMER, sender.name), text, key=key, attachments=attachments
        )
        if text in self.answers:
            self.say(sender.conversation, BOT, self.answers[text], markdown=self.answers[text])
        return acts.Done(mine.seq)

    def conversation(self, sender):
        fresh = Conversation(sender.conversation, "widget", sender.address, self.now, self.now)
        known = self.conversations_kept.setdefault(sender.conversation, fresh)
        self.conversations_kept[sender.conversation] = replace(known, name=sender.name, zone=sender.zone)
        self.messages_kept.setdefault(sender.conversation, [])

    def say(self, conversation, author, text, **fields):
        said = self.messages_kept[conversation]
        message = Message(conversation, len(said) + 1, self.now, author, text, **fields)
        said.append(message)
        self.change(conversation, last_seq=message.seq)
        self.publish(Published(messages=(message,)))
        return message

    def edit(self, conversation, seq, **fields):
        said = self.messages_kept[conversation]
        said[seq - 1] = replace(said[seq - 1], edited=True, **fields)
        shown = self.conversations_kept[conversation].shown
        shown = replace(shown, edits=shown.edits + 1)
        self.change(conversation, shown=shown)
        self.publish(Published(edits=(said[seq - 1],), shown=((conversation, shown),)))

    def show(self, conversation, mode, **fields):
        shown = Shown(Mode(mode), **fields)
        self.change(conversation, shown=shown)
        self.publish(Published(shown=((conversation, shown),)))

    def change(self, conversation, **fields):
        self.conversations_kept[conversation] = replace(self.conversations_kept[conversation], **fields)

    def queue(self, conversation, number=1, **fields):
        ticket = Ticket(number, conversation, Kind.CHAT, "general", self.now, **fields)
        self.tickets = [each for each in self.tickets if each.number != number] + [ticket]
        self.publish(Published(desk=True))
        return ticket

    def declare(self, operator, presence="online"):
        self.duties_kept[operator] = Duty(operator, Presence(presence), self.now, self.now)

    def content(self):
        intents = SimpleNamespace(intents={}, forms={})
        return SimpleNamespace(
            desk=self.desk,
            intents=intents,
            library=self.library,
            ranker=SimpleNamespace(rank=lambda text, locale: Ranking(())),
            phrases=self.phrases,
            replies=self.replies,
            show_phone=str,
        )
