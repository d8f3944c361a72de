"""What was written is kept: without a connection, without a server, over a reload."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.product import Widget, product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_text_that_is_too_big_to_be_read_is_given_up_and_said_so(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.page.evaluate("document.querySelector('frontline-chat').send('а'.repeat(70_000))")
    await visitor.chat.locator(".ghost.failed").wait_for()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")


async def test_what_was_written_offline_arrives_once(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    await visitor.page.context.set_offline(True)
    await visitor.chat.locator(".notice", has_text="Нет связи").wait_for()
    await visitor.status("Соединяемся")
    await visitor.write("А в рассрочку?")
    assert await visitor.chat.locator(".ghost").count() == 1
    await visitor.page.context.set_offline(False)
    await visitor.said("А в рассрочку?", "customer")
    await visitor.chat.locator(".item.bot[data-seq='4']").wait_for()
    await expect(visitor.chat.locator(".ghost")).to_have_count(0)
    assert await visitor.seqs() == [1, 2, 3, 4]


async def test_a_server_that_was_killed_is_found_again_and_nothing_is_lost_or_doubled(
    chromium, cache, people, tmp_path
):
    with product(tmp_path, cache) as fragile:
        visitor = await people.visitor(fragile)
        await visitor.open()
        await visitor.write("Как можно оплатить?")
        await visitor.said("Visa")
        fragile.kill()
        await visitor.chat.locator(".notice", has_text="Нет связи").wait_for()
        await visitor.write("А в рассрочку?")
        await asyncio.to_thread(fragile.start)
        await visitor.page.evaluate("() => dispatchEvent(new Event('online'))")
        await visitor.said("А в рассрочку?", "customer")
        await visitor.chat.locator(".item.bot[data-seq='4']").wait_for()
        assert await visitor.seqs() == [1, 2, 3, 4]


async def test_what_was_not_sent_survives_a_reload(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    await visitor.page.route_web_socket("**/ws/v1", lambda _: None)  # from now on nothing gets through
    await visitor.page.route("**/sse/v1", lambda route: route.abort())
    await visitor.page.reload()
    await visitor.open()
    await visitor.write("А в рассрочку?")
    await visitor.chat.locator(".ghost").wait_for()
    page = await people.page(frontline.url, context=visitor.page.context)
    elsewhere = Widget(page)
    await elsewhere.open()
    await elsewhere.said("Visa")
    assert await elsewhere.seqs() == [1, 2], "it waits in the tab in which it was written"
    kept = await visitor.page.evaluate("() => Object.values(sessionStorage).join()")
    assert "А в рассрочку?" in kept
