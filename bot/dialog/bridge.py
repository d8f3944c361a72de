"""The bridge from the site into Telegram, as the dialog needs it."""

from datetime import datetime
from typing import Final, Protocol

CODE: Final = "talk_"  # how the payload of such a link begins
BOT: Final = "telegram:bot"  # under which the bot's name is kept among the small values


class Bridge(Protocol):
    """Links that open our bot in Telegram and tell it which conversation goes on there. Nobody else can make one."""

    def link(self, conversation: str, until: datetime) -> str | None:
        """The link, good until then; None while no bot is known."""
        ...

    def read(self, payload: str) -> tuple[str, datetime] | None:
        """The conversation and until when, from what such a link hands to the bot; None when it is not ours."""
        ...
