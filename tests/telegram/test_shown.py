"""What customers are shown in their chat: once, whole, in pieces if it is long, beside Telegram's keyboard or not."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.content import Content
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.messages import Author, AuthorKind, Button, Message
from bot.dialog.operator_acts import Say
from bot.dialog.orders import Order, ShowFile, ShowMessage
from bot.dialog.records import Changes
from tests.bot_api import BotApi, Person
from tests.bot_api.refusals import RefusalError
from tests.telegram.stage import Stage, stage
from tests.telegram.test_files import PDF, PNG, kept

FOLDED = "✓"


async def give(s: Stage, *orders: Order, to: Person, messages: Sequence[Message] = ()) -> None:
    """Let these be done in the person's chat."""
    async with s.storage.work.begin() as tx:
        changes = Changes(messages=list(messages), orders=[(f"telegram:{to.id}", each) for each in orders])
        await tx.save(changes)
    s.room._gateway.wake()
    await s.settled()


async def show(s: Stage, to: Person, *texts: str, button: str = "") -> None:
    """The bot says this, each with the button if there is one."""
    async with s.storage.work.read() as tx:
        [known] = await tx.conversations([("telegram", str(to.id))])
    buttons = (Button("yes", button),) if button else ()
    said = [
        Message(known.id, seq, s.clock(), Author(AuthorKind.BOT), text, markdown=text, buttons=buttons)
        for seq, text in enumerate(texts, known.last_seq + 1)
    ]
    await give(s, *(ShowMessage(known.id, each.seq) for each in said), to=to, messages=said)


async def test_the_buttons_of_a_long_text_are_under_its_end(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, _topic = await s.talking()
        await show(s, boris, "\n\n".join("слово " * 400 for _ in range(3)), button="Спасибо")
        *first, last = boris.sees()[-3:]
        assert not any("reply_markup" in each for each in first)
        assert "reply_markup" in last


async def test_a_message_with_files_that_broke_off_goes_on_where_it_stopped(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, _topic = await s.talking()
        files = tuple([await kept(s, "conversation-1", name, what) for name, what in (("a.png", PNG), ("b.pdf", PDF))])
        before = len(boris.sees())
        s.api.refuse("sendDocument", RefusalError(502, "Bad Gateway"), chat=boris.id)
        await s.service.do(Say("anna", "conversation-1", "desk-1", "Ваш чек", attachments=files))
        await s.until(lambda: "document" in boris.sees()[-1])
        words, picture, _paper = boris.sees()[before:]
        assert words["text"] == "Ваш чек"
        assert "photo" in picture


async def test_a_file_that_was_handed_over_is_not_handed_over_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, _topic = await s.talking()
        async with s.storage.work.read() as tx:
            [known] = await tx.conversations_by_id(["conversation-1"])
        said = Message(known.id, known.last_seq + 1, s.clock(), Author(AuthorKind.BOT), "Откройте этот файл")
        order = ShowFile(known.id, said.seq, "call.ics", "BEGIN:VCALENDAR")
        await give(s, order, to=boris, messages=[said])
        await give(s, order, to=boris)  # as a kill between the file and the end of its order leaves it
        assert sum("document" in each for each in boris.sees()) == 1


async def test_all_parts_of_what_an_operator_takes_back_go(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        first, _second = anna.sends_album("photo", "photo", to=s.group, topic=topic)
        await s.until(lambda: sum("photo" in each for each in boris.sees()) == 2)
        anna.writes_in(topic, "/delete", s.group, reply_to=first)
        await s.until(lambda: sum("photo" in each for each in boris.sees()) == 0)


async def test_telegrams_keyboard_goes_once_it_serves_no_more_even_after_a_restart(
    sample: Content, tmp_path: Path
) -> None:
    async with BotApi() as api:
        async with stage(sample, tmp_path, api=api) as s:
            boris = api.person("Boris", language="ru")
            boris.says("перезвоните мне")
            await s.until(lambda: boris.finds("slot:"))
            await boris.presses("slot:").answered()
            await s.until(lambda: boris.finds("phone"))
            await boris.presses("phone").answered()
            await s.until(lambda: any("keyboard" in each.get("_keyboard", {}) for each in boris.sees()))
            await s.settled()
        async with stage(sample, tmp_path, api=api) as s:
            await show(s, boris, "Один вопрос", "Ещё вопрос", button="Да")
            assert boris.reads()[-3:] == [FOLDED, "Один вопрос", "Ещё вопрос"]
            assert "remove_keyboard" in boris.sees()[-3]["_keyboard"]


async def test_a_database_that_is_away_is_no_fault_of_what_was_to_be_shown(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, _topic = await s.talking()
        read, failures = s.storage.work.read, [True, False]  # the second is the delivery's

        @asynccontextmanager
        async def failing(*more: Any) -> AsyncIterator[Any]:
            if failures and failures.pop():
                raise StoreUnavailableError("it is away")
            async with read(*more) as look:
                yield look

        monkeypatch.setattr(s.storage.work, "read", failing)
        await show(s, boris, "Здравствуйте")
        assert boris.reads()[-1] == "Здравствуйте"
        assert "deliveries wait" in caplog.text
        assert "failed" not in caplog.text
