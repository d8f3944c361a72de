"""The commands, put together."""

import sys

import typer

from bot.cli import chat, check, doctor, eval, init, operators, report, run, suggest, test  # noqa: A004 - named as the command is
from bot.cli.errors import CommandError, WrongUseError
from bot.dialog.errors import StoreUnavailableError
from bot.process import StartError
from bot.settings import SettingsError
from bot.storage.errors import StorageError
from intents.errors import FaultsError
from intents.vectors import VectorsError

WRONG_USE = 2

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
cli.add_typer(operators.group, name="operators")
cli.add_typer(report.group, name="report")


def main() -> None:
    """Run the command that was asked for; what stops it is one line (or one per fault) and an exit status."""
    try:
        cli()
    except (SettingsError, WrongUseError) as error:
        _stop(error, WRONG_USE)
    except (CommandError, StartError, StorageError, StoreUnavailableError, FaultsError, VectorsError) as error:
        _stop(error, 1)


def _stop(error: Exception, status: int) -> None:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(status)
