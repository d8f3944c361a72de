"""Which updates must be handled one after another, and which belong together."""

from typing import Any

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


def lane_of(update: dict[str, Any]) -> str:
    """Updates of one lane are handled in order: a private chat is one, a topic is one, General is one."""
    event: dict[str, Any] = next((update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), {})
    message = _part(event, "message") or event
    chat = (_part(message, "chat") or _part(event, "from")).get("id", "")
    thread = message.get("message_thread_id", "") if message.get("is_topic_message") else ""
    return f"{chat}:{thread}"


def album_of(update: dict[str, Any]) -> str | None:
    """The album of which the update is a part; albums have no end mark."""
    message = update.get("message")
    return message.get("media_group_id") if isinstance(message, dict) else None


def message_id(update: dict[str, Any]) -> int:
    """By which the parts of an album are put in order."""
    number = update["message"].get("message_id")
    return number if isinstance(number, int) else 0


def _part(of: dict[str, Any], name: str) -> dict[str, Any]:
    """What nobody can read is parked when it is handled; here it must not hold up the others."""
    part = of.get(name)
    return part if isinstance(part, dict) else {}
