"""Questions about the bot, chats, members and files, and the settings of the bot."""

from typing import Any

from aiogram import methods as m

from tests.bot_api.media import DOWNLOAD_LIMIT
from tests.bot_api.refusals import bad
from tests.bot_api.sending import Uploads
from tests.bot_api.world import BOT, Json, World


def get_me(world: World, call: m.GetMe, uploads: Uploads) -> Json:
    return BOT | {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False}


async def get_updates(world: World, call: m.GetUpdates, uploads: Uploads) -> list[Json]:
    if call.allowed_updates is not None:
        world.updates.allowed = frozenset(call.allowed_updates) or None
    return await world.updates.poll(call.offset, min(call.limit or 100, 100), call.timeout or 0)


def set_webhook(world: World, call: m.SetWebhook, uploads: Uploads) -> bool:
    if call.allowed_updates is not None:
        world.updates.allowed = frozenset(call.allowed_updates) or None
    world.updates.set_hook(call.url, call.secret_token or "")
    return True


def delete_webhook(world: World, call: m.DeleteWebhook, uploads: Uploads) -> bool:
    if call.drop_pending_updates:
        world.updates.waiting.clear()
    world.updates.set_hook("", "")
    return True


def get_webhook_info(world: World, call: m.GetWebhookInfo, uploads: Uploads) -> Json:
    waiting = len(world.updates.waiting)
    return {"url": world.updates.hook, "has_custom_certificate": False, "pending_update_count": waiting}


def get_chat(world: World, call: m.GetChat, uploads: Uploads) -> Json:
    chat = world.chat(call.chat_id)
    return chat.brief | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }


def get_chat_member(world: World, call: m.GetChatMember, uploads: Uploads) -> Json:
    chat = world.chat(call.chat_id)
    who: Any = BOT if call.user_id == BOT["id"] else {"id": call.user_id, "is_bot": False, "first_name": "Somebody"}
    if call.user_id in chat.admins:
        wanted = m.GetChatMember.__returning__  # every right of an administrator, named by the library's own model
        rights = {
            name: chat.admins[call.user_id].get(name, False)
            for kind in wanted.__args__
            if kind.__name__ == "ChatMemberAdministrator"
            for name in kind.model_fields
            if name.startswith(("can_", "is_"))
        }
        return {"status": "administrator", "user": who} | rights
    if call.user_id in chat.members:
        return {"status": "member", "user": who}
    if call.user_id in chat.removed:
        return {"status": "kicked", "user": who, "until_date": 0}
    raise bad("PARTICIPANT_ID_INVALID")


def _readers(call: m.SetMyCommands | m.DeleteMyCommands) -> str:
    """Who sees a menu, such as `all_group_chats:en` or `chat_member/-100/7:`."""
    given = call.scope.model_dump() if call.scope else {"type": "default"}
    return "/".join(str(each) for each in given.values()) + f":{call.language_code or ''}"


def set_my_commands(world: World, call: m.SetMyCommands, uploads: Uploads) -> bool:
    world.commands[_readers(call)] = [command.model_dump() for command in call.commands]
    return True


def delete_my_commands(world: World, call: m.DeleteMyCommands, uploads: Uploads) -> bool:
    world.commands.pop(_readers(call), None)
    return True


def get_file(world: World, call: m.GetFile, uploads: Uploads) -> Json:
    if call.file_id not in world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    name, data = world.files[call.file_id]
    if len(data) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    path = f"documents/{call.file_id}/{name}"
    return {"file_id": call.file_id, "file_unique_id": f"u-{call.file_id}", "file_size": len(data), "file_path": path}


ASKING = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getFile": get_file,
}
