"""The launcher: what it loads and when, the greeting that a site may wish for, and what is kept of what was typed."""

import pytest
from playwright.async_api import expect

from tests.browser.product import Widget
from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GREETED = """(attributes) => {
  document.querySelector("frontline-chat").remove();
  const chat = document.createElement("frontline-chat");
  for (const name in attributes) chat.setAttribute(name, attributes[name]);
  document.body.append(chat);
}"""


async def loading(people, frontline, **options):
    """A visitor at the page, and the parts of the widget that the browser has asked for."""
    page = await people.page("about:blank", **options)
    asked = []
    page.on("request", lambda one: "/widget" in one.url and asked.append(one.url.rpartition("/")[2]))
    page.on("websocket", lambda _: asked.append("connection"))
    await page.goto(frontline.url, wait_until="networkidle")
    return Widget(page), asked


async def test_nothing_but_the_launcher_is_loaded_before_the_chat_is_opened(frontline, people):
    visitor, asked = await loading(people, frontline)
    assert asked == ["widget.js"]
    await visitor.open()
    assert asked == ["widget.js", "chat.js", "connection"]


async def test_for_a_visitor_who_comes_again_the_connection_is_made_at_once(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    again, asked = await loading(people, frontline, context=visitor.page.context)
    await again.page.wait_for_function("() => document.querySelector('frontline-chat').unread === 0")
    assert asked == ["widget.js", "chat.js", "connection"]


async def test_a_chat_that_cannot_be_loaded_says_so_and_is_loaded_later(frontline, people):
    visitor = await people.visitor(frontline)
    asked = []
    visitor.page.on("request", lambda one: "/widget/" in one.url and asked.append(one.url))
    await visitor.page.route("**/widget/chat.js*", lambda route: route.abort(), times=1)
    await visitor.chat.locator(".launcher").click()
    await visitor.chat.get_by_role("button", name="Нет связи").wait_for()
    await visitor.open()
    assert len(set(asked)) == len(asked), "at another address, since Firefox remembers what could not be loaded"


async def test_the_greeting_comes_where_the_site_wants_it_and_never_twice(frontline, people):
    page = await people.page(frontline.url)
    chat = page.locator("frontline-chat")
    async with page.expect_response("**/widget/greeting.js"):
        await page.evaluate(GREETED, {"greet-after": "0", "greet-path": "/checkout*"})
    assert await chat.locator(".teaser").count() == 0
    await page.evaluate(GREETED, {"greet-after": "0", "greet-path": "/*", "greeting": "<b>Помочь?</b>"})
    await chat.get_by_text("<b>Помочь?</b>").wait_for()
    assert await page.evaluate("() => localStorage.length") == 0, "nothing is kept before the visitor does something"
    await page.mouse.click(5, 5)
    await page.reload(wait_until="networkidle")
    await page.evaluate(GREETED, {"greet-after": "0"})
    await page.wait_for_load_state("networkidle")
    assert await chat.locator(".teaser").count() == 0


async def test_the_greeting_opens_the_chat_or_goes_away(frontline, people):
    page = await people.page(frontline.url)
    chat = page.locator("frontline-chat")
    await page.evaluate(GREETED, {"greet-after": "0"})
    await chat.get_by_role("button", name="Скрыть приветствие").click()
    assert await chat.locator(".teaser").count() == 0
    again = await people.page(frontline.url)
    await again.evaluate(GREETED, {"greet-after": "0"})
    await again.locator("frontline-chat").get_by_text("Есть вопрос?").click()
    await again.locator("frontline-chat .panel").wait_for()


async def test_what_was_being_written_survives_a_reload(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.chat.locator("textarea").fill("Я хотел спросить")
    await visitor.page.reload()
    await visitor.open()
    await expect(visitor.chat.locator("textarea")).to_have_value("Я хотел спросить")


async def test_after_sleep_it_comes_back_at_once(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.page.clock.install()
    await visitor.page.reload()
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.page.clock.run_for(1000)
    await visitor.said("Visa")
    async with visitor.page.expect_event("websocket", timeout=PATIENCE * 1000):
        await visitor.page.clock.fast_forward("02:00:00")  # timers are late: the line is long dead, and is not asked
