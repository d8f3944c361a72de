"""A mention of an operator's account names the operator."""

from datetime import UTC, datetime

from aiogram.types import Chat, Message, MessageEntity, User

from bot.telegram.mentions import text_with_ids
from handoff.desk import Desk, Operator, Skill
from handoff.hours import always

TEAM = {"anna": Operator("anna", {"ru": "Анна"}, telegram=1001), "olga": Operator("olga", {}, telegram=None)}
DESK = Desk("UTC", ("ru",), {"general": Skill("general", {}, always("UTC"))}, TEAM)


def message(text: str, *mentions: tuple[int, int, int]) -> Message:
    entities = [
        MessageEntity(type="text_mention", offset=at, length=length, user=User(id=who, is_bot=False, first_name="x"))
        for at, length, who in mentions
    ]
    chat = Chat(id=-100, type="supergroup")
    return Message(message_id=1, date=datetime(2026, 5, 4, tzinfo=UTC), chat=chat, text=text, entities=entities)


def test_a_mention_of_an_operator_is_read_as_their_id():
    assert text_with_ids(message("/assign Аня К. please", (8, 6, 1001)), DESK) == "/assign @anna please"


def test_letters_of_two_units_before_the_mention_do_not_shift_it():
    assert text_with_ids(message("🙂 Аня и Аня", (3, 3, 1001), (9, 3, 1001)), DESK) == "🙂 @anna и @anna"


def test_whoever_is_not_on_the_desk_keeps_their_name():
    assert text_with_ids(message("/assign Борис", (8, 5, 555)), DESK) == "/assign Борис"
