"""A scene: one conversation within a batch, with everything that is said in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.dialog.conversation import Awaiting, Conversation, Mode, Owner, Shown, Talk
from bot.dialog.messages import Attachment, Author, AuthorKind, Button, Entity, Message, Ref
from bot.dialog.orders import Announce, Order, RelayMessage, ShowFile, ShowMessage
from bot.dialog.records import Happening
from handoff.desk import titled
from handoff.ticket import Kind, Ticket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialog.content import Content
    from bot.dialog.work import Work

READS_BY_SEQ = "widget"  # a channel that reads the conversation itself needs no orders
TEXT_LIMIT = 4000  # the smaller of the channels' limits, see docs/protocol.md


class Scene:
    """What is said lands in the conversation, in order, and on its way to whoever must see it."""

    def __init__(self, work: Work, conversation: Conversation, *, new: bool = False) -> None:
        self.work, self.new, self.changed = work, new, new
        self.id, self.channel, self.address = conversation.id, conversation.channel, conversation.address
        self._conversation = conversation
        self._news: dict[str, Any] = {}  # changes since; a turn makes several, and one copy takes them all

    # reading

    @property
    def conversation(self) -> Conversation:
        """The conversation as it is now."""
        if self._news:
            self._conversation = replace(self._conversation, **self._news)
            self._news = {}
        return self._conversation

    def _now(self, field: str) -> Any:
        return self._news[field] if field in self._news else getattr(self._conversation, field)

    @property
    def content(self) -> Content:
        """The content that this batch uses."""
        return self.work.content

    @property
    def talk(self) -> Talk:
        """Where the bot's side of the talk stands."""
        talk: Talk = self._now("talk")
        return talk

    @property
    def shown(self) -> Shown:
        """The state as the customer was last shown it."""
        shown: Shown = self._now("shown")
        return shown

    @property
    def owner(self) -> Owner:
        """Whose the conversation is."""
        owner: Owner = self._now("owner")
        return owner

    @property
    def barred(self) -> bool:
        """Whether the operators hear the customer no more."""
        barred: bool = self._now("barred")
        return barred

    @property
    def last_seq(self) -> int:
        """That of the last message; 0 without one."""
        last_seq: int = self._now("last_seq")
        return last_seq

    @property
    def locale(self) -> str:
        """The language to speak: the customer's, as long as the desk has it."""
        return self.content.desk.locale_of(self._now("locale"))

    @property
    def zone(self) -> str:
        """The customer's zone, else the company's."""
        return self.conversation.zone or self.content.desk.timezone

    @property
    def destination(self) -> str | None:
        """The customer's chat that must be told what is said; None where they only read here."""
        if self.channel != READS_BY_SEQ:
            return f"{self.channel}:{self.address}"
        continued: str | None = self._now("continued")
        return continued

    @property
    def tickets(self) -> list[Ticket]:
        """The open tickets, oldest first."""
        return self.work.tickets_of(self.id)

    def ticket_of(self, kind: Kind) -> Ticket | None:
        """The open ticket of this kind, if there is one."""
        return next((each for each in self.tickets if each.kind is kind), None)

    @property
    def engaged(self) -> Ticket | None:
        """The ticket that an operator has now."""
        return next((each for each in self.tickets if each.engaged), None)

    async def recent(self, count: int) -> list[Message]:
        """The last messages, so many and those of this batch, oldest first."""
        stored = await self.work.tx.messages(self.id, max(0, self.last_seq - count), count)
        return [*stored, *(each for each in self.work.changes.messages if each.conversation == self.id)]

    def phrase(self, key: str, **params: object) -> str:
        """One of the bot's own texts in the customer's language."""
        return self.content.phrases.say(self.locale, key, **params)

    # changing

    def set(self, **changes: Any) -> None:
        """Change fields of the conversation."""
        self._news.update(changes)
        self.changed = True

    def set_talk(self, **changes: Any) -> None:
        """Change where the talk stands."""
        self.set(talk=replace(self.talk, **changes))

    def stop_waiting(self) -> None:
        """The next message is a question again."""
        self.set_talk(awaiting=Awaiting.NOTHING, subject=None, form=None)

    def settle(self) -> None:
        """Owner and mode follow from the tickets; called after each of their changes."""
        tickets = self.tickets
        engaged = self.engaged
        chat = self.ticket_of(Kind.CHAT)
        owner = Owner.OPERATOR if engaged or chat else Owner.BOT
        shown = self.shown
        operator = self.name_of(engaged.operator) if engaged and engaged.operator else None
        position, wait = (shown.position, shown.wait) if chat and not engaged else (None, None)
        if engaged:
            mode = Mode.ACTIVE
        elif chat:
            mode = Mode.QUEUED
        elif any(each.kind is Kind.CALLBACK for each in tickets):
            mode = Mode.SCHEDULED
        else:
            mode = Mode.CLOSED if not tickets and shown.mode is Mode.ACTIVE else Mode.BOT
        self.set(owner=owner, shown=replace(shown, mode=mode, operator=operator, position=position, wait=wait))

    def name_of(self, operator: str) -> str:
        """The operator's name for the customer."""
        who = self.content.desk.operators.get(operator)
        return titled(who.name, self.locale) if who else operator

    def author_of(self, operator: str) -> Author:
        """The operator as the customer sees them."""
        return Author(AuthorKind.OPERATOR, self.name_of(operator))

    # speaking

    def say(self, key: str, buttons: Sequence[Button] = (), **params: object) -> Message:
        """The bot says one of its phrases. Once a person is called it is silent: what must be said is a `note`."""
        if self.owner is Owner.OPERATOR:
            return self.note(key, buttons, **params)
        return self._add(Author(AuthorKind.BOT), self.phrase(key, **params), buttons=tuple(buttons))

    def note(self, key: str, buttons: Sequence[Button] = (), **params: object) -> Message:
        """A line about what happened (somebody continued, the place in the queue)."""
        return self._add(Author(AuthorKind.SYSTEM), self.phrase(key, **params), buttons=tuple(buttons))

    def hand(self, key: str, name: str, content: str) -> None:
        """A line with a small text file, for a chat that takes files."""
        message = self._add(Author(AuthorKind.SYSTEM), self.phrase(key), deliver=False)
        self.deliver(ShowFile(self.id, message.seq, name, content))

    def show(self, markdown: str, buttons: Sequence[Button] = ()) -> Message:
        """The bot shows a text of the admin's, in as many messages as the channel needs; buttons under the last."""
        *first, last = self.content.split(markdown, TEXT_LIMIT) or [markdown]
        for part in first:
            self._add(Author(AuthorKind.BOT), self.content.plain(part), markdown=part)
        return self._add(Author(AuthorKind.BOT), self.content.plain(last), markdown=last, buttons=tuple(buttons))

    def operator_says(self, said: Message) -> Message:
        """An operator's words; `said` brings author, text, marks and files, its `seq` is given here.

        Who answers has read what was said before, wherever they did so.
        """
        message = self._add(
            said.author,
            said.text,
            markdown=said.markdown,
            entities=said.entities,
            attachments=said.attachments,
            reply_to=said.reply_to,
            key=said.key,
        )
        self.set(operator_read_seq=message.seq)
        return message

    def hear(
        self,
        text: str,
        key: str,
        *,
        entities: tuple[Entity, ...] = (),
        attachments: tuple[Attachment, ...] = (),
        reply_to: int | None = None,
        relayed: bool = True,
    ) -> Message:
        """The customer's words; the operators' side sees them when it is theirs to see."""
        author = Author(AuthorKind.CUSTOMER, self._now("name"))
        message = self._add(
            author, text, entities=entities, attachments=attachments, reply_to=reply_to, key=key, deliver=False
        )
        self.set(touched=self.work.now)
        if relayed:
            self.tell_operators(RelayMessage(self.id, message.seq))
        return message

    def stands_at(self, message: Message, refs: Sequence[Ref]) -> None:
        """Remember where the message stands in a chat."""
        self.work.changes.refs.extend((ref, message.conversation, message.seq) for ref in refs)

    def edit(self, message: Message) -> None:
        """The message has changed."""
        self.work.changes.edits.append(replace(message, edited=True))
        self.set(shown=replace(self.shown, edits=self.shown.edits + 1))

    def deliver(self, order: Order) -> None:
        """An order to the customer's chat, where the channel needs one."""
        if not self._now("blocked"):
            self.work.order(self.destination, order)

    def tell_operators(self, order: Order) -> None:
        """An order to the group of each ticket, once a person is concerned: whoever talks may sit in another one."""
        concerned = (each.skill for each in self.tickets if each.state_name != "scheduled")
        for venue in dict.fromkeys(map(self.work.venue, concerned)):
            self.work.order(venue, order)

    def announce(self, key: str, **params: object) -> None:
        """A line of ours to the operators, in the desk's language."""
        self.tell_operators(Announce(self.id, self.remark(key, **params)))

    def remark(self, key: str, **params: object) -> str:
        """The same line, kept among the notes only."""
        text = self.content.phrases.say(self.content.desk.default_locale, key, **params)
        self.work.changes.notes.append((self.id, self.work.now, "", text))
        return text

    def happened(self, kind: str, intent: str | None = None, score: float | None = None, **detail: str) -> None:
        """For figures and learning."""
        happening = Happening(self.id, self.last_seq, self.work.now, kind, intent, score, detail)
        self.work.changes.happenings.append(happening)

    def _add(self, author: Author, text: str, *, deliver: bool = True, **fields: Any) -> Message:
        seq = self.last_seq + 1
        message = Message(self.id, seq, self.work.now, author, text, **fields)
        self.set(last_seq=seq)
        self.work.add_message(message)
        if deliver:
            self.deliver(ShowMessage(message.conversation, seq))
        return message
