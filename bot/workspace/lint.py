"""Lint a workspace that is sound: what its author would want to know before a customer finds it."""

from collections.abc import Iterator
from pathlib import Path

import intents.lint
from bot.workspace.desk_shape import DeskShape
from bot.workspace.lengths import long_in_desk, long_in_intents
from bot.workspace.loading import Workspace
from bot.workspace.places import places
from bot.workspace.replies import odd_replies
from bot.workspace.shelf import odd_articles
from bot.workspace.unread import unread_files
from bot.workspace.wording import odd_phrases, unfilled_in_intents, untitled_skills
from intents.astray import confusions
from intents.errors import Fault
from intents.fitting import fit
from intents.held_out import cross_validate
from intents.loader import read_sources
from intents.strict_yaml import read


def lint(folder: Path | None, workspace: Workspace, *, quick: bool, cache: Path | None = None) -> Iterator[Fault]:
    """Warnings and notes about the workspace that `survey` read from this folder.

    Unless `quick`, the matcher is trained, which takes seconds where `cache` has no model of this content.
    """
    where = places(folder)
    located = read(where.desk)
    shape = fit(DeskShape, located)
    sources, _ = read_sources(where.intents)
    yield from intents.lint.lint(sources, shape.locales)
    yield from long_in_intents(sources)
    yield from unfilled_in_intents(sources)
    yield from long_in_desk(located, shape)
    yield from untitled_skills(located, shape)
    yield from odd_phrases(where, shape, located, workspace.phrases.texts)
    yield from odd_replies(where.replies, workspace.replies, shape.locales)
    yield from odd_articles(workspace.articles, workspace.intents.intents, shape.locales)
    if folder is not None:
        yield from unread_files(folder, where)
    if not quick:
        yield from confusions(cross_validate(workspace.intents, shape.locales, cache, workspace.vectors), sources)
