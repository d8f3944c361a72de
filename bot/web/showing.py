"""Showing: messages and states of the dialog as frames of the protocol."""

from functools import lru_cache

from bot.dialog.buttons import TELEGRAM
from bot.dialog.contact import SHARE
from bot.dialog.conversation import Shown
from bot.dialog.messages import Attachment, Author, AuthorKind, Button, Message
from bot.web.markup import to_html
from bot.web.wire import AuthorShown, ButtonShown, FileShown, MessageShown, OperatorShown, StateShown
from kb.render import html

_ALWAYS = {
    "photo": (".jpg", "image/jpeg"),
    "voice": (".ogg", "audio/ogg"),
    "video": (".mp4", "video/mp4"),
    "video_note": (".mp4", "video/mp4"),
    "animation": (".mp4", "video/mp4"),
    "sticker": (".webp", "image/webp"),
}


def message_frame(message: Message, link: str | None = None) -> MessageShown:
    """The message as everybody in the conversation sees it; of a deleted one only that it was there.

    Its customer alone is shown the `link` into Telegram.
    """
    mine = message.author.kind is AuthorKind.CUSTOMER
    files = files_shown(message)
    return MessageShown(
        seq=message.seq,
        at=message.at,
        author=author_shown(message.author),
        text="" if message.deleted else message.text,
        html="" if message.deleted else _html(message),
        buttons=_buttons(message.buttons) + (_into_telegram(message, link) if link else ()),
        file=files[0] if files else None,
        files=files,
        edited=message.edited,
        id=message.key if mine else None,
        deleted=message.deleted,
    )


def files_shown(message: Message) -> tuple[FileShown, ...]:
    """The files that can be asked for, each by its message's `seq` and its place there."""
    return tuple(
        FileShown(id=f"{message.seq}.{place}", name=_named(each), mime=_mime(each), size=each.size)
        for place, each in enumerate(message.attachments)
        if each.ref and not message.deleted
    )


def _mime(file: Attachment) -> str:
    """Telegram does not say what is always the same."""
    return file.mime or _ALWAYS.get(file.kind, ("", "application/octet-stream"))[1]


def _named(file: Attachment) -> str:
    return file.name or f"{file.kind}{_ALWAYS.get(file.kind, ('', ''))[0]}"


@lru_cache(maxsize=1024)  # the same answers come with the same buttons
def _buttons(buttons: tuple[Button, ...]) -> tuple[ButtonShown, ...]:
    shown = (each for each in buttons if each.id not in (SHARE, TELEGRAM))
    return tuple(ButtonShown(id=each.id, label=each.label, kind=each.kind, url=each.url) for each in shown)


def leads_into_telegram(message: Message) -> bool:
    """Whether its customer is shown a link."""
    return any(each.id == TELEGRAM for each in message.buttons)


def _into_telegram(message: Message, link: str) -> tuple[ButtonShown, ...]:
    ways = (each for each in message.buttons if each.id == TELEGRAM)
    return tuple(ButtonShown(id=each.id, label=each.label, kind=each.kind, url=link) for each in ways)


def _html(message: Message) -> str:
    return to_html(message.text, message.entities) if message.markdown is None else html(message.markdown)


def state_frame(shown: Shown) -> StateShown:
    """The state in the protocol's words."""
    operator = None if shown.operator is None else OperatorShown(name=shown.operator)
    return StateShown(mode=shown.mode, position=shown.position, wait_s=shown.wait, operator=operator)


def author_shown(author: Author) -> AuthorShown:
    """Who speaks."""
    return AuthorShown(kind=author.kind, name=author.name)
