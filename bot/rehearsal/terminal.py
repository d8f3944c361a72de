"""A live dialogue in the terminal: the real service, a temporary store, the person at the keyboard."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.dialog.acts import Act, Pressed, Refused, Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.messages import AuthorKind, Button, Message
from bot.rehearsal.explaining import Standing, explained
from bot.rehearsal.stage import Stage, open_stage

PROMPT = "> "
ME = "you"


def converse(content: Content, locale: str, *, explain: bool) -> None:
    """Talk until the input ends."""
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        asyncio.run(_converse(content, Path(folder) / "chat.db", locale, explain=explain))


async def _converse(content: Content, database: Path, locale: str, *, explain: bool) -> None:
    async with open_stage(content, database, datetime.now(UTC)) as stage:
        terminal = Terminal(stage, Sender("widget", ME, language=locale, conversation=ME), explain=explain)
        while line := await asyncio.to_thread(_asked):
            await stage.move(datetime.now(UTC))
            await terminal.hear(line)


def _asked() -> str:
    sys.stdout.write(PROMPT)
    sys.stdout.flush()
    return sys.stdin.readline().strip()


class Terminal:
    """What is typed becomes acts; what is answered is printed, its buttons with numbers."""

    def __init__(self, stage: Stage, sender: Sender, *, explain: bool) -> None:
        self._stage, self._sender, self._explain = stage, sender, explain
        self._buttons: Sequence[Button] = ()
        self._seen = 0
        self._count = 0

    async def hear(self, line: str) -> None:
        """One line: a button's number, or a message."""
        self._count += 1
        button = self._button(line)
        if self._explain and button is None:
            await self._reason(line)
        outcome = await self._stage.do(self._act(line, button, f"line-{self._count}"))
        if isinstance(outcome, Refused):
            _print(f"! {outcome.text}")
        await self._show()

    def _button(self, line: str) -> Button | None:
        """The button that the line is the number of."""
        number = int(line) if line.isdigit() else 0
        return self._buttons[number - 1] if 0 < number <= len(self._buttons) else None

    def _act(self, line: str, button: Button | None, key: str) -> Act:
        if button is not None:
            return Pressed(self._sender, key, button.id)
        return Wrote(self._sender, key, line, self._stage.now)

    async def _show(self) -> None:
        async with self._stage.read() as tx:
            messages = await tx.messages(ME, self._seen)
        told = [each for each in messages if each.author.kind is not AuthorKind.CUSTOMER]
        for message in told:
            _print(_with_name(message))
        self._seen = messages[-1].seq if messages else self._seen
        if told:
            self._buttons = [each for each in told[-1].buttons if each.url is None]
            for number, button in enumerate(self._buttons, 1):
                _print(f"   {number}. {button.label}")
            for button in told[-1].buttons:
                if button.url is not None:
                    _print(f"   -  {button.label}: {button.url}")

    async def _reason(self, line: str) -> None:
        """Before the words are handed in, since they change where the conversation stands."""
        content, sender = self._stage.content, self._sender
        async with self._stage.read() as tx:
            found = await tx.conversations([(sender.channel, sender.address)])
        standing = Standing.of(found[0] if found else None, content.desk.locale_of(sender.language))
        for text in explained(line, standing, content):
            _print(f"   | {text}".rstrip())


def _with_name(message: Message) -> str:
    return f"{message.author.name or message.author.kind.value}: {message.text}"


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
