"""What an application knows before anything of it is started."""

import pytest

from bot.app import Application, Role
from bot.bridge import Bridge
from bot.dialog.bridge import BOT
from bot.settings import Settings
from bot.storage.storage import Storage


@pytest.mark.parametrize(("token", "known"), [("42:TOKEN", "shop_bot"), (None, "")])
async def test_the_way_into_telegram_is_there_when_the_bot_is_known_and_telegram_on(tmp_path, token, known):
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'app.db'}") as storage:
        await storage.upgrade()
        app = Application(
            Settings(_env_file=None, telegram_token=token), Role.WEB, storage, None, "", None, None, "", Bridge("s")
        )
        await app.learn_bot()
        assert app.bridge.bot == ""
        await storage.keep.put(BOT, "shop_bot")
        await app.learn_bot()
        assert app.bridge.bot == known


def test_an_application_plays_its_own_role_only():
    app = Application(None, Role.WEB, None, None, "", None, None, "", None)
    assert (app.plays(Role.WEB), app.plays(Role.WORKER)) == (True, False)
    app.role = Role.ALL
    assert all(app.plays(role) for role in Role)
