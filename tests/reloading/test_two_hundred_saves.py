"""Two hundred saves, good and bad, while people talk: every question is answered by one version that was whole."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from bot.dialog.acts import Done
from bot.dialog.messages import AuthorKind, Message
from bot.workspace.places import places
from tests.reloading.stage import Stage, marks, stage
from tests.reloading.workspaces import QUESTION, faulty, intents, save

SAVES = 200
CUSTOMERS = 6


@dataclass
class Admin:
    """Saves, and knows what became of it."""

    stage: Stage
    random: Random
    good: set[int] = field(default_factory=lambda: {0})
    stood: int = 0  # bad saves that were the last for a while
    saves: int = 0

    async def works(self) -> None:
        """Bursts of saves; each burst is waited for."""
        while self.saves < SAVES:
            for _ in range(self.random.choice((1, 1, 2, 3, 6))):
                self.saves += 1
                if bad := self.random.random() < 0.4:
                    save(self.stage.file, faulty(self.saves, self.random), self.random)
                else:
                    save(self.stage.file, intents(self.saves).encode(), self.random)
                    self.good.add(self.saves)
            await (self._refused() if bad else self._live())

    async def _live(self) -> None:
        await self.stage.until(lambda: self.stage.mark == self.saves)
        assert not self.stage.served.faults

    async def _refused(self) -> None:
        version = self._version()
        await self.stage.until(lambda: self.stage.reloader.refused == version)
        assert self.stage.served.faults
        assert self.stage.mark in self.good
        self.stood += 1

    def _version(self) -> str:
        return places(self.stage.folder).version()


@dataclass
class Customer:
    """Asks and asks; remembers what was live when each question was handed in."""

    stage: Stage
    name: str
    random: Random
    asked: list[tuple[int, int]] = field(default_factory=list)  # (seq, the mark that was live)

    async def talks(self, over: asyncio.Event) -> None:
        while not over.is_set():
            live = self.stage.mark
            outcome = await self.stage.ask(self.name, QUESTION)
            assert isinstance(outcome, Done)
            assert outcome.seq is not None
            self.asked.append((outcome.seq, live))
            await asyncio.sleep(self.random.random() * 0.03)  # people think


def judged(customer: Customer, talk: list[Message], good: set[int]) -> int:
    """Each question was kept, and answered once, whole, by a good version that was not out of date; how many."""
    asked = dict(customer.asked)
    assert [each.seq for each in talk] == list(range(1, len(talk) + 1))
    assert [each.seq for each in talk if each.author.kind is AuthorKind.CUSTOMER] == sorted(asked)
    for question, live in asked.items():
        answer = talk[question]
        said = marks(answer.text) | marks([each.id for each in answer.buttons])
        said |= marks([each.label for each in answer.buttons])
        assert answer.author.kind is AuthorKind.BOT
        assert len(said) == 1, f"{answer.text} with {answer.buttons} is of two versions"
        assert said <= good, f"{answer.text} was never good"
        assert said >= {max(said | {live})}, f"{answer.text} was out of date"
    assert len(talk) == 2 * len(asked)
    return len(asked)


@pytest.mark.timeout(180)
async def test_every_question_is_answered_by_one_version_that_was_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    random = Random(20261)
    async with stage(tmp_path) as s:
        s.start()
        admin, over = Admin(s, random), asyncio.Event()
        customers = [Customer(s, f"c{number}", random) for number in range(CUSTOMERS)]
        async with asyncio.TaskGroup() as people:
            for customer in customers:
                people.create_task(customer.talks(over))
            await admin.works()
            over.set()
        count = sum([judged(each, await s.said(each.name), admin.good) for each in customers])
        assert count > SAVES
        assert s.reloads("bad") >= admin.stood > 0
        faults = [each for each in caplog.messages if "/intents" in each and ": error: " in each]
        assert len(faults) >= admin.stood
        save(s.file, intents(999).encode(), random)
        await s.until(lambda: s.mark == 999)
        assert (await s.noticed(lambda told: told and told[-1].over))[0].text
