"""Addresses: in which conversation somebody speaks who writes from there."""

from collections.abc import Iterable

from bot.dialog.acts import Sender
from bot.dialog.conversation import Conversation


class Addresses:
    """What a batch knows of them. A conversation that is continued in a chat takes the place of the chat's own."""

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], str] = {}
        self._continued: dict[str, str] = {}

    def learn(self, conversations: Iterable[Conversation]) -> None:
        """These were read by their addresses, have just begun, or are continued somewhere now."""
        for each in conversations:
            self._own[(each.channel, each.address)] = each.id
            if each.continued is not None:
                self._continued[each.continued] = each.id

    def of(self, sender: Sender) -> str | None:
        """The conversation in which the sender speaks, if it was read."""
        continued = self._continued.get(f"{sender.channel}:{sender.address}")
        return continued or self._own.get((sender.channel, sender.address))

    def unknown(self, senders: Iterable[Sender]) -> list[tuple[str, str]]:
        """The addresses of those whose conversations are still to be looked for."""
        return sorted({(each.channel, each.address) for each in senders if self.of(each) is None})
