"""The command line: everything that can be done with Frontline without a browser."""

from bot.cli.commands import main

__all__ = ["main"]
