"""The commands, put together."""

import sys
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from bot.cli import chat, check, doctor, eval, init, operators, report, run, suggest, test  # noqa: A004 - named as the command is
from bot.cli.errors import CommandError, WrongUseError
from bot.cli.export import export
from bot.cli.forget import forget
from bot.dialog.errors import StoreUnavailableError
from bot.process import StartError
from bot.settings import SettingsError
from bot.storage.errors import StorageError, WrongAddressError
from intents.errors import FaultsError
from intents.vectors import VectorsError

WRONG_USE = 2
_WORDS = (
    ("Value error, ", ""),
    ("Input should be a valid number, unable to parse string as a number", "write a number"),
    ("Input should be a valid integer, unable to parse string as an integer", "write a whole number"),
    ("Input should be greater than or equal to", "write at least"),
    ("Input should be less than or equal to", "write at most"),
)

cli = typer.Typer(
    name="frontline",
    help="An open front line for customer messages. Every command explains itself with --help.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
cli.command("run")(run.run)
cli.command("chat")(chat.chat)
cli.command("check")(check.check)
cli.command("test")(test.rehearse)
cli.command("eval")(eval.evaluate)
cli.command("suggest")(suggest.suggest)
cli.command("init")(init.init)
cli.command("doctor")(doctor.doctor)
cli.command("export")(export)
cli.command("forget")(forget)
cli.add_typer(operators.group, name="operators")
cli.add_typer(report.group, name="report")


def main() -> None:
    """Run the command that was asked for; what stops it is one line (or one per fault) and an exit status."""
    try:
        status = cli(prog_name="frontline", standalone_mode=False)
    except TyperException as error:
        _stop(_misuse(error), WRONG_USE)
    except (SettingsError, WrongUseError, WrongAddressError) as error:
        _stop(error, WRONG_USE)
    except (CommandError, StartError, StorageError, StoreUnavailableError, FaultsError, VectorsError) as error:
        _stop(error, 1)
    except typer.Abort:  # a question of a command was not answered
        _stop("Stopped; nothing was done.", 1)
    raise SystemExit(status or 0)


def _misuse(error: TyperException) -> str:
    """What is wrong with the command line, without the words of the library that reads it."""
    said = error.format_message()
    for theirs, ours in _WORDS:
        said = said.replace(theirs, ours)
    context = getattr(error, "ctx", None)
    if said.startswith("Usage:") or context is None:
        return said
    return f"{said.rstrip('.')}; see {context.command_path} --help"


def _stop(error: object, status: int) -> NoReturn:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(status)
