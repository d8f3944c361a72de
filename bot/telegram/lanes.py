"""Which updates must be handled one after another, and which belong together."""

from typing import Any

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


def lane_of(update: dict[str, Any]) -> str:
    """Updates of one lane are handled in order: a private chat is one, a topic is one, General is one."""
    event: dict[str, Any] = next((update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), {})
    message = event.get("message") or event
    chat = (message.get("chat") or event.get("from") or {}).get("id", "")
    thread = message.get("message_thread_id", "") if message.get("is_topic_message") else ""
    return f"{chat}:{thread}"


def album_of(update: dict[str, Any]) -> str | None:
    """The album of which the update is a part; albums have no end mark."""
    message = update.get("message")
    return message.get("media_group_id") if isinstance(message, dict) else None


def message_id(update: dict[str, Any]) -> int:
    """By which the parts of an album are put in order."""
    return int(update["message"]["message_id"])
