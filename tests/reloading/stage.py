"""The stage of the reloading tests: a real service on a real store, the real watchman in a process of its own."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.dialog.acts import Act, Done, Outcome, Pressed, Sender, Wrote
from bot.dialog.content import Served
from bot.dialog.messages import Message
from bot.dialog.orders import Notice
from bot.dialog.records import Published
from bot.dialog.service import DialogService
from bot.dialog.tools import Tools
from bot.observe import Figures
from bot.reloading import Reloader
from bot.settings import Settings
from bot.storage.storage import Storage
from bot.workspace.loading import load
from handoff.ticket import Ticket
from tests.patience import PATIENCE
from tests.reloading.workspaces import make

VENUE = "group:desk"
MARK = re.compile(r"v(\d+)|_(\d+)")


def marks(text: object) -> set[int]:
    """The marks of versions that the text carries."""
    return {int(one or other) for one, other in MARK.findall(str(text))}


@dataclass
class Stage:
    """A running service whose content follows a folder."""

    folder: Path
    served: Served
    service: DialogService
    storage: Storage
    figures: Figures
    reloader: Reloader
    tasks: asyncio.TaskGroup
    running: list[asyncio.Task[Any]]
    renewed: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: Any = field(default_factory=count)

    @property
    def file(self) -> Path:
        return self.folder / "intents/talk.yaml"

    @property
    def mark(self) -> int:
        """Of the version that is served."""
        (mark,) = marks(" ".join(self.served.content.intents.intents))
        return mark

    def publish(self, published: Published) -> None:
        if published.content:
            self.renewed.set()

    def start(self) -> None:
        """Begin to follow the folder."""
        self.running.append(self.tasks.create_task(self.reloader.run()))

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until it holds; it is looked at whenever the content is renewed."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.renewed.clear()
                await self.renewed.wait()

    async def do(self, act: Act) -> Outcome:
        return await self.service.do(act)

    async def ask(self, who: str, text: str) -> Outcome:
        """One question of a customer."""
        sender = Sender("widget", who, conversation=who)
        return await self.do(Wrote(sender, f"{who}-{next(self.numbers)}", text, datetime.now(UTC)))

    async def press(self, who: str, button: str) -> Outcome:
        """A button under the last message."""
        sender = Sender("widget", who, conversation=who)
        return await self.do(Pressed(sender, f"{who}-{next(self.numbers)}", button))

    async def said(self, who: str) -> list[Message]:
        """The whole talk."""
        async with self.storage.work.read() as tx:
            return await tx.messages(who, 0, 100_000)

    async def answer(self, outcome: Outcome, who: str) -> Message:
        """What the bot said to the question."""
        assert isinstance(outcome, Done)
        assert outcome.seq is not None
        async with self.storage.work.read() as tx:
            found = await tx.message(who, outcome.seq + 1)
        assert found is not None
        return found

    async def tickets(self) -> list[Ticket]:
        async with self.storage.work.read() as tx:
            return await tx.open_tickets()

    async def notices(self) -> list[Notice]:
        """What the supervisors are to be told, in order."""
        orders = await self.storage.outbox.head(VENUE, datetime.now(UTC), 9999)
        return [each.order for each in orders if isinstance(each.order, Notice)]

    async def noticed(self, condition: Callable[[list[Notice]], object]) -> list[Notice]:
        """Wait until what they are told is so."""
        async with asyncio.timeout(PATIENCE):
            while not condition(found := await self.notices()):
                await asyncio.sleep(0.01)
        return found

    async def ticketed(self, condition: Callable[[list[Ticket]], object]) -> None:
        """Wait until the open tickets are so."""
        async with asyncio.timeout(PATIENCE):
            while not condition(await self.tickets()):
                await asyncio.sleep(0.01)

    async def eventually(self, condition: Callable[[], object]) -> None:
        """Wait until it holds, whatever makes it so."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.01)

    def reloads(self, result: str) -> int:
        """How many saves had this result."""
        return int(self.figures.registry.get_sample_value("frontline_content_reloads_total", {"result": result}) or 0)


@contextlib.asynccontextmanager
async def stage(folder: Path, *, pace: float = 0.0, **settings: Any) -> AsyncIterator[Stage]:
    """A stage in this empty folder; nothing is watched before `start`."""
    workspace = settings.pop("workspace", None) or make(folder / "workspace")
    settings = {"workspace": workspace, "cache": folder / "cache", "watch": "on", **settings}
    chosen = Settings(_env_file=None, **settings)
    ids = count()
    async with Storage.open(f"sqlite+aiosqlite:///{folder}/frontline.db") as storage:
        await storage.upgrade()
        served = Served(load(chosen.workspace, chosen.cache))
        tools = Tools(lambda: f"id-{next(ids)}", lambda _desk, _skill: VENUE)
        service = DialogService(storage.work, served, lambda: datetime.now(UTC), tools)
        figures = Figures()
        async with asyncio.TaskGroup() as tasks:
            reloader = Reloader(chosen, served, service, figures, pace)
            running = [tasks.create_task(service.run())]
            made = Stage(workspace, served, service, storage, figures, reloader, tasks, running)
            service.attend(made)
            try:
                yield made
            finally:
                for task in running:
                    task.cancel()
