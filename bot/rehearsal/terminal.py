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
from bot.rehearsal.stage import Stage, open_stage
from intents.ranking import Ranking

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
        outcome = await self._stage.do(self._act(line, f"line-{self._count}"))
        if isinstance(outcome, Refused):
            _print(f"! {outcome.text}")
        await self._show()

    def _act(self, line: str, key: str) -> Act:
        if line.isdigit() and 0 < int(line) <= len(self._buttons):
            return Pressed(self._sender, key, self._buttons[int(line) - 1].id)
        if self._explain:
            self._reason(line)
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

    def _reason(self, line: str) -> None:
        content = self._stage.content
        ranking = content.ranker.rank(line, self._sender.language or content.desk.default_locale, explain=True)
        for text in explained(ranking, content):
            _print(f"   | {text}")


def explained(ranking: Ranking, content: Content) -> list[str]:
    """The ranking for people: what was read, the candidates with every stage's vote, and what they suffice for."""
    limits = content.thresholds
    lines = [f"language {ranking.language or 'unclear'}, settled by {ranking.stage}"]
    if ranking.understood_as:
        lines.append(f'read as "{ranking.understood_as}"')
    for candidate in ranking.candidates:
        votes = ", ".join(
            f"{stage} {vote.score:.2f}"
            for stage, opinion in ranking.votes.items()
            for vote in opinion
            if vote.intent == candidate.intent
        )
        lines.append(f"{candidate.score:.3f} {candidate.intent} ({votes})")
    second = ranking.candidates[1].score if len(ranking.candidates) > 1 else 0.0
    if ranking.best >= limits.answer and ranking.best - second >= limits.gap:
        lines.append(f"sure: at least {limits.answer} and {limits.gap} ahead")
    elif ranking.best >= limits.clarify:
        lines.append(f"unsure: at least {limits.clarify}, so it is asked what was meant")
    else:
        lines.append(f"nothing fits: below {limits.clarify}")
    return lines


def _with_name(message: Message) -> str:
    return f"{message.author.name or message.author.kind.value}: {message.text}"


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
