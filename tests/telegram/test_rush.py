"""A group at Telegram's limit: everybody's words arrive in order, and an offer does not wait behind them."""

from pathlib import Path

from bot.dialog.content import Content
from bot.telegram.pacing import Paces
from tests.telegram.lane_time import lane
from tests.telegram.rush import MESSAGES, Rush, roomy


async def test_sixty_messages_in_a_minute_arrive_in_order_and_offers_do_not_wait(
    sample: Content, tmp_path: Path
) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        rush = Rush(s)
        await rush.begin()
        watch.plan = [(watch.at + at, act) for at, act in rush.plan()]
        await watch.pass_all()
        assert len(rush.said) == MESSAGES
        assert rush.shown().keys() == rush.said.keys()
        assert rush.order() == {name: sorted(lines) for name, lines in rush.order().items()}
        assert sum(map(len, rush.order().values())) == MESSAGES
        assert s.api.limited <= 2
        assert max(rush.delays()["offers"]) <= 5
        assert (
            max(rush.delays()["answers"]) <= 3.5 * Paces().group.every
        )  # behind an offer, and leaving a turn for another
        assert not s.api.called("sendChatAction")
