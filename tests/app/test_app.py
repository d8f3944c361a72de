"""The application: what each role starts, how it stops, and what it tells about itself."""

import asyncio
import json
import os
import shutil
import signal
import socket
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot import process
from bot.app import Role, utc_now, venue_of
from bot.cli.init import STARTER
from bot.cli.run import greeting
from bot.dialog.bridge import BOT
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.orders import TellOperator
from bot.dialog.questions import Outcome, Question
from bot.dialog.records import Changes, Published
from bot.process import StartError, run
from bot.secret import secret_of, webhook_secret
from bot.settings import Settings, name_of
from bot.storage.errors import ServedAlreadyError
from bot.storage.storage import Storage
from tests.bot_api import BotApi
from tests.bot_api.refusals import too_many
from tests.patience import PATIENCE
from tests.storage.samples import begin_with, conversation, message, save, ticket


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def settings(tmp_path, monkeypatch, pytestconfig):
    for field in Settings.model_fields:
        monkeypatch.delenv(name_of(field), raising=False)

    def made(**values):
        return Settings(
            _env_file=None,
            database_url=f"sqlite+aiosqlite:///{tmp_path / 'app.db'}",
            cache=pytestconfig.cache.mkdir("models"),
            http_port=free_port(),
            **{"watch": "off", **values},
        )

    return made


@asynccontextmanager
async def running(settings, role=Role.ALL):
    """The application while the block runs; then it is told to stop as an operating system does."""
    up = asyncio.get_running_loop().create_future()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(run(settings, role, up.set_result))
        await asyncio.wait({task, up}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
        yield await up
        os.kill(os.getpid(), signal.SIGTERM)


async def get(settings, path):
    async with aiohttp.ClientSession() as session, session.get(settings.public_url + path) as answer:
        return answer.status, await answer.text()


async def until(condition):
    async with asyncio.timeout(PATIENCE):
        while not (found := condition()):
            await asyncio.sleep(0.02)
        return found


async def test_everything_starts_says_where_it_is_and_stops_when_told(settings):
    chosen = settings()
    async with running(chosen) as app:
        lines = greeting(app)
        assert f"  demo page  {chosen.public_url}/" in lines
        assert any(line.startswith(f"  desk       {chosen.public_url}/desk?key=") for line in lines)
        assert any(line.startswith(f"  both sides {chosen.public_url}/#desk=") for line in lines)
        assert "  Telegram   off; set FRONTLINE_TELEGRAM_TOKEN to connect a bot" in lines
        status, text = await get(chosen, "/readyz")
        assert (status, json.loads(text)["checks"]) == (200, {"database": "ok", "content": "ok"})
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(chosen, "/readyz")


async def test_a_visitor_is_answered_and_counted(settings):
    chosen = settings()
    async with running(chosen), aiohttp.ClientSession() as session:
        async with session.ws_connect(f"{chosen.public_url}/ws/v1", origin=chosen.public_url) as socket:
            await socket.send_json({"type": "hello", "token": None, "locale": "ru", "tz": "Europe/Riga", "seen": 0})
            await socket.send_json({"type": "message", "id": "1", "text": "сколько стоит доставка"})
            async for frame in socket:
                event = json.loads(frame.data)
                if event["type"] == "message" and event["author"]["kind"] == "bot":
                    break
            assert "3 €" in event["text"]
        _, text = await get(chosen, "/metrics")
        assert 'frontline_messages_total{author="customer"} 1.0' in text
        assert 'frontline_messages_total{author="bot"} 1.0' in text


async def test_what_is_older_than_the_desk_keeps_it_is_forgotten(settings, tmp_path):
    desk = shutil.copytree(STARTER, tmp_path / "shop") / "handoff" / "desk.yaml"
    desk.write_text(desk.read_text("utf-8") + "\nretention: {messages: 30d, questions: 20d}\n", "utf-8")
    now, ages = utc_now(), (timedelta(days=21), timedelta(days=19))
    old = {("c1", seq): Question(seq, now - age, "en", Outcome.MISSED) for seq, age in enumerate(ages, 1)}
    chosen = settings(workspace=tmp_path / "shop")
    async with Storage.open(chosen.database_url) as storage:
        await storage.upgrade()
        silent = conversation("c2", created=now - timedelta(days=31), touched=now - timedelta(days=31))
        await begin_with(storage, conversation(), silent)
        await save(storage, messages=[message(seq, at=now) for seq in (1, 2)], questions=old)
    left, gone = [], set()
    async with running(chosen) as app, asyncio.timeout(PATIENCE):
        while len(left) != 1 or not gone:
            await asyncio.sleep(0.02)
            left = await app.storage.questions.since(now - timedelta(days=99), 9)
            async with app.storage.work.read() as look:
                gone = await look.forgotten(["c1", "c2"])
    assert ([each.question.seq for each in left], gone) == ([2], {"c2"})


async def test_who_was_put_into_a_line_that_is_gone_by_a_process_with_the_old_desk_is_found(settings, monkeypatch):
    monkeypatch.setattr(process, "LOOK", 0.02)
    async with running(settings(), Role.WEB) as app, asyncio.timeout(PATIENCE):
        await begin_with(app.storage)
        await save(app.storage, tickets={1: (ticket(skill="gone"), None)})
        skill = "gone"
        while skill == "gone":
            await asyncio.sleep(0.02)
            async with app.storage.work.read() as look:
                skill = (await look.ticket(1)).skill
    assert skill == app.content.desk.default_skill


async def test_a_database_that_does_not_answer_is_not_ready(settings):
    chosen = settings()

    async def asleep():
        raise StoreUnavailableError("it sleeps")

    async with running(chosen) as app:
        app.storage.ping = asleep
        status, text = await get(chosen, "/readyz")
        assert status == 503
        assert "it sleeps" in json.loads(text)["checks"]["database"]


async def test_a_port_that_is_taken_is_one_clear_error(settings):
    chosen = settings()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", chosen.http_port))
        taken.listen()
        with pytest.raises(StartError, match="Stop what listens there, or set FRONTLINE_HTTP_PORT"):
            async with asyncio.timeout(PATIENCE):
                await run(chosen, Role.ALL, lambda _: None)


@pytest.mark.parametrize("role", [Role.ALL, Role.WORKER])
async def test_a_second_process_on_a_file_stops_at_its_start_and_commands_work_beside_the_first(settings, role):
    chosen = settings()
    async with running(chosen):
        with pytest.raises(
            ServedAlreadyError, match=rf"/.+\.db is served by process {os.getpid()} already\. Stop that"
        ):
            await run(settings(), role, lambda _: None)
        async with Storage.open(chosen.database_url) as beside:
            await beside.ping()
        assert (await get(chosen, "/readyz"))[0] == 200
    async with running(settings()):
        pass  # the file is free again


@pytest.mark.parametrize("role", [Role.WORKER, Role.TELEGRAM])
async def test_a_role_without_the_web_listens_on_nothing(settings, role):
    chosen = settings()
    async with running(chosen, role) as app:
        assert app.web is None
        assert greeting(app)[0] == "Frontline is running. Ctrl-C stops it."
        assert not any("desk" in line for line in greeting(app))
        with pytest.raises(aiohttp.ClientConnectorError):
            await get(chosen, "/readyz")


async def test_a_telegram_customer_is_answered_when_there_is_a_token(settings):
    async with BotApi() as api:
        group = api.group("operators")
        chosen = settings(telegram_token=api.token, telegram_api=api.url, operator_chat=group.id)
        async with running(chosen) as app:
            assert "  Telegram   on, by polling" in greeting(app)
            boris = api.person("Борис", language="ru")
            boris.says("сколько стоит доставка")
            await until(lambda: any("3 €" in text for text in boris.reads()))
            status, text = await get(chosen, "/readyz")
            assert (status, json.loads(text)["checks"]["telegram"]) == (200, "ok")


async def until_message(socket, fits):
    async for frame in socket:
        event = json.loads(frame.data)
        if event["type"] == "message" and fits(event):
            return event
    return None


async def test_a_visitor_who_left_a_message_goes_on_in_telegram(settings):
    async with BotApi() as api:
        chosen = settings(telegram_token=api.token, telegram_api=api.url, operator_chat=api.group("operators").id)
        async with Storage.open(chosen.database_url) as storage:  # as another process has found it out
            await storage.upgrade()
            await storage.keep.put(BOT, "frontline_bot")
        async with running(chosen) as app, aiohttp.ClientSession() as session:
            await until(lambda: app.bridge.bot)
            async with session.ws_connect(f"{chosen.public_url}/ws/v1", origin=chosen.public_url) as socket:
                await socket.send_json({"type": "hello", "token": None, "locale": "ru", "tz": "Europe/Riga", "seen": 0})
                for number, text in enumerate(("хочу оставить сообщение", "Где мой велосипед?")):
                    await socket.send_json({"type": "message", "id": str(number), "text": text})
                offered = await until_message(socket, lambda event: event["buttons"][1:])
                [link] = [each["url"] for each in offered["buttons"] if each["id"] == "telegram"]
                address, _, code = link.partition("?start=")
                assert address == "https://t.me/frontline_bot"
                maria = api.person("Maria", language="en")
                maria.says(f"/start {code}")
                await until(lambda: len(maria.reads()) == 2)
                assert "«Где мой велосипед?»" in maria.reads()[0]
                maria.says("И насос")
                assert await until_message(socket, lambda event: event["text"] == "И насос")


async def test_figures_tell_what_waits_for_a_group(settings):
    async with BotApi() as api:
        group = api.group("operators")
        api.refuse("sendMessage", too_many(100))
        chosen = settings(telegram_token=api.token, telegram_api=api.url, operator_chat=group.id)
        async with running(chosen) as app:
            async with app.storage.work.begin() as tx:
                await tx.save(Changes(orders=[(f"telegram:{group.id}", TellOperator("anna", "one"))]))
            app.telegram.publish(Published(orders=True))
            await until(lambda: app.telegram.limited)
            await until(lambda: [each.orders for each in app.telegram.loads().values()] == [2])  # the board waits, too
            _, text = await get(chosen, "/metrics")
    assert "frontline_telegram_limited_total 1.0" in text
    assert f'frontline_lane_orders{{group="{group.id}"}} 2.0' in text
    assert f'frontline_lane_delay_seconds{{group="{group.id}"}} 7.5' in text


@pytest.mark.parametrize("role", [Role.ALL, Role.WEB])
async def test_a_webhook_wants_its_secret(settings, role):
    async with BotApi() as api:
        chosen = settings(telegram_token=api.token, telegram_api=api.url, telegram_mode="webhook")
        async with running(chosen, role) as app:
            url = f"{chosen.public_url}/telegram/webhook"
            header = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(chosen, app.secret)}
            async with aiohttp.ClientSession() as session:
                async with session.post(url, json={"update_id": 1}) as answer:
                    assert answer.status == 403
                async with session.post(url, json={"update_id": 1}, headers=header) as answer:
                    assert answer.status == 200


async def test_the_secret_is_made_once_and_one_that_is_set_goes_first(settings):
    chosen = settings()
    async with Storage.open(chosen.database_url) as storage:
        await storage.upgrade()
        made = await secret_of(chosen, storage.keep)
        assert len(made) >= 32
        assert await secret_of(chosen, storage.keep) == made
        assert await secret_of(settings(secret="s" * 32), storage.keep) == "s" * 32


def test_telegram_s_webhook_secret_is_derived_unless_it_is_set(settings):
    derived = webhook_secret(settings(), "a")
    assert derived == webhook_secret(settings(), "a") != webhook_secret(settings(), "b")
    assert webhook_secret(settings(telegram_webhook_secret="mine"), "a") == "mine"


def test_operators_sit_in_the_skill_s_group_else_in_the_common_one(settings, sample):
    on = {"telegram_token": "1:abc"}
    assert venue_of(settings(operator_chat=-5, **on))(sample.desk, "delivery") == "telegram:-5"
    assert venue_of(settings(**on))(sample.desk, "delivery") is None
    assert venue_of(settings(operator_chat=-5))(sample.desk, "delivery") is None
