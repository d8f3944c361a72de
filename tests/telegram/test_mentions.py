"""A mention of an operator's account names the operator."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiogram.types import Chat, Message, MessageEntity, User

from bot.dialog.content import Content
from bot.telegram.mentions import Usernames, text_with_ids
from bot.telegram.surroundings import Surroundings
from tests.telegram.stage import Stage, stage


def message(text: str, *mentions: tuple[int, int, int | None]) -> Message:
    """Each mention is (offset, length, account), without an account one of a public name."""
    entities = [
        MessageEntity(type="text_mention", offset=at, length=length, user=User(id=who, is_bot=False, first_name="x"))
        if who is not None
        else MessageEntity(type="mention", offset=at, length=length)
        for at, length, who in mentions
    ]
    chat = Chat(id=-100, type="supergroup")
    return Message(message_id=1, date=datetime(2026, 5, 4, tzinfo=UTC), chat=chat, text=text, entities=entities)


def around(s: Stage) -> Surroundings:
    return s.room._around  # the room's own, with its store


def account(id: int, username: str) -> User:
    return User(id=id, is_bot=False, first_name="x", username=username)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (message("/assign Аня К. please", (8, 6, 1001)), "/assign @anna please"),
        (message("🙂 Аня и Аня", (3, 3, 1001), (9, 3, 1001)), "🙂 @anna и @anna"),
        (message("/assign Борис", (8, 5, 555)), "/assign Борис"),
        (message("/assign @Best_of_all now", (8, 12, None)), "/assign @olga now"),
        (message("/assign @nobody_knows", (8, 13, None)), "/assign @nobody_knows"),
        (message("/assign @janis", (8, 6, None)), "/assign @janis"),
    ],
    ids=[
        "no-public-name",
        "letters-of-two-units",
        "not-on-the-desk",
        "public-name",
        "unknown-name",
        "an-id-goes-first",
    ],
)
async def test_a_mention_is_read_as_the_operators_id(sample: Content, tmp_path: Path, sent: Message, read: str) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        names = Usernames(around(s))
        await names.seen(account(1002, "best_of_ALL"))
        await names.seen(account(1001, "janis"))
        await names.seen(account(555, "nobody_knows"))
        assert await text_with_ids(sent, around(s), names) == read


async def test_a_public_name_that_goes_to_another_operator_names_the_other(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        await Usernames(around(s)).seen(account(1002, "shift_lead"))
        names = Usernames(around(s))  # after a restart
        assert await names.operator("shift_lead") == "olga"
        await names.seen(account(1001, "shift_lead"))
        assert await names.operator("Shift_Lead") == "anna"


async def test_who_has_written_in_the_group_can_be_named_by_their_public_name(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna, olga = s.operator("anna"), s.operator("olga")
        anna.user["username"] = "anna_from_riga"
        anna.says("/online", to=s.group)
        await s.until(s.group.reads)
        olga.says("/skills @Anna_from_Riga", to=s.group)
        await s.until(lambda: s.group.reads()[-1].startswith("Анна: Доставка"))
