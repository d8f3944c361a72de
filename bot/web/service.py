"""What the web room needs of the dialog's service."""

import logging
from typing import Protocol

from bot.dialog.acts import Act, Outcome, Refused
from bot.dialog.errors import DialogError
from bot.dialog.messages import Author

_log = logging.getLogger(__name__)


class Service(Protocol):
    """Who does what customers and operators ask for."""

    async def do(self, act: Act) -> Outcome:
        """Do it, and return after the commit. Raises StoreUnavailableError when nothing could be stored."""
        ...

    def typing(self, conversation: str, author: Author) -> None:
        """Tell the other side that somebody writes; kept nowhere."""
        ...


async def ask(service: Service, act: Act, conversation: str) -> Outcome:
    """Have it done. An act that breaks is refused, so that its sender is not left to try it for ever.

    Raises DialogError when nothing can be stored now.
    """
    try:
        return await service.do(act)
    except DialogError:
        raise
    except Exception:  # noqa: BLE001 - the edge of this worker; the one who acted is told
        _log.exception("%s in conversation %s could not be handled", type(act).__name__, conversation)
        return Refused("unsupported", "This could not be handled here. Nothing was stored; please say it otherwise.")
