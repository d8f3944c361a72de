"""What all tests share."""

from pathlib import Path

import pytest

from bot.dialog.content import Content
from bot.workspace.loading import load


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config) -> Content:
    """The packaged sample workspace, trained once and kept between runs."""
    cache: Path = pytestconfig.cache.mkdir("models")  # type: ignore[union-attr] # the plugin is always there
    return load(None, cache)
