"""Updates are stored before they are confirmed: none is lost, none has two effects."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.acts import Wrote
from bot.dialog.content import Content
from bot.dialog.errors import StoreUnavailableError
from bot.storage.inbox import SqlInbox
from tests.bot_api import BotApi
from tests.bot_api.refusals import RefusalError
from tests.telegram.stage import GROUP, Stage, stage


def texts(s: Stage) -> list[str]:
    return [act.text for act in s.acts if isinstance(act, Wrote)]


async def test_an_update_becomes_an_act_once_and_ends_its_row(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        s.api.person("Boris").says("hello")
        await s.told(1)
        await s.handled()
        assert texts(s) == ["hello"]
        assert await s.storage.inbox.parked() == []


async def test_what_cannot_be_stored_is_not_confirmed(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, down = SqlInbox.put, [True]

    async def failing(self: SqlInbox, source: str, updates: Sequence[tuple[str, dict[str, Any]]], now: datetime) -> int:
        if down[0]:
            raise StoreUnavailableError("it is away")
        return await put(self, source, updates, now)

    monkeypatch.setattr(SqlInbox, "put", failing)
    async with stage(sample, tmp_path, scripted=True) as s:
        s.api.person("Boris").says("hello")
        await s.until(lambda: s.api.updates.polls >= 2)
        assert len(s.api.updates.waiting) == 1
        down[0] = False
        await s.told(1)
        assert texts(s) == ["hello"]
        await s.until(lambda: not s.api.updates.waiting)


async def test_what_was_stored_and_not_confirmed_has_one_effect(sample: Content, tmp_path: Path) -> None:
    async with BotApi() as api:
        boris = api.person("Boris")
        async with stage(sample, tmp_path, scripted=True, api=api) as s:
            api.refuse("getUpdates", RefusalError(502, "Bad Gateway"))
            boris.says("one")
            [update] = [each.update for each in api.updates.waiting]
            await s.storage.inbox.put("telegram", [(str(update["update_id"]), update)], s.clock())
            boris.says("two")
            await s.told(2)
            await s.handled()
            assert texts(s) == ["one", "two"]


async def test_numbers_that_begin_anew_after_a_quiet_week_lose_nothing(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        boris.says("before")
        await s.told(1)
        s.api.updates.quiet_week()
        boris.says("after")
        await s.told(2)
        assert texts(s) == ["before", "after"]


async def test_it_goes_on_after_errors_and_another_caller(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        await s.until(lambda: s.api.updates.polls)
        s.api.refuse("getUpdates", RefusalError(409, "terminated by other getUpdates request"))
        s.api.refuse("getUpdates", None)
        s.api.person("Boris").says("hello")
        await s.told(1)
        assert texts(s) == ["hello"]


async def test_a_webhook_that_was_left_behind_is_removed(sample: Content, tmp_path: Path) -> None:
    async with BotApi() as api:
        api.updates.set_hook("http://127.0.0.1:9/nowhere", "")
        boris = api.person("Boris")
        async with stage(sample, tmp_path, scripted=True, api=api) as s:
            await s.until(lambda: not api.updates.hook)
            boris.says("hello")
            await s.told(1)


async def test_it_asks_only_for_what_it_reads(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        await s.until(lambda: s.api.updates.polls)
        assert s.api.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_only_one_process_polls_and_the_other_takes_over(sample: Content, tmp_path: Path) -> None:
    async with BotApi() as api, stage(sample, tmp_path, scripted=True, api=api) as first:
        await first.until(lambda: api.updates.polls)
        async with stage(sample, tmp_path, scripted=True, api=api, holder="that", lease=0.4) as second:
            api.person("Boris").says("hello")
            await first.told(1)
            assert second.acts == []
            assert "another process" in (second.room.fault() or "")
            await first.room.close()
            api.person("Vera").says("are you there?")
            await second.told(1)
            assert texts(second) == ["are you there?"]
            assert second.room.fault() is None


async def test_a_token_that_telegram_does_not_know_is_told_with_the_remedy(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path, token="1:wrong") as s:
        await s.until(lambda: "pauses" in caplog.text)
    assert "Telegram pauses: Telegram does not know the token. Copy it again from @BotFather" in caplog.text


@pytest.mark.parametrize(("group", "told"), [(None, True), (GROUP, False)])
async def test_at_the_start_it_is_told_that_no_operators_group_is_named(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture, group: int | None, told: bool
) -> None:
    async with stage(sample, tmp_path, group=group) as s:
        await s.until(lambda: s.api.updates.polls)
    assert ("No operators' group is named. Set FRONTLINE_OPERATOR_CHAT" in caplog.text) is told


async def test_the_token_is_in_no_log(sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with stage(sample, tmp_path, scripted=True) as s:
        await s.until(lambda: s.api.updates.polls)
        for refusal in (RefusalError(502, f"Bad Gateway at /bot{s.api.token}/"), RefusalError(401, "Unauthorized")):
            s.api.refuse("getUpdates", refusal)
        s.api.person("Boris").says("hello")
        await s.told(1)
        await s.until(lambda: not s.api.updates.waiting)
    assert "no updates" in caplog.text
    assert s.api.token not in caplog.text


async def test_closing_takes_nothing_more_in(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        await s.until(lambda: s.api.updates.polls)
        async with asyncio.timeout(3):
            await s.room.close()
        s.api.person("Boris").says("too late")
        assert len(s.api.updates.waiting) == 1
        assert await s.storage.leases.hold("telegram", "somebody else", s.clock(), 5)
