"""Play a dialogue: its acts go to the real service, its checks look into the real store."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.bridge import Bridge
from bot.dialog.content import Content
from bot.dialog.operator_acts import Declare
from bot.rehearsal import acting, checking
from bot.rehearsal.desk import changed
from bot.rehearsal.errors import MismatchError, TurnError
from bot.rehearsal.past import past
from bot.rehearsal.script import Script, Turn
from bot.rehearsal.stage import Stage, open_stage
from bot.rehearsal.troupe import Troupe
from handoff.desk import Desk
from handoff.operators import Presence

BOT = "shop_bot"


async def play(script: Script, content: Content, database: Path) -> None:
    """Play to the end on a new SQLite file. Raises TurnError at the first turn that does not do what is written."""
    desk = _desk(script, content)
    bridge = Bridge("a secret of the rehearsal", BOT)
    async with open_stage(replace(content, desk=desk), database, script.shape.clock, bridge) as stage:
        if script.shape.past:
            await stage.write(past(script.shape.past, desk, stage.now))
        await _take_places(stage, script)
        failure = await _through(Troupe(stage, script.shape), script)
    if failure is not None:  # out here, where no task group wraps it
        raise failure


def _desk(script: Script, content: Content) -> Desk:
    _declared(script, content.desk)
    try:
        return changed(content.desk, script.shape.desk, script.hours)
    except MismatchError as why:
        raise TurnError((script.file, script.located.line_of(("desk",))), 0, "desk", why) from None


def _declared(script: Script, desk: Desk) -> None:
    """Raises TurnError for the presence of somebody who is not on the desk."""
    declared = script.shape.operators
    for who in () if isinstance(declared, Presence) else declared:
        if who not in desk.operators:
            why = MismatchError(f"one of {', '.join(desk.operators)}", who)
            raise TurnError((script.file, script.located.line_of(("operators", who))), 0, "operators", why)


async def _through(troupe: Troupe, script: Script) -> TurnError | None:
    for at, turn in enumerate(script.shape.turns):
        try:
            await _turn(troupe, turn)
        except MismatchError as why:
            return TurnError((script.file, script.line_of(at)), at + 1, turn.step, why)
    return None


async def _take_places(stage: Stage, script: Script) -> None:
    declared = script.shape.operators
    for operator in stage.content.desk.operators:
        presence = declared if isinstance(declared, Presence) else declared.get(operator, Presence.ONLINE)
        if presence is not Presence.OFFLINE:
            await stage.do(Declare(operator, presence))


async def _turn(troupe: Troupe, turn: Turn) -> None:
    check = checking.CHECKS.get(turn.step)
    if check is not None:
        await check(troupe, turn)
        return
    await troupe.mark()
    match turn.step:
        case "clock":
            assert turn.clock is not None
            await troupe.stage.move(_goal(troupe.stage.now, turn.clock))
        case "restart":
            await troupe.stage.restart()
        case "page":
            await troupe.turn_page(turn.who, opened=turn.page == "opened")
        case _:
            await acting.act(troupe, turn)


def _goal(now: datetime, move: datetime | timedelta) -> datetime:
    goal = now + move if isinstance(move, timedelta) else move
    if goal < now:
        raise MismatchError(f"a clock that runs forward from {now.isoformat()}", goal.isoformat())
    return goal
