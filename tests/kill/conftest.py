"""What the kill tests share."""

from pathlib import Path

import pytest

from bot.workspace.loading import load
from tests.kill.process import WORKSPACE


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """The cache in which the process finds the model of the small workspace, trained once."""
    cache: Path = pytestconfig.cache.mkdir("models")
    load(WORKSPACE, cache)
    return cache
