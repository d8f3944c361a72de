"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.dialog.content import Content
from bot.workspace.loading import load
from tests.absence import wanting

# How long one example takes tells about the machine and who else works on it. pytest-timeout bounds the whole.
settings.register_profile("patient", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config) -> Content:
    """The packaged sample workspace, trained once and kept between runs."""
    cache: Path = pytestconfig.cache.mkdir("models")
    return load(None, cache)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in wanting(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(line)
