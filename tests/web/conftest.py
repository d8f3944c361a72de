"""What several files here need."""

import pytest

from tests.web import stage


@pytest.fixture(params=["socket", "stream"])
def both_ways(request):
    """The test is told of both ways that a visitor may come: the rules are the same."""
    token = stage.WAY.set(request.param)
    yield request.param
    stage.WAY.reset(token)
