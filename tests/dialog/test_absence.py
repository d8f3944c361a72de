"""When the last who could serve a line goes: who is told, when, and who is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog import absence
from bot.dialog.operator_acts import Accept, Declare, Dismiss
from handoff.desk import QueueRules, Widen
from handoff.operators import Presence
from tests.dialog.shop import DESK, OPERATORS, SKILLS, TEAM, Shop, desk, online, open_shop
from tests.dialog.wares import PHRASES_EN

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ANNA_ALONE = desk(operators={"anna": OPERATORS["anna"]})
TOLD = [PHRASES_EN["still_waiting"], PHRASES_EN["nobody_on_duty"]]


async def waits(shop: Shop, who: str = "v") -> None:
    """Somebody waits while Anna is here: everything that she is offered is in her hands."""
    shop.content = ANNA_ALONE if shop.content.desk is DESK else shop.content
    await online(shop, "anna")
    for each in ("a", "b"):
        await shop.say("person", each)
        await shop.do(Accept("anna", (await shop.tickets(each))[0].number))
    await shop.say("person", who)


async def told(shop: Shop, who: str = "v") -> bool:
    said = [each.text for each in await shop.messages(who)]
    assert TOLD[0] not in said or said[-2:] == TOLD
    return TOLD[0] in said


@pytest.mark.parametrize(
    ("pause", "after"), [(None, 6 * MINUTE), (3 * MINUTE, None), (5 * MINUTE, None), (30 * MINUTE, MINUTE)]
)
async def test_a_pause_for_a_moment_is_no_absence_and_a_long_one_is(tmp_path, pause, after):
    async with open_shop(tmp_path) as shop:
        await waits(shop)
        await shop.do(Declare("anna", Presence.PAUSED, shop.now + pause if pause else None))
        if after is None:
            await shop.move(timedelta(hours=1))
            assert not await told(shop)
        else:
            await shop.move(after - timedelta(seconds=1))
            assert not await told(shop)
            await shop.move(timedelta(seconds=1))
            assert await told(shop)


async def test_whoever_is_back_in_the_grace_has_not_been_away(tmp_path):
    async with open_shop(tmp_path) as shop:
        await waits(shop)
        for _ in range(4):
            await shop.do(Declare("anna", Presence.OFFLINE))
            await shop.move(timedelta(seconds=40))
            await online(shop, "anna")
            await shop.move(timedelta(seconds=40))
        assert not await told(shop)


async def test_of_one_absence_nobody_hears_twice_however_long_it_is(tmp_path):
    async with open_shop(tmp_path) as shop:
        await waits(shop)
        await shop.do(Declare("anna", Presence.PAUSED))
        await shop.move(2 * HOUR)
        assert await told(shop)
        said = len(await shop.messages())
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(HOUR)
        assert len(await shop.messages()) == said
        await online(shop, "anna")
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(HOUR)
        assert len(await shop.messages()) > said


async def test_while_a_colleague_is_away_for_a_moment_the_last_one_may_go(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=OPERATORS)
        await online(shop, "olga")
        await shop.do(Declare("olga", Presence.PAUSED))
        await waits(shop)
        await shop.move(MINUTE)
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(2 * MINUTE)
        assert not await told(shop)
        await shop.do(Declare("olga", Presence.OFFLINE))  # no news: she was away before
        await shop.move(3 * MINUTE)
        assert await told(shop)


async def test_a_pause_that_begins_before_the_line_is_told_puts_it_off(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=OPERATORS)
        await waits(shop)
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.do(Declare("olga", Presence.PAUSED))  # she has come, and is soon there
        await shop.move(5 * MINUTE)
        assert not await told(shop)
        await shop.move(MINUTE)
        assert await told(shop)


async def test_who_helps_out_in_time_is_somebody(tmp_path):
    async with open_shop(tmp_path) as shop:
        helped = SKILLS | {"general": replace(SKILLS["general"], fallback=("workshop",))}
        nobody = {"olga": replace(OPERATORS["olga"], skills={"workshop": 1.0}), "anna": OPERATORS["anna"]}
        routing = replace(DESK.routing, widen=(Widen(30 * MINUTE, fallback=True),))
        shop.content = desk(operators=nobody, skills=helped, routing=routing)
        await online(shop, "olga")
        await waits(shop)
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(5 * MINUTE)
        assert not await told(shop)
        await shop.do(Declare("olga", Presence.OFFLINE))
        await shop.move(MINUTE)
        assert await told(shop)


async def test_who_is_dismissed_has_gone_too(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators={each: TEAM[each] for each in ("anna", "olga")})
        await waits(shop)
        await shop.do(Dismiss("olga", "anna"))
        await shop.move(MINUTE)
        assert await told(shop)


async def test_who_is_dismissed_while_away_leaves_nobody_who_did_not_know(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators={each: TEAM[each] for each in ("anna", "olga")})
        await shop.say("person")
        await shop.press("wait")
        await shop.move(2 * HOUR)
        await shop.do(Dismiss("olga", "anna"))
        await shop.move(MINUTE)
        assert not await told(shop)


async def test_who_is_paused_for_missing_offers_has_gone_too(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = ANNA_ALONE
        await online(shop, "anna")
        await shop.say("person")
        await shop.move(3 * MINUTE)  # two offers lapse
        assert not await told(shop)
        await shop.move(6 * MINUTE)
        assert await told(shop)


async def test_a_line_that_is_full_and_a_place_that_is_kept(tmp_path):
    async with open_shop(tmp_path) as shop:
        full = SKILLS | {"general": replace(SKILLS["general"], queue=QueueRules(max_waiting=2))}
        shop.content = desk(operators={"anna": OPERATORS["anna"]}, skills=full)
        await waits(shop, "w")
        await shop.say("person")
        await shop.press("hold", "w")
        said = len(await shop.messages("w"))
        await shop.do(Declare("anna", Presence.PAUSED))
        await shop.move(10 * MINUTE)
        assert await told(shop)
        assert len(await shop.messages("w")) == said


async def test_a_long_line_is_told_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(absence, "PAGE", 2)
    async with open_shop(tmp_path) as shop:
        await waits(shop)
        for who in "wxy":
            await shop.say("person", who)
        await shop.do(Declare("anna", Presence.PAUSED))
        await shop.move(10 * MINUTE)
        assert [await told(shop, who) for who in "vwxy"] == [True] * 4


async def test_nobody_is_told_of_an_empty_line(tmp_path):
    async with open_shop(tmp_path) as shop:
        await waits(shop)
        await shop.press("leave:3")
        await shop.do(Declare("anna", Presence.PAUSED))
        assert not {subject for kind, subject in await shop.alarms() if kind == absence.DESERTED}
