"""Supervisors are warned of a group that is about to be full, in time and for nothing less."""

import asyncio
from pathlib import Path

from bot.dialog.acts import Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.orders import TellOperator
from tests.telegram.lane_time import LIMIT, about_lane, busy, lane, order
from tests.telegram.rush import roomy
from tests.telegram.stage import GROUP


async def test_supervisors_are_warned_once_before_the_group_is_full_and_told_when_it_is_over(
    sample: Content, tmp_path: Path
) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        await busy(s, watch, "Vera")
        warnings = []
        watch.plan = [(watch.at + at, lambda: warnings.append(about_lane(s))) for at in (10, 30, 50)]
        await s.until(lambda: s.room.loads()[GROUP].delay == 0)
        await order(s, *(TellOperator("olga", f"more {number}") for number in range(LIMIT)))
        await watch.pass_all()
        assert all("chat:" in text for [text] in warnings)
        [over] = about_lane(s)
        assert "chat:" not in over
        assert len([each for each in s.api.called("sendMessage") if "chat:" in each.text]) == 1
        await s.until(lambda: s.room.loads()[GROUP].orders == 0)


async def test_nobody_is_warned_of_words_that_one_post_can_hold(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        sender = Sender("telegram", str(vera.id), "Vera", language="ru")
        said = [s.service.do(Wrote(sender, text, text, s.clock())) for text in map(str, range(12))]
        await asyncio.gather(*said)  # in one commit, so that the lane sees them all
        await watch.pass_all()
        assert about_lane(s) == []
