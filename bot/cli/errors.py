"""What a command cannot do."""


class CommandError(Exception):
    """A command cannot do what was asked; the text says why and what to do."""
