"""What the web room needs of the dialog's service."""

from typing import Protocol

from bot.dialog.acts import Act, Outcome
from bot.dialog.messages import Author


class Service(Protocol):
    """Who does what customers and operators ask for."""

    async def do(self, act: Act) -> Outcome:
        """Do it, and return after the commit. Raises StoreUnavailableError when nothing could be stored."""
        ...

    def typing(self, conversation: str, author: Author) -> None:
        """Tell the other side that somebody writes; kept nowhere."""
        ...
