"""Pacing keeps a group below what Telegram allows, however the posts come."""

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pacing import Pace, Paces, Turns


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
