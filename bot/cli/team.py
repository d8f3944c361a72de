"""The team as commands change it: the desk of the file, the roster of the database, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.dialog.records import Changes, Duty
from bot.secret import secret_of
from bot.settings import Settings
from bot.storage.storage import Storage
from bot.workspace.desk import load_desk
from bot.workspace.places import places
from handoff.desk import Desk, Operator, titled
from handoff.roster import Roster, manned


@dataclass(frozen=True, slots=True)
class Team:
    """Who works here at this moment: as the file says, as the roster says, and what is kept of each."""

    declared: Desk
    roster: Roster
    duties: Mapping[str, Duty]

    @property
    def desk(self) -> Desk:
        """The desk as it is served."""
        return manned(self.declared, self.roster)

    def line(self, operator: Operator) -> str:
        """One line about an operator, columns apart by tabs."""
        duty = self.duties.get(operator.id)
        capacity = f"capacity {operator.capacity}"
        if duty and duty.capacity is not None:
            capacity = f"capacity {duty.capacity} (own; the desk says {operator.capacity})"
        skills = ", ".join(f"{skill} {level:g}" for skill, level in operator.skills.items()) or "no skill"
        presence = duty.presence.value if duty else "offline"
        telegram = "no Telegram" if operator.telegram is None else f"Telegram {operator.telegram}"
        source = "desk.yaml" if operator.id in self.declared.operators else "joined"
        columns = (operator.id, titled(operator.name, "en"), operator.role, presence, capacity, skills)
        return "\t".join((*columns, telegram, source))


async def team_of(settings: Settings) -> Team:
    """The team as it is."""
    async with Storage.open(settings.database_url) as storage:
        await storage.upgrade()
        async with storage.work.read() as tx:
            return Team(_declared(settings), await tx.roster(), {each.operator: each for each in await tx.duties()})


async def changed(settings: Settings, change: Callable[[Team], Team]) -> Team:
    """The team after the change, which is kept; a server that runs follows within seconds."""
    async with Storage.open(settings.database_url) as storage:
        await storage.upgrade()
        async with storage.work.begin(desk=True) as tx:
            duties = {each.operator: each for each in await tx.duties()}
            before = Team(_declared(settings), await tx.roster(), duties)
            after = change(before)
            others = {who: duty for who, duty in after.duties.items() if duty != duties.get(who)}
            await tx.save(Changes(roster=after.roster, duties=others))
    return after


async def secret(settings: Settings) -> str:
    """What signs the links to the desk."""
    async with Storage.open(settings.database_url) as storage:
        await storage.upgrade()
        return await secret_of(settings, storage.keep)


def freed(team: Team, operator: str) -> Team:
    """The operator's own capacity holds no more, so that the desk's does."""
    duty = team.duties.get(operator)
    return team if duty is None else replace(team, duties={**team.duties, operator: replace(duty, capacity=None)})


def _declared(settings: Settings) -> Desk:
    return load_desk(places(settings.workspace).desk, datetime.now(UTC).date()).desk
