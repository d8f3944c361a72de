"""The widget in a real browser: asking, reconnecting, tabs, languages, phones, strict sites."""

import json
import re
from dataclasses import replace

import pytest
from aiohttp import web
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.browser.product import Widget, product
from tests.browser.told import BOT, CUSTOMER, message, show

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean)"


async def test_a_question_is_answered_and_nothing_is_kept_before(frontline, people):
    visitor = await people.visitor(frontline)
    assert await visitor.page.evaluate(STORED) == []
    await visitor.open()
    assert await visitor.page.evaluate(STORED) == []
    await visitor.write("Как можно оплатить?")
    answer = await visitor.said("Visa")
    assert await answer.locator("button.button:enabled").count() >= 3
    mine = await visitor.said("Как можно оплатить?", "customer")
    await mine.locator(".tick.stored").wait_for()
    assert await visitor.page.evaluate(STORED) != []


async def test_only_the_last_buttons_can_be_pressed_and_once(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    first = await visitor.said("Visa")
    await visitor.press("Рассрочка")
    await visitor.said("Рассрочка", "customer")
    second = visitor.chat.locator(".item.bot[data-seq='4']")
    await second.wait_for()
    await expect(first.locator("button.button:enabled")).to_have_count(0)
    await expect(first.locator("button.chosen")).to_have_text("Рассрочка")


async def test_what_the_visitor_writes_is_text(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    evil = "<img src=x onerror=alert(1)> **не жирно** & всё"
    await visitor.write(evil)
    shown = await visitor.said("не жирно", "customer")
    assert await shown.locator(".bubble").inner_text() == evil
    assert await shown.locator("img").count() == 0


async def test_two_tabs_are_one_talk(frontline, people):
    one = await people.visitor(frontline)
    await one.open()
    await one.write("Как можно оплатить?")
    await one.said("Visa")
    two = Widget(await people.page(frontline.url, context=one.page.context))
    await two.open()
    await two.said("Visa")
    await two.write("А в рассрочку?")
    await one.said("А в рассрочку?", "customer")
    for tab in (one, two):
        await tab.chat.locator(".item.bot[data-seq='4']").wait_for()
        assert await tab.seqs() == [1, 2, 3, 4]


async def test_unread_messages_are_counted_and_read_ones_are_not(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.page.evaluate("() => document.querySelector('frontline-chat').send('Как можно оплатить?')")
    badge = visitor.chat.locator(".badge")
    await badge.wait_for()
    await expect(badge).to_have_text("1")
    await visitor.open()
    await visitor.said("Visa")
    await visitor.page.wait_for_function(
        "() => Object.values(localStorage).some((each) => each.includes('\"read\":2'))"
    )
    await visitor.chat.locator("header button").last.click()
    await expect(badge).to_be_hidden()
    await visitor.page.reload()
    await visitor.open()
    await visitor.said("Visa")
    assert await badge.is_hidden()


@pytest.mark.parametrize(
    ("locale", "greeting", "question", "answer"),
    [
        ("ru-RU", "Здравствуйте", "Как можно оплатить?", "карта"),
        ("en-GB", "Hello", "How can I pay?", "card"),
        ("lv-LV", "Labdien", "Kā var samaksāt?", "karte"),
    ],
)
async def test_the_widget_speaks_the_visitors_language(frontline, people, locale, greeting, question, answer):
    visitor = await people.visitor(frontline, locale=locale)
    await visitor.open()
    await visitor.said(greeting)
    await visitor.write(question)
    await visitor.said(answer)


async def test_the_language_can_be_changed_in_the_middle(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    await visitor.page.locator("#locales button[lang=en]").click()
    await expect(visitor.chat.locator("textarea")).to_have_attribute("placeholder", "Write a message…")
    await visitor.status("Answers at once")
    assert await visitor.seqs() == [1, 2]
    await visitor.write("Do you sell gift cards?")
    await visitor.said("gift card")


IDLE = "window.idle = []; window.requestIdleCallback = (act) => window.idle.push(act);"
REST = "() => { while (window.idle.length) window.idle.shift()(); }"


async def test_a_long_talk_opens_at_its_end_and_the_rest_follows_without_moving_what_is_read(frontline, people):
    page = await people.page("about:blank")
    await page.add_init_script(IDLE)
    await page.goto(frontline.url)
    await page.wait_for_function(
        "async () => (await document.querySelector('frontline-chat')?.talk?.())?.status === 'online'"
    )
    await show(page, [message(seq, CUSTOMER if seq % 2 else BOT, f"words {seq} of many") for seq in range(1, 201)])
    visitor = Widget(page)
    await visitor.open()
    shown = await visitor.seqs()
    assert shown[-1] == 200
    assert len(shown) < 100, "the rest waits until the browser has time"
    log = visitor.chat.locator(".log")
    at_end = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    assert await log.evaluate(at_end)
    await show(page, [replace(message(3, CUSTOMER, "said otherwise"), edited=True)])
    await visitor.chat.evaluate(
        "(chat) => chat.wear('.log { overflow-anchor: none } .old { content-visibility: visible !important }')"
    )  # as in Safari
    await log.evaluate("(log) => { log.scrollTop = 700; }")
    reading = visitor.chat.locator(f".item[data-seq='{shown[10]}']")
    before = await reading.bounding_box()
    await page.evaluate(REST)
    assert await visitor.seqs() == list(range(1, 201))
    after = await reading.bounding_box()
    assert abs(after["y"] - before["y"]) < 2
    assert await page.evaluate("() => window.find('said otherwise', false, false, true)"), (
        "what is far above can be searched, too"
    )


async def test_on_a_phone_the_panel_is_the_screen(frontline, people):
    visitor = await people.visitor(frontline, screen=PHONE)
    await visitor.open()
    box = await visitor.chat.locator(".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 760}
    assert await visitor.chat.locator(".launcher").is_hidden()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    sender = await visitor.chat.locator(".sender").bounding_box()
    assert sender["x"] + sender["width"] <= 390
    assert sender["y"] + sender["height"] <= 760
    wide = await visitor.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 390, "the page itself fits, too"


async def test_everything_works_by_keyboard(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.chat.locator(".launcher").focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.chat.locator("textarea:focus").wait_for()
    await visitor.page.keyboard.type("Как можно оплатить?")
    await visitor.page.keyboard.press("Enter")
    await visitor.said("Visa")
    focused = "() => document.querySelector('frontline-chat').shadowRoot.activeElement?.className ?? ''"
    await visitor.page.keyboard.press("Shift+Tab")
    assert "button" in await visitor.page.evaluate(focused), "from the words back to the last button"
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.chat.locator(".panel")).to_be_hidden()
    await expect(visitor.chat.locator(".launcher")).to_be_focused()


async def test_every_control_has_a_name(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    nameless = """() => [...document.querySelector("frontline-chat").shadowRoot.querySelectorAll("button, textarea")]
      .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim())).length"""
    assert await visitor.page.evaluate(nameless) == 0
    assert await visitor.chat.get_by_role("log").count() == 1


HOSTILE = """<!doctype html><html lang="en"><meta charset="utf-8">
<link rel="stylesheet" href="/site.css"><h1>A shop with strict rules</h1>
<script type="module" src="{url}/widget.js" data-color="#ffd400" data-title="Ask the shop" data-position="left">
</script>"""
STRICT = (
    "default-src 'none'; style-src 'self'; script-src {0}; connect-src {0} {1}; "
    "require-trusted-types-for 'script'; trusted-types frontline-chat"
)
RUDE = "* { color: red !important; font-size: 40px !important; } button, p { display: none !important; }"


async def test_on_a_strict_and_rude_site_the_widget_looks_like_itself(chromium, cache, people, tmp_path):
    app = web.Application()
    runner = web.AppRunner(app)

    async def page(_):
        rules = STRICT.format(shop.url, shop.url.replace("http", "ws"))
        headers = {"Content-Security-Policy": rules}
        return web.Response(text=HOSTILE.format(url=shop.url), content_type="text/html", headers=headers)

    async def style(_):
        return web.Response(text=RUDE, content_type="text/css")

    app.add_routes([web.get("/", page), web.get("/site.css", style)])
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site = f"http://127.0.0.1:{runner.addresses[0][1]}"
    with product(tmp_path, cache, widget_origins=site) as shop:
        visitor = Widget(await people.page(site, locale="en-GB"))
        await visitor.open()
        assert await visitor.chat.locator("h2").inner_text() == "Ask the shop"
        await visitor.write("How much is delivery?")
        answer = await visitor.said("€")
        assert await answer.locator(".text strong").count() > 0, "rich text came through trusted types"
        style_of = "(one) => [getComputedStyle(one).fontSize, getComputedStyle(one).color]"
        assert await answer.locator(".text").evaluate(style_of) == ["15px", "rgb(28, 35, 33)"]
        box = await visitor.chat.locator(".panel").bounding_box()
        assert box["x"] == 20
    await runner.cleanup()


async def test_the_header_says_the_place_and_how_long_it_takes(frontline, people):
    visitor, sockets = await people.visitor(frontline, locale="en-GB"), []

    async def between(socket):
        socket.connect_to_server()
        sockets.append(socket)

    await visitor.page.route_web_socket("**/ws/v1", between)
    await visitor.open()
    await visitor.write("How can I pay?")
    await visitor.said("Visa")
    for wait, told in (
        ([180, 360], ", about 3–6 min"),
        ([0, 60], ", up to 1 min"),
        ([4200, 7200], ", about 70–120 min"),
        ([3600, 10800], ", about 1–3 hr"),
        ([0, 10800], ", up to 3 hr"),
        (None, ""),
    ):
        sockets[-1].send(
            json.dumps({"type": "state", "mode": "queued", "position": 2, "wait_s": wait, "operator": None})
        )
        await visitor.status(re.compile(f"^In the queue, place 2{told}$"))
