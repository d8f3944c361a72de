"""`frontline report …`."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.errors import CommandError, WrongUseError
from bot.cli.history import history, must_exist
from bot.cli.surroundings import settings_and_log
from bot.settings import Settings
from bot.workspace.desk import load_desk
from bot.workspace.places import places
from handoff.hours import instant
from handoff.promised_calls import Kept, by_skill, promises
from handoff.ticket import Entry

group = typer.Typer(no_args_is_help=True)

COLUMNS = ("skill", "promised", "kept", "late", "missed", "withdrawn", "open", "share")


class Format(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@group.callback()
def report() -> None:
    """Figures, from the event log.

    Example: frontline report callbacks --from 2026-05-01 --to 2026-05-31
    """


@group.command()
def callbacks(
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day: 2026-05-01.")],
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day, included.")],
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TABLE,
) -> None:
    """Show how many of the callbacks promised for these days were kept on time, by skill.

    Kept: an operator had the ticket within the promised slot. Late: had it later. Missed: never had it.
    Withdrawn: moved or cancelled before. Days are on the desk's clock.

    Example: frontline report callbacks --from 2026-05-01 --to 2026-05-31
    """
    settings = settings_and_log()
    desk = load_desk(places(settings.workspace).desk, datetime.now(UTC).date()).desk
    first, last = _midnight(start, desk.timezone), _midnight(end, desk.timezone, after=True)
    if first >= last:
        raise WrongUseError(f"--from {start} is after --to {end}; exchange them.")
    must_exist(settings)
    log = asyncio.run(_log(settings, first))
    found = [each for each in promises(log, desk.callbacks.slot, datetime.now(UTC)) if first <= each.due < last]
    typer.echo(_written(by_skill(found), form), nl=False)


def _midnight(day: str, zone: str, *, after: bool = False) -> datetime:
    """The beginning of the day, or (`after`) its end."""
    try:
        local = date.fromisoformat(day) + timedelta(days=after)
    except ValueError:
        raise CommandError(f'"{day}" is not a day; write it as 2026-05-01') from None
    return instant(zone, local, 0)


async def _log(settings: Settings, start: datetime) -> Sequence[Entry]:
    async with history(settings) as storage:
        return await storage.figures.callbacks(start)


def _written(figures: Sequence[Kept], form: Format) -> str:
    rows = [asdict(each) | {"promised": each.promised, "share": each.share} for each in figures]
    if form is Format.JSON:
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    cells = [list(COLUMNS), *([_cell(row[name], form) for name in COLUMNS] for row in rows)]
    if form is Format.CSV:
        return "".join(",".join(line) + "\n" for line in cells)
    if not rows:
        return "No callback was promised for these days.\n"
    widths = [max(len(line[at]) for line in cells) for at in range(len(COLUMNS))]
    aligned = (
        [line[0].ljust(widths[0]), *(each.rjust(w) for each, w in zip(line[1:], widths[1:], strict=True))]
        for line in cells
    )
    return "".join("  ".join(line) + "\n" for line in aligned)


def _cell(value: object, form: Format) -> str:
    if isinstance(value, float):
        return f"{value:.1%}" if form is Format.TABLE else f"{value:.4f}"
    return "" if value is None else str(value)
