"""What a command cannot do."""


class CommandError(Exception):
    """A command cannot do what was asked; the text says why and what to do."""


class WrongUseError(CommandError):
    """What stands on the command line does not go together, or is not there; the text says what would do."""
