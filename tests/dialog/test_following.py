"""What another process changes of the roster is served here, and the desk is swept."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.dialog.acts import Done, Swept
from bot.dialog.content import Served
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.following import Follower
from bot.dialog.records import Published
from handoff.roster import Member, Roster
from tests.dialog.shop import OPERATORS, SKILLS, content, desk

GONE = Roster({"anna": Member("anna", removed=True)})


class Database:
    """A store and a service in one: the roster that is kept, and what was asked for."""

    def __init__(self) -> None:
        self.kept = Roster()
        self.asked = []
        self.faults = []
        self.meanwhile = lambda: None
        self.looked = asyncio.Event()

    @asynccontextmanager
    async def read(self):
        self.looked.set()
        yield self

    async def roster(self):
        if self.faults:
            raise self.faults.pop()
        self.meanwhile()
        return self.kept

    async def do(self, act):
        if self.faults:
            raise self.faults.pop()
        self.asked.append(act)
        return Done()

    def renewed(self) -> None:
        self.asked.append("renewed")


@pytest.fixture
def served():
    return Served(content())


async def test_a_change_is_served_and_swept_once(served):
    database = Database()
    follower = Follower(database, served, database)
    await follower.look()
    assert database.asked == []
    database.kept = GONE
    await follower.look()
    await follower.look()
    assert list(served().desk.operators) == ["olga"]
    assert database.asked == ["renewed", Swept()]


async def test_the_roster_stays_when_the_files_change(served):
    served.man(GONE)
    served.content = desk(operators={**OPERATORS, "ivan": replace(OPERATORS["olga"], id="ivan")}, skills=SKILLS)
    assert list(served.content.desk.operators) == ["olga", "ivan"]


async def test_what_this_process_changes_is_served_at_once(served):
    served.publish(Published(desk=True))
    assert list(served.content.desk.operators) == ["anna", "olga"]
    served.publish(Published(roster=GONE))
    assert list(served.content.desk.operators) == ["olga"]


async def test_what_was_read_before_a_change_of_our_own_does_not_undo_it(served):
    database = Database()
    database.meanwhile = lambda: served.publish(Published(roster=GONE))
    await Follower(database, served, database).look()
    assert list(served().desk.operators) == ["olga"]


async def test_a_sweep_that_failed_is_made_up_for(served):
    database = Database()
    follower = Follower(database, served, database)
    database.kept = GONE
    database.meanwhile = lambda: database.faults.append(StoreUnavailableError("it sleeps"))
    with pytest.raises(StoreUnavailableError):
        await follower.look()
    database.meanwhile = lambda: None
    await follower.look()
    assert database.asked == ["renewed", Swept()]


@pytest.mark.parametrize("fault", [StoreUnavailableError("it sleeps"), ZeroDivisionError("ours")])
async def test_following_goes_on_whatever_happens(served, fault):
    database = Database()
    database.kept = GONE
    database.faults.append(fault)
    async with asyncio.TaskGroup() as tasks:
        following = tasks.create_task(Follower(database, served, database, every=0.0).run())
        while list(served().desk.operators) != ["olga"]:
            database.looked.clear()
            await database.looked.wait()
        following.cancel()
