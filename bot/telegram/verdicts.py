"""Verdicts: what a failed delivery means for the order and for its destination."""

from dataclasses import dataclass

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.telegram.errors import GroupUnfitError, TopicStaysError
from bot.telegram.faults import Fault, fault_of


@dataclass(frozen=True, slots=True)
class Arrived:
    """Telegram took it, and only its answer could not be read."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The destination must wait, so many seconds, as told."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has another id."""

    chat: int


@dataclass(frozen=True, slots=True)
class Unfit:
    """Somebody must mend the group, or the token, first."""


@dataclass(frozen=True, slots=True)
class Never:
    """It can never succeed."""


@dataclass(frozen=True, slots=True)
class Later:
    """The network or Telegram is in trouble."""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A fault of ours."""


Verdict = Arrived | Wait | Moved | Unfit | Never | Later | Puzzle
REFUSALS = (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramEntityTooLarge, TopicStaysError)


def verdict_of(error: Exception, chat: int) -> Verdict:
    """What to do about it. Groups have negative ids."""
    match error:
        case ClientDecodeError(data={"ok": True}):
            return Arrived()
        case TelegramRetryAfter(retry_after=seconds):
            return Wait(float(seconds))
        case TelegramMigrateToChat(migrate_to_chat_id=new):
            return Moved(new)
        case GroupUnfitError() | TelegramUnauthorizedError():
            return Unfit()
        case _ if chat < 0 and _is_groups_fault(error):
            return Unfit()
        case _ if isinstance(error, REFUSALS):
            return Never()
        case AiogramError():
            return Later()
        case _:
            return Puzzle()


def _is_groups_fault(error: Exception) -> bool:
    """Thrown out of the group, or without the rights."""
    if isinstance(error, TelegramBadRequest):
        return fault_of(error) is Fault.NO_RIGHT
    return isinstance(error, TelegramForbiddenError)
