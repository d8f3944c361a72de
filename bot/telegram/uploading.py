"""Uploading: files that are kept here, for chats of Telegram."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendAudio, SendDocument, SendPhoto, SendVideo
from aiogram.types import FSInputFile
from aiogram.types import Message as TelegramMessage

from bot.dialog.messages import Attachment, Message
from bot.dialog.ports import Files

SendFile = SendPhoto | SendVideo | SendAudio | SendDocument
Kept = tuple[Attachment, Path]


def kept(files: Files, message: Message) -> list[Kept]:
    """The message's files that are kept here; Telegram copies its own."""
    found = ((each, files.path(message.conversation, each)) for each in message.attachments)
    return [(each, path) for each, path in found if path is not None]


async def upload(
    send: Callable[[SendFile], Awaitable[TelegramMessage]],
    file: Kept,
    chat: int,
    thread: int | None = None,
) -> TelegramMessage:
    """As what it is; what Telegram does not take for a picture or a film, as a document."""
    attachment, path = file
    where: dict[str, Any] = {"chat_id": chat, "message_thread_id": thread}
    content = FSInputFile(path, attachment.name)
    plain = SendDocument(document=content, **where)
    try:
        match attachment.kind:
            case "photo":
                return await send(SendPhoto(photo=content, **where))
            case "video":
                return await send(SendVideo(video=content, **where))
            case "audio":
                return await send(SendAudio(audio=content, **where))
            case _:
                return await send(plain)
    except TelegramBadRequest as error:
        if attachment.kind == "document" or "thread" in error.message.lower():
            raise
        return await send(plain)
