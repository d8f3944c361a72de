"""The element as a site uses it: its attributes, its methods, and what it tells."""

import asyncio
import json

import pytest

from tests.browser.product import Widget
from tests.browser.told import ANNA, STARS, message, show

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LISTEN = """(chat) => {
  window.told = [];
  window.off = {};
  for (const name of ["message", "open", "unread", "rating"])
    window.off[name] = chat.on(name, (what) => window.told.push([name, what.text ?? what]));
}"""
ANEW = """([attributes]) => {
  document.querySelector("frontline-chat").remove();
  const chat = document.createElement("frontline-chat");
  for (const name in attributes) chat.setAttribute(name, attributes[name]);
  document.body.append(chat);
}"""


async def test_a_site_opens_it_speaks_through_it_and_is_told(frontline, people):
    visitor = await people.visitor(frontline)
    page, chat = visitor.page, visitor.chat
    await chat.evaluate(LISTEN)
    await chat.evaluate("(chat) => chat.open()")
    assert await chat.locator(".panel").is_visible()
    assert await page.evaluate("() => window.told") == [["open", True]]
    assert await chat.evaluate("(chat) => chat.send('Как можно оплатить?')"), "the message's id"
    await visitor.said("Visa")
    await show(page, [message(3, ANNA, "How was it?", buttons=tuple(STARS))])
    await chat.locator(".star").nth(3).click()
    await chat.evaluate("(chat) => chat.close()")
    assert await chat.locator(".panel").is_hidden()
    await page.evaluate("() => window.off.message()")
    await show(page, [message(4, ANNA, "Are you there?")])
    await chat.locator(".badge").wait_for()
    told = await page.evaluate("() => window.told")
    assert [what for name, what in told if name == "message"][1:] == ["How was it?"], "and no more after the end of it"
    assert ["rating", 4] in told
    assert told[-2] == ["open", False]
    assert told[-1][0] == "unread"


async def test_every_option_of_the_element_is_heeded(frontline, people):
    page = await people.page(frontline.url, locale="ru-RU")
    said = asyncio.Queue()
    await page.route_web_socket("**/ws/v1", lambda socket: socket.on_message(said.put_nowait))
    options = {
        "locale": "lv",
        "position": "left",
        "color": "#ffd400",
        "title": "Veikals",
        "greeting": "Sveiki!",
        "open": "",
        "token": "signed.by.site",
        "theme": "dark",
    }
    await page.evaluate(ANEW, [options])
    chat = Widget(page).chat
    await chat.locator(".panel").wait_for()
    assert await chat.locator("h2").inner_text() == "Veikals"
    assert await chat.locator(".items .item").first.inner_text() == "Palīgs\nSveiki!"
    assert await chat.locator("textarea").get_attribute("placeholder") == "Rakstiet ziņu…"
    assert (await chat.locator(".panel").bounding_box())["x"] == 20
    looks = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    assert await chat.locator("header").evaluate(looks) == ["rgb(255, 212, 0)", "lch(0 0 0)"], "dark letters on yellow"
    assert await chat.locator(".panel").evaluate(looks) == ["rgb(27, 32, 30)", "rgb(233, 238, 236)"]
    hello = json.loads(await said.get())
    assert (hello["type"], hello["locale"], hello["identity"]) == ("hello", "lv", "signed.by.site")
    await chat.evaluate("(chat) => chat.setLocale('en')")
    await chat.locator("textarea[placeholder='Write a message…']").wait_for()


async def test_the_greeting_waits_its_seconds(frontline, people):
    page = await people.page(frontline.url)
    await page.clock.install()
    await page.evaluate(ANEW, [{"greet-after": "30"}])
    teaser = page.locator("frontline-chat .teaser")
    await page.clock.run_for(29_000)
    assert await teaser.count() == 0
    await page.clock.run_for(2_000)
    await teaser.wait_for()
