"""Which of Telegram's refusals have a remedy, by the only thing that tells them apart: their words."""

from enum import Enum, auto

from aiogram.exceptions import TelegramBadRequest


class Fault(Enum):
    """What a refusal means."""

    NOT_MODIFIED = auto()  # it is already so
    TOPIC_GONE = auto()  # deleted: remake it
    TOPIC_CLOSED = auto()  # reopen it
    REPLY_GONE = auto()  # send it without the reply
    MESSAGE_GONE = auto()  # nothing is left to change
    BAD_MARKS = auto()  # send the words without their formatting
    NO_RIGHT = auto()  # the group is not as it must be
    OTHER = auto()


WORDS = {
    "not modified": Fault.NOT_MODIFIED,
    "topic_not_modified": Fault.NOT_MODIFIED,
    "thread not found": Fault.TOPIC_GONE,
    "topic_id_invalid": Fault.TOPIC_GONE,
    "topic_deleted": Fault.TOPIC_GONE,
    "topic_closed": Fault.TOPIC_CLOSED,
    "replied not found": Fault.REPLY_GONE,
    "reply message not found": Fault.REPLY_GONE,
    "message to edit not found": Fault.MESSAGE_GONE,
    "message to delete not found": Fault.MESSAGE_GONE,
    "entity_": Fault.BAD_MARKS,
    "can't parse entities": Fault.BAD_MARKS,
    "not enough rights": Fault.NO_RIGHT,
    "not a forum": Fault.NO_RIGHT,
    "chat not found": Fault.NO_RIGHT,
    "admin_required": Fault.NO_RIGHT,
}


def fault_of(error: TelegramBadRequest) -> Fault:
    """What the refusal means."""
    said = error.message.lower()
    return next((fault for words, fault in WORDS.items() if words in said), Fault.OTHER)
