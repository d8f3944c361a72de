"""The roster comes back as it was, on both engines, and one process sees what another has changed."""

from dataclasses import replace

from bot.storage.storage import Storage
from handoff.roster import Invitation, Member, Roster
from tests.storage.samples import MINUTE, NOW, save

MARIA = Member(
    "maria",
    name={"ru": "Мария", "en": "Maria"},
    telegram=7_000_000_001,
    skills={"delivery": 1.0, "general": 0.5, "returns": 0.0},
    capacity=3,
    locales=("ru", "en"),
    role="supervisor",
    joined=True,
    invitation=Invitation("code-1", NOW + MINUTE, used=True),
)


async def roster_in(storage: Storage) -> Roster:
    async with storage.work.read() as tx:
        return await tx.roster()


async def test_a_new_database_says_nothing_of_anybody(storage: Storage) -> None:
    assert await roster_in(storage) == Roster()


async def test_the_roster_comes_back_as_it_was(storage: Storage) -> None:
    kept = Roster({"anna": Member("anna", skills={"general": 0.0}, removed=True), "maria": MARIA}, broadcast=True)
    await save(storage, roster=kept)
    assert await roster_in(storage) == kept


async def test_a_change_replaces_what_was_said_before(storage: Storage) -> None:
    await save(storage, roster=Roster({"maria": MARIA}, broadcast=True))
    later = Roster({"maria": replace(MARIA, skills={}, invitation=None, locales=None).gone()})
    await save(storage, roster=later)
    assert await roster_in(storage) == later


async def test_whoever_decides_about_the_desk_sees_what_another_has_changed_before(storage: Storage, url: str) -> None:
    async with Storage.open(url) as other, other.work.begin(desk=True) as tx:
        assert await tx.roster() == Roster()
    await save(storage, roster=Roster({"maria": MARIA}))
    async with Storage.open(url) as other, other.work.begin(desk=True) as tx:
        assert (await tx.roster()).members == {"maria": MARIA}
