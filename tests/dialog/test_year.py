"""A year of restarts, jumps of the clock, travellers and both clock changes: every promise comes once, and in time."""

from bench.promising import simulate


async def test_in_a_year_of_promises_none_is_lost_and_none_comes_twice(tmp_path):
    year = await simulate(tmp_path, callbacks=150, restarts=30)
    assert year.faults == []
    assert year.callbacks == 150
    assert year.promises > 170  # some are moved, some are tried again
    assert (year.restarts, year.jumps) == (30, 30)
