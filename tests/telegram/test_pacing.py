"""Pacing keeps a group below what Telegram allows, however the posts come."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pacing import Pace, Pacer, Paces, Turns, Watch
from tests.patience import PATIENCE


def test_a_quiet_lane_lets_a_short_burst_pass() -> None:
    lane = Turns(Pace(3.0, 3))
    assert [lane.take(100.0) for _ in range(5)] == [0.0, 0.0, 0.0, 3.0, 6.0]
    assert lane.take(200.0) == 0.0


@given(st.lists(st.floats(0, 40), min_size=1, max_size=80))
def test_no_minute_holds_more_than_twenty_posts_to_a_group(gaps: list[float]) -> None:
    lane, now, posts = Turns(Paces().group), 1000.0, []
    for gap in gaps:
        now += gap
        wait = lane.take(now)
        assert wait >= 0
        now += wait
        posts.append(now)
    for start in posts:
        assert sum(start <= post < start + 60 for post in posts) <= 20


def test_whoever_begins_does_not_know_what_was_posted_before_and_goes_slowly_at_first() -> None:
    turns = Turns(Pace(3.0, 3), since=100.0)
    assert [turns.take(100.0) for _ in range(3)] == [0.0, 3.0, 6.0]


def test_a_part_of_the_burst_can_be_left_to_others() -> None:
    turns = Turns(Pace(3.0, 3))
    assert [turns.wait(100.0, leave) for leave in (0, 1, 2)] == [0.0, 0.0, 0.0]
    turns.take(100.0)
    assert [turns.wait(100.0, leave) for leave in (0, 1, 2)] == [0.0, 0.0, 3.0]
    turns.take(100.0)
    assert [turns.wait(102.0, leave) for leave in (0, 1, 2)] == [0.0, 1.0, 4.0]


class Still(Watch):
    """Time that a test moves."""

    def __init__(self) -> None:
        self.at, self.waited = 1000.0, list[float]()

    def now(self) -> float:
        return self.at

    async def wait(self, seconds: float, news: asyncio.Event | None = None) -> None:
        self.waited.append(round(seconds, 6))


async def test_a_group_begins_without_a_burst_and_a_private_chat_with_one() -> None:
    watch, pace = Still(), Pace(3.0, 3)
    pacer = Pacer(Paces(pace, pace, Pace(0.0)), watch)
    for chat in (5, 5, 5, -1, -1):
        await pacer.turn(chat)
    assert watch.waited == [3.0]


async def test_after_telegram_has_told_a_chat_to_wait_there_is_no_burst_at_first() -> None:
    watch, free = Still(), Pace(0.0)
    pacer = Pacer(Paces(Pace(3.0, 3), free, free), watch)
    watch.at += 100
    pacer.limited(-1)
    for _ in range(3):
        await pacer.turn(-1)
    assert watch.waited == [3.0, 6.0]
    assert pacer.holds(-2, 3, 0)
    assert not pacer.holds(-2, 3, 1)
    assert not pacer.holds(-2, 4, 0)


async def test_thirty_posts_a_second_go_out_at_most_to_however_many_chats() -> None:
    watch, free = Still(), Pace(0.0)
    pacer = Pacer(Paces(free, free, Pace(1 / 30, 10)), watch)
    for chat in range(1, 14):
        await pacer.turn(chat)
    assert watch.waited == [round(number / 30, 6) for number in (1, 2, 3)]


async def test_who_waits_hears_the_news() -> None:
    news = asyncio.Event()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        tasks.create_task(Watch().wait(1000, news))
        await asyncio.sleep(0)
        news.set()
