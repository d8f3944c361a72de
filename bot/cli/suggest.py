"""`frontline suggest`."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.errors import CommandError
from bot.cli.history import history, must_exist
from bot.cli.surroundings import Folder, settings_and_log
from bot.dialog.lessons import Taught
from bot.dialog.questions import Asked
from bot.learning.proposals import propose
from bot.learning.taught import suggested
from bot.learning.writing import Report, as_json, as_yaml, summary
from bot.settings import Settings
from bot.workspace.loading import load
from bot.workspace.scalars import duration
from handoff.hours import instant
from intents.fitting import nearest

CAP = 20_000  # questions; more are a flood that nobody reads


class Format(StrEnum):
    """How the findings are written."""

    YAML = "yaml"
    JSON = "json"


def suggest(
    workspace: Folder = None,
    since: Annotated[str, typer.Option(help="How far back (7d, 12h), or from which day on (2026-05-01).")] = "7d",
    locale: Annotated[str | None, typer.Option(help="Only questions in this language.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Only groups of so many questions.")] = 1,
    form: Annotated[Format, typer.Option("--format", help="yaml to paste, json for other programs.")] = Format.YAML,
) -> None:
    """Show the questions that the bot could not answer, grouped by likeness, as YAML ready to paste.

    What would be answered by now is left out. What operators taught with /learn stands below.
    Names, addresses, links and long numbers are masked.

    Example: frontline suggest --since 30d --locale ru --least 2
    """
    settings = settings_and_log()
    now = datetime.now(UTC)
    moment = _moment(since, now)
    must_exist(settings)
    content = load(workspace if workspace is not None else settings.workspace, settings.cache)
    if locale is not None and locale not in content.desk.locales:
        raise CommandError(f'The desk does not speak "{locale}"; {nearest(locale, content.desk.locales)}')
    start = moment if isinstance(moment, datetime) else instant(content.desk.timezone, moment, 0)
    asked, taught = asyncio.run(_read(settings, start))
    findings, lessons = propose(asked, content, locale=locale, least=least), suggested(taught, content, locale)
    report = Report(findings, start, now, capped=len(asked) == CAP, lessons=lessons)
    if form is Format.JSON:
        typer.echo(as_json(report, content), nl=False)
    elif report.findings.proposals or report.lessons:
        typer.echo(as_yaml(report, content), nl=False)
    else:
        typer.echo(summary(report, content), err=True)


def _moment(since: str, now: datetime) -> datetime | date:
    """When it begins; a day begins on the desk's clock, which is not known yet."""
    try:
        return date.fromisoformat(since)
    except ValueError:
        pass
    try:
        return now - duration(since)
    except (ValueError, OverflowError):
        raise CommandError(f'"{since}" is neither a duration nor a day; write 7d, 12h or 2026-05-01') from None


async def _read(settings: Settings, start: datetime) -> tuple[Sequence[Asked], Sequence[Taught]]:
    async with history(settings) as storage:
        return await storage.questions.since(start, CAP), await storage.lessons.since(start, CAP)
