"""Elsewhere: what a customer who reads in Telegram has written on the site."""

from typing import Final

from bot.dialog.messages import AuthorKind, Message
from bot.dialog.ports import Transaction
from bot.telegram.copying import standing
from bot.telegram.texts import shortened

LOOK_BACK: Final = 10  # messages
QUOTED: Final = 200  # UTF-16 units


async def asked_elsewhere(look: Transaction, message: Message, chat: int) -> str:
    """The words that an operator's message answers, as one line, if the chat has not seen them; "" if it has."""
    if message.author.kind is not AuthorKind.OPERATOR:
        return ""
    unseen = [each for each in await _answered(look, message) if not await _stands(look, each, chat)]
    return shortened(" ".join(each.text for each in unseen), QUOTED)


async def _answered(look: Transaction, message: Message) -> list[Message]:
    """What it is a reply to, else what the customer has written since anybody answered.

    Our own notes are no answer, and a button that was pressed is no question.
    """
    if message.reply_to:
        named = await look.message(message.conversation, message.reply_to)
        return [named] if named and named.author.kind is AuthorKind.CUSTOMER else []
    after = max(0, message.seq - 1 - LOOK_BACK)
    said = await look.messages(message.conversation, after, message.seq - 1 - after)
    labels = {button.label for each in said for button in each.buttons}
    found: list[Message] = []
    for each in reversed(said):
        if each.author.kind is AuthorKind.CUSTOMER and each.text not in labels:
            found.insert(0, each)
        elif each.author.kind in (AuthorKind.BOT, AuthorKind.OPERATOR):
            break
    return found


async def _stands(look: Transaction, message: Message, chat: int) -> bool:
    return bool(standing(await look.refs_of(message.conversation, message.seq), chat))
