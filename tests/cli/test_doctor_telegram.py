"""The doctor looks at Telegram: the token, the group, the rights."""

from datetime import UTC, datetime

import pytest

from bot.cli.doctor import _examine
from bot.settings import Settings, name_of
from bot.storage.storage import Storage
from tests.bot_api import BotApi


@pytest.fixture
async def settings(tmp_path, monkeypatch, pytestconfig):
    for field in Settings.model_fields:
        monkeypatch.delenv(name_of(field), raising=False)
    url = f"sqlite+aiosqlite:///{tmp_path / 'doctor.db'}"
    async with Storage.open(url) as storage:
        await storage.upgrade()
    cache = pytestconfig.cache.mkdir("models")
    return lambda **values: Settings(_env_file=None, database_url=url, cache=cache, **values)


async def test_a_good_token_and_a_fit_group_are_well(settings, capsys):
    async with BotApi() as api:
        group = api.group("operators")
        assert await _examine(settings(telegram_token=api.token, telegram_api=api.url, operator_chat=group.id))
    assert "ok    Telegram knows the token, the group is fit, the clocks agree" in capsys.readouterr().out


async def test_a_wrong_token_is_found(settings, capsys):
    async with BotApi() as api:
        assert not await _examine(settings(telegram_token="42:WRONG", telegram_api=api.url, operator_chat=-5))
    assert "FAIL  Telegram does not know the token." in capsys.readouterr().out


async def test_telegram_waits_for_a_good_workspace(settings, capsys, tmp_path):
    async with BotApi() as api:
        assert not await _examine(settings(telegram_token=api.token, telegram_api=api.url, workspace=tmp_path))
    assert "FAIL  Telegram cannot be looked at before workspace and database are well" in capsys.readouterr().out


async def test_a_token_without_a_group_is_found(settings, capsys):
    async with BotApi() as api:
        assert not await _examine(settings(telegram_token=api.token, telegram_api=api.url))
    assert "FAIL  No operators' group is named. Set FRONTLINE_OPERATOR_CHAT" in capsys.readouterr().out


async def test_updates_that_were_parked_are_listed_with_their_error(settings, capsys):
    chosen = settings()
    async with Storage.open(chosen.database_url) as storage:
        await storage.inbox.put("telegram", [("77", {"update_id": 77})], datetime(2026, 5, 4, tzinfo=UTC))
        (row,) = await storage.inbox.pending("telegram")
        await storage.inbox.failed(row.id, "nobody understands it", park=True)
    assert not await _examine(chosen)
    said = "FAIL  the update 77 of telegram could not be handled: nobody understands it"
    assert said in capsys.readouterr().out
