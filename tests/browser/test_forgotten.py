"""A customer is forgotten beside the server that runs: at the desk, in the widget and in the database."""

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LAST = "SELECT max(number) FROM ticket"
WHOSE = "SELECT conversation FROM ticket WHERE number = ?"
LEFT = "SELECT count(*) FROM message WHERE conversation = ?"


async def forget(product, ticket):
    named = {"FRONTLINE_CACHE": str(product.cache), "PYTHONPATH": str(Path(__file__).parents[2])}
    env = {name: value for name, value in os.environ.items() if not name.startswith("FRONTLINE_")} | named
    command = (sys.executable, "-m", "bot", "forget", f"#{ticket}", "--yes")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=product.folder, env=env, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    return told.decode()


async def test_a_talk_that_both_sides_have_before_them_is_gone_from_both(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    async with people.operator(frontline) as desk:
        await visitor.write("позовите оператора")
        await visitor.write("меня зовут Зафнат")
        await desk.accept()
        await desk.said("Зафнат", "customer")
        await desk.page.locator("#words").fill("Уважаемый Зафнат")
        database = sqlite3.connect(frontline.folder / "frontline.db")
        (number,) = database.execute(LAST).fetchone()
        (conversation,) = database.execute(WHOSE, (number,)).fetchone()
        assert await forget(frontline, number) == f"#{number} is forgotten. Erased: 1 conversation, 4 messages.\n"
        await expect(desk.page.locator("#talk .empty")).to_be_visible()
        await expect(desk.page.locator("#card")).to_be_empty()
        assert "Зафнат" not in await desk.page.evaluate("JSON.stringify(sessionStorage) + document.body.innerText")
        await expect(visitor.chat.locator(".item.customer")).to_have_count(0)
        await visitor.write("Как можно оплатить?")
        await visitor.said("Visa")
        assert database.execute(LEFT, (conversation,)).fetchone() == (0,)
        database.close()
