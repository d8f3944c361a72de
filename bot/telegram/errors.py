"""What can go wrong in the Telegram room.

TelegramRoomError
├── LeaseLostError      another process serves this bot now
├── UnknownUpdateError  an update that cannot be read
├── TurnOverError       an order has had its turn in a full lane, and goes on in another
├── GroupUnfitError     the operators' group is not as it must be; orders wait
├── TopicStaysError     a topic that should go cannot be deleted
└── UnreachableError    Telegram does not answer a command of ours
"""


class TelegramRoomError(Exception):
    """Base of every error of this package."""


class LeaseLostError(TelegramRoomError):
    """Another process serves this bot now."""

    def __init__(self) -> None:
        super().__init__("Another process serves this Telegram bot now. This one waits until that one ends.")


class UnknownUpdateError(TelegramRoomError):
    """An update that does not look as the Bot API describes it."""

    def __init__(self, key: str, fault: str) -> None:
        super().__init__(f"Update {key} cannot be read ({fault}). A newer version of aiogram may know it.")


class TurnOverError(TelegramRoomError):
    """An order has had its turn in a full lane, and goes on in another."""

    def __init__(self) -> None:
        super().__init__("The order goes on in a later turn.")


class GroupUnfitError(TelegramRoomError):
    """The operators' group is not as it must be."""

    def __init__(self, chat: int, fault: str, remedy: str) -> None:
        super().__init__(f"Telegram group {chat}: {fault}. {remedy}")


class TopicStaysError(TelegramRoomError):
    """A topic that should go cannot be deleted."""

    def __init__(self, chat: int, thread: int, why: str) -> None:
        remedy = "Delete it by hand, and make the bot an administrator who may delete messages."
        super().__init__(f"Telegram group {chat}: topic {thread} stays ({why}). {remedy}")


class UnreachableError(TelegramRoomError):
    """Telegram does not answer, or does not know the token."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Telegram does not answer ({why}). Check FRONTLINE_TELEGRAM_TOKEN and the network.")
