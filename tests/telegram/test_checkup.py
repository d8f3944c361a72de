"""The check-up names what would keep Telegram from working, with the remedy."""

from datetime import timedelta
from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.orders import TellOperator
from bot.dialog.records import Changes
from tests.bot_api import BotApi
from tests.bot_api.refusals import RefusalError
from tests.telegram.stage import GROUP, stage


async def test_when_all_is_well_it_says_nothing(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        assert await s.room.check() == []


async def test_a_wrong_token_is_named_without_telling_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False, token="42:somebody-elses") as s:
        [fault] = await s.room.check()
        assert "FRONTLINE_TELEGRAM_TOKEN" in fault
        assert "somebody" not in fault


async def test_a_group_without_topics_or_rights_is_named(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        s.group.switch_topics(on=False)
        [topics] = await s.room.check()
        assert "topics are switched off" in topics
        s.group.switch_topics(on=True)
        s.group.chat.admins[42]["can_manage_topics"] = False
        [rights] = await s.room.check()
        assert "may not manage topics" in rights
        s.group.chat.admins.clear()
        [absent] = await s.room.check()
        assert "add the bot to the group" in absent


async def test_a_group_that_is_not_there_or_moved_is_named(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        s.group.migrate()
        [moved] = await s.room.check()
        assert str(s.group.id) in moved
        s.api.chats.clear()
        [gone] = await s.room.check()
        assert "chat not found" in gone


async def test_a_wrong_clock_is_named(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        s.clock.ahead = timedelta(minutes=5)
        [fault] = await s.room.check()
        assert "300 s" in fault or "299 s" in fault or "301 s" in fault


async def test_a_telegram_that_does_not_answer_is_named(sample: Content, tmp_path: Path) -> None:
    async with BotApi() as api, stage(sample, tmp_path, run=False, api=api) as s:
        api.refuse("getMe", RefusalError(502, "Bad Gateway"))
        [fault] = await s.room.check()
        assert "does not answer" in fault


async def test_a_group_that_is_asked_for_too_much_is_named(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        lines = [(f"telegram:{GROUP}", TellOperator("anna", f"line {number}")) for number in range(7)]
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=list(lines)))
        assert await s.room.check() == []
        await s.storage.outbox.wait(f"telegram:{GROUP}", s.clock() + timedelta(hours=1), "429")
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=lines[:1]))
        [fault] = await s.room.check()
        assert "8 orders wait" in fault
        assert "chat:" in fault
