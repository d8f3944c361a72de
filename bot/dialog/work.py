"""The work of one batch: everything that was read, everything that will be written, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.dialog import ringing
from bot.dialog.acts import Sender
from bot.dialog.addresses import Addresses
from bot.dialog.content import Content, manned
from bot.dialog.conversation import Conversation
from bot.dialog.errors import ForgottenError, NoSuchTicketError, RefusedError
from bot.dialog.lines import Lines
from bot.dialog.messages import Message, Ref
from bot.dialog.orders import Order
from bot.dialog.ports import Transaction
from bot.dialog.questions import Question
from bot.dialog.records import Changes, Duty, Seat, Staff, duties_of, standing
from bot.dialog.scene import Scene
from bot.dialog.tools import Tools
from handoff.operators import Standing
from handoff.roster import Roster
from handoff.ticket import Entry, Ticket, TicketEvent, opened, transition
from intents.ranking import Ranking


class Work:
    """Reads are remembered, so that one batch sees its own changes; nothing is written before `save`."""

    def __init__(self, tx: Transaction, content: Content, tools: Tools, now: datetime) -> None:
        self.tx, self.content, self.tools, self.now = tx, content, tools, now
        self.changes = Changes()
        self.answers_in: dict[str, str] = {}  # the language that the operator who acts reads now
        self.floor_touched, self._next_number = False, 0
        self._scenes: dict[str, Scene] = {}
        self._addresses = Addresses()
        self._tickets: dict[int, Ticket] = {}
        self._read: dict[int, Ticket | None] = {}  # as they were before this batch; None: they were not
        self._duties: dict[str, Duty] | None = None
        self._loads: Mapping[str, int] = {}  # as they were before this batch
        self._seqs: dict[tuple[str, str], int | None] = {}
        self._rankings: dict[tuple[str, str], Ranking] = {}
        self.lines = Lines(self)

    async def save(self) -> Changes:
        """Have everything written at the end, which raises ConflictError when somebody else was faster."""
        for scene in self._scenes.values():
            if scene.changed:
                self.changes.conversations[scene.id] = (scene.conversation, scene.new)
        await self.tx.save(self.changes)
        return self.changes

    # conversations

    async def preload(self, senders: Iterable[Sender]) -> None:
        """Read the conversations of all these senders and their open tickets at once."""
        missing = self._addresses.unknown(senders)
        if missing:
            found = await self.tx.conversations(missing)
            self._addresses.learn(found)
            await self._stage(found)

    def known(self, sender: Sender) -> Conversation | None:
        """The sender's conversation, if it was read."""
        known = self._scenes.get(self._addresses.of(sender) or "")
        return known.conversation if known is not None else None

    async def scene_of(self, sender: Sender) -> Scene:
        """The sender's conversation; a new one begins now. Raises ForgottenError for one that was erased."""
        await self.preload([sender])
        known = self._addresses.of(sender)
        if known in self._scenes:
            return self._scenes[known]
        if known is not None:
            raise ForgottenError
        name, locale = sender.conversation or self.tools.make_id(), self.content.desk.locale_of(sender.language)
        new = Conversation(name, sender.channel, sender.address, self.now, self.now, locale=locale)
        self._addresses.learn([new])
        self._scenes[new.id] = Scene(self, new, new=True)
        return self._scenes[new.id]

    def continue_in(self, scene: Scene, chat: str) -> None:
        """Who writes in this chat speaks in this conversation from now on."""
        scene.set(continued=chat)
        self._scenes[scene.id] = self._scenes.pop(scene.id)  # saved after the one that gives the chat up
        self._addresses.learn([scene.conversation])

    async def scene(self, conversation: str) -> Scene:
        """The conversation with this id. Raises RefusedError when there is none."""
        if not await self.scenes([conversation]):
            raise RefusedError("not_found", f"There is no conversation {conversation}.")
        return self._scenes[conversation]

    async def scenes(self, conversations: Iterable[str]) -> list[Scene]:
        """Many at once; those that exist."""
        missing = set(conversations) - self._scenes.keys()
        await self._stage(await self.tx.conversations_by_id(sorted(missing)))
        return [self._scenes[each] for each in dict.fromkeys(conversations) if each in self._scenes]

    async def _stage(self, found: list[Conversation]) -> None:
        new = [each for each in found if each.id not in self._scenes and not each.forgotten]
        self._scenes |= {each.id: Scene(self, each) for each in new}
        if new:
            self._remember(await self.tx.tickets_of([each.id for each in new]))

    # tickets

    def tickets_of(self, conversation: str) -> list[Ticket]:
        """The open tickets of a conversation whose scene was read, oldest first."""
        mine = (each for each in self._tickets.values() if each.conversation == conversation and each.open)
        return sorted(mine, key=lambda each: each.number)

    async def come_to_desk(self, numbers: Iterable[int]) -> None:
        """Read at once who works here and these tickets, with their scenes; nothing was read before."""
        staff, conversations, tickets = await self.tx.staff_with_tickets(sorted(numbers))
        self._meet(staff)
        self._stage_tickets(conversations, tickets)

    def _stage_tickets(self, conversations: Iterable[Conversation], tickets: Iterable[Ticket]) -> None:
        self._scenes |= {each.id: Scene(self, each) for each in conversations if each.id not in self._scenes}
        self._remember(tickets)

    async def ticket(self, number: int) -> Ticket:
        """One ticket, with its scene. Raises NoSuchTicketError when there is none."""
        if number not in self._tickets:
            self._stage_tickets(*await self.tx.with_tickets([number]))
        if number not in self._tickets:
            raise NoSuchTicketError(number)
        await self.scene(self._tickets[number].conversation)
        return self._tickets[number]

    async def whole_desk(self) -> list[Ticket]:
        """Every open ticket; for those who cannot do with less."""
        self._remember([*await self.tx.open_tickets(), *await self.tx.scheduled()])
        return [each for each in self.seen() if each.open]

    async def new_number(self) -> int:
        """A number for a new ticket."""
        self._next_number = self._next_number + 1 if self._next_number else await self.tx.next_ticket()
        return self._next_number

    def add_ticket(self, ticket: Ticket) -> Ticket:
        """A new ticket, with the first row of its log."""
        self._tickets[ticket.number] = ticket
        self._read[ticket.number] = None
        self.changes.tickets[ticket.number] = (ticket, None)
        self.changes.entries.append(opened(ticket, self.now))
        self.changes.alarms |= ringing.changed(None, ticket, self.content.desk, self.now)
        self.floor_touched = True
        return ticket

    def move(self, ticket: Ticket, event: TicketEvent, actor: str) -> Ticket:
        """The ticket after the event, logged and kept. Raises what `transition` raises, and then nothing changed."""
        after, entry = transition(self._tickets[ticket.number], event, self.now, actor)
        self.changes.alarms |= ringing.changed(self._tickets[ticket.number], after, self.content.desk, self.now)
        self._tickets[after.number] = after
        read = self._read[after.number]
        self.changes.tickets[after.number] = (after, None if read is None else read.version)
        self.changes.entries.append(entry)
        self.floor_touched = True
        return after

    def seen(self) -> list[Ticket]:
        """Every ticket that this batch has read or made, as it is now."""
        return [*self._tickets.values()]

    def changed(self) -> list[tuple[Ticket | None, Ticket]]:
        """The tickets that this batch has changed: as they were read (None: it is new), and as they are now."""
        return [(self._read[number], self._tickets[number]) for number in self.changes.tickets]

    def recall(self, read: Sequence[Ticket]) -> list[Ticket]:
        """These as they are now, and whatever else this batch has changed."""
        self._remember(read)
        return [self._tickets[number] for number in sorted({each.number for each in read} | {*self.changes.tickets})]

    def log(self, entry: Entry) -> None:
        """A row of the event log that changes no state (a rating)."""
        self.changes.entries.append(entry)

    def _remember(self, tickets: Iterable[Ticket]) -> None:
        for each in tickets:
            if each.number not in self._tickets:
                self._tickets[each.number] = self._read[each.number] = each

    # operators

    async def duties(self) -> dict[str, Duty]:
        """What is kept of each operator, who was never seen being offline; from here on the roster is the newest."""
        if self._duties is None:
            self._meet(await self.tx.staff())
        return self._duties or {}

    def _meet(self, staff: Staff) -> None:
        self._loads = staff.loads
        self._man(staff.roster, {each.operator: each for each in staff.duties})

    def _man(self, roster: Roster, kept: Mapping[str, Duty]) -> None:
        self.content = manned(self.content, roster)
        self._duties = duties_of(self.content.desk.operators, kept, self.now)

    async def keep_roster(self, roster: Roster) -> None:
        """Who works here has changed; the floor is served by it at once."""
        self._man(roster, await self.duties())
        self.changes.roster = roster
        self.floor_touched = True

    async def duty(self, operator: str) -> Duty:
        """Of one operator. Raises RefusedError for a stranger."""
        duties = await self.duties()
        if operator not in duties:
            text = self.content.phrases.say(self.content.desk.default_locale, "op_stranger")
            raise RefusedError("unauthorized", text)
        return duties[operator]

    async def keep_duty(self, duty: Duty) -> None:
        """The operator's presence or idleness changed."""
        (await self.duties())[duty.operator] = duty
        self.changes.duties[duty.operator] = duty
        self.floor_touched = True

    async def team(self) -> list[Standing]:
        """Everybody, with what they have on their hands."""
        duties = await self.duties()
        loads, operators = self.lines.loads(self._loads), self.content.desk.operators
        return [standing(operators[who], duty, loads.get(who, 0), self.now) for who, duty in duties.items()]

    async def idle_from_now(self, operator: str) -> None:
        """The operator got or finished work."""
        await self.keep_duty(replace(await self.duty(operator), idle_since=self.now))

    # what else is written

    def venue(self, skill: str) -> str | None:
        """Where the skill's operators sit, by the desk of this batch; None when there is no such venue."""
        return self.tools.operators_venue(self.content.desk, skill)

    def order(self, destination: str | None, order: Order) -> None:
        """An order for the outbox; none when there is no such venue."""
        if destination is not None:
            self.changes.orders.append((destination, order))

    def ring(self, kind: str, subject: object, due: datetime) -> None:
        """Set or move an alarm."""
        self.changes.alarms[(kind, str(subject))] = due

    def hush(self, kind: str, subject: object) -> None:
        """Clear an alarm."""
        self.changes.alarms[(kind, str(subject))] = None

    def remember(self, conversation: str, question: Question) -> None:
        """What has become of a question."""
        self.changes.questions[(conversation, question.seq)] = question

    async def seats(self, skill: str, start: datetime, end: datetime) -> list[Seat]:
        """The seats taken in [start, end), those of this batch included and those it freed left out."""
        freed = set(self.changes.seats_freed)
        kept = [each for each in await self.tx.seats(skill, start, end) if each.ticket not in freed]
        mine = (each for each in self.changes.seats_taken if each.skill == skill and start <= each.start < end)
        return [*kept, *mine]

    def free_seat(self, ticket: int) -> None:
        """The ticket needs its seat no more, be it stored or taken in this batch."""
        self.changes.seats_freed.append(ticket)
        self.changes.seats_taken = [each for each in self.changes.seats_taken if each.ticket != ticket]

    # messages that are known already, and what texts mean

    async def preload_keys(self, keys: Iterable[tuple[str, str]]) -> None:
        """Read at once which of these (conversation, key) are stored already."""
        wanted = set(keys) - self._seqs.keys()
        if wanted:
            found = await self.tx.seqs_of(sorted(wanted))
            self._seqs.update({key: found.get(key) for key in wanted})

    async def seq_of(self, conversation: str, key: str) -> int | None:
        """The `seq` of the message with this key, if it was stored before."""
        if (conversation, key) not in self._seqs:
            await self.preload_keys([(conversation, key)])
        return self._seqs[(conversation, key)]

    def add_message(self, message: Message) -> None:
        """A message said in this batch."""
        self.changes.messages.append(message)
        if message.key is not None:
            self._seqs[(message.conversation, message.key)] = message.seq

    async def seq_at(self, ref: Ref | None, conversation: str) -> int | None:
        """The `seq` of the conversation's message that stands there."""
        if ref is None:
            return None
        found = (await self.tx.find([ref])).get(ref)
        return found[1] if found and found[0] == conversation else None

    def prerank(self, queries: Sequence[tuple[str, str]]) -> None:
        """Rank many texts at once; `rank` then finds them."""
        self._rankings.update(zip(queries, self.content.ranker.rank_many(queries), strict=True))

    def rank(self, text: str, locale: str) -> Ranking:
        """What the text means."""
        return self._rankings.get((text, locale)) or self.content.ranker.rank(text, locale)
