"""What is not on this machine: said once, at the end of a run, and a failure in CI."""

import os
from typing import NoReturn

import pytest

_WANT = "Not run for want of "


def absent(what: str) -> NoReturn:
    """Skip the test for want of `what`, which names what is not tried and the remedy."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{_WANT}{what}; it must be tried here")
    pytest.skip(f"{_WANT}{what}.")  # the one skip there is: a newcomer need not have a browser or a server


def wanting(skipped: list[pytest.TestReport]) -> list[str]:
    """A line for each thing that was absent, from the reports of tests that were skipped."""
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in skipped if isinstance(report.longrepr, tuple)}
    return sorted(each for each in reasons if each.startswith(_WANT))
