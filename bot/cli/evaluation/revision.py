"""A folder as it was at a git revision, by the git that is installed."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.cli.evaluation.errors import RevisionError

_OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # set inside a hook, and not ours


@contextmanager
def checked_out(folder: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with the files that stood in `folder` at that revision; the repository stays as it is.

    Raises RevisionError: no git, no repository, no such revision, no such folder in it.
    """
    outside = f"{folder} is in no git repository, so it has no revisions. Run `git init` there and commit your content."
    top = _git(folder, "rev-parse", "--show-toplevel", otherwise=outside)
    unknown = f'There is no revision "{revision}" in {top}. Name a commit, a branch or a tag.'
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", otherwise=unknown)
    absent = f"{folder} is not in the revision {revision}. Name a later one, or commit the folder first."
    tree = _git(folder, "rev-parse", "--verify", "--quiet", f"{commit}:./", otherwise=absent)
    with tempfile.TemporaryDirectory(prefix="frontline-") as temporary:
        files = Path(temporary) / "files"
        index = {"GIT_INDEX_FILE": str(Path(temporary) / "index")}
        _git(Path(top), "read-tree", tree, extra=index)
        _git(Path(top), "checkout-index", "--all", "--quiet", f"--prefix={files}/", extra=index)
        yield files


def _git(where: Path, *words: str, otherwise: str = "", extra: Mapping[str, str] | None = None) -> str:
    """What git says; if it refuses, RevisionError with `otherwise`, or else with git's own words."""
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    try:
        done = subprocess.run(  # noqa: S603 - words are ours, and a revision that git itself verifies
            ["git", "-C", str(where), *words],  # noqa: S607 - the admin's own git, wherever it is
            env={**environment, "LC_ALL": "C", **(extra or {})},
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise RevisionError("To compare, git is needed, and it is not here; install it.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines()
        raise RevisionError(otherwise or f"git {words[0]} failed: {said[-1] if said else error.returncode}") from error
    return done.stdout.strip()
