"""The story, from the question to the operator to the callback, in two browsers."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.browser.product import Desk, Widget

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_person_is_called_comes_talks_and_is_rated(frontline, people):
    async with people.operator(frontline) as desk:
        visitor = await people.visitor(frontline)
        await visitor.open()
        await visitor.write("Как можно оплатить?")
        await visitor.said("Visa")
        await visitor.write("Позовите оператора")
        await visitor.status("Вы в очереди, место 1")
        await desk.accept()
        await visitor.status("С вами Анна")
        assert await desk.said("Позовите оператора", "customer")

        await desk.page.locator("#words").press_sequentially("Здравствуйте!", delay=10)
        await visitor.chat.locator(".typing .bubble").wait_for()
        await desk.page.keyboard.press("Enter")
        await visitor.said("Здравствуйте!", "operator")
        await (await desk.said("Здравствуйте!", "operator")).locator(".tick", has_text="✓✓").wait_for()

        await visitor.chat.locator("textarea").press_sequentially("Хочу вернуть <b>велосипед</b>", delay=10)
        await desk.page.locator(".typist", has_text="печатает").wait_for()
        await visitor.page.keyboard.press("Enter")
        heard = await desk.said("велосипед", "customer")
        assert "<b>" in await heard.inner_text()
        await (await visitor.said("велосипед", "customer")).locator(".tick.read").wait_for()

        await desk.write("// важный клиент")
        await desk.said("важный клиент", "note")
        await desk.close_talk()
        await visitor.status("Разговор окончен")
        await visitor.chat.get_by_role("button", name="4 из 5").click()
        await visitor.said("Спасибо")
        assert "важный" not in " ".join(await visitor.texts("system") + await visitor.texts("operator"))


async def test_a_newcomer_sees_both_sides_on_one_page_and_is_led_through_the_story(frontline, people):
    visitor = Widget(await people.page(frontline.both_sides("anna"), locale="en-GB"))
    page, frame = visitor.page, visitor.page.frame_locator("iframe")
    await frame.locator("button").click()
    await expect(page, "the key does not stay in the address").to_have_url(f"{frontline.url}/")
    desk = Desk(frame)
    await desk.declare("online")
    await page.click("#step-answer .quote")
    await page.locator("#step-answer.done").wait_for()
    await page.click("#step-person .quote")
    await desk.accept()
    await page.locator("#step-person.done").wait_for()
    await desk.write("Hello!")
    await page.locator("#step-operator.done").wait_for()
    await desk.close_talk()
    await desk.declare("offline")
    await page.click("#step-person .quote")
    await visitor.press("Call me back")
    await visitor.chat.locator(".buttons .slot:enabled").first.click()
    await page.locator("#step-callback.done").wait_for()


async def test_without_a_link_the_demo_page_leads_nowhere_but_tells_how(frontline, people):
    page = await people.page(frontline.url, locale="lv-LV")
    assert await page.locator("iframe").count() == 0
    for said in ("https://example.com/", f"{frontline.url}/desk"):
        await page.fill(".side input", said)
        await page.click(".side .primary")
        await page.get_by_role("alert").get_by_text("nav saite uz darbvietu").wait_for()
    await page.fill(".side input", frontline.desk_link("anna"))
    await page.click(".side .primary")
    await page.frame_locator("iframe").locator("h1", has_text="Ieeja darbvietā").wait_for()


async def test_nobody_is_there_and_a_callback_is_booked(frontline, people):
    visitor = await people.visitor(frontline)
    await visitor.open()
    await visitor.write("Позовите оператора")
    await visitor.press("Перезвоните мне")
    slots = visitor.chat.locator(".buttons .slot:enabled")
    await slots.first.wait_for()
    await slots.first.click()
    await visitor.status("Мы договорились о времени")
    await visitor.press("Позвоните мне")
    await visitor.said("номер")
    await visitor.write("29 123 456")
    await visitor.said("+371")


async def test_two_operators_reach_for_one_ticket_and_one_is_told_who_has_it(frontline, people):
    async with people.operator(frontline) as anna, people.operator(frontline, "olga") as olga:
        visitor = await people.visitor(frontline)
        await visitor.open()
        await visitor.write("Позовите оператора")
        await visitor.status("Вы в очереди")
        offered, other = anna, olga
        while not await offered.page.locator(".offers .ticket").count():
            offered, other = other, offered
        await offered.accept()
        await other.page.locator(".group", has_text="У коллег").wait_for()
        await other.page.locator(".ticket").first.click()
        await other.page.locator("#words").fill("Это я отвечу")
        await expect(other.page.locator("#talk form .act")).to_be_disabled()
        await offered.close_talk()
        await visitor.status("Разговор окончен")


async def test_a_talk_is_passed_on_with_a_note_assigned_back_and_the_customer_blocked(frontline, people):
    async with people.operator(frontline) as anna:
        visitor = await people.visitor(frontline)
        await visitor.open()
        await visitor.write("Позовите оператора")
        await anna.accept()
        async with people.operator(frontline, "olga") as olga:
            await anna.press("Передать")
            await anna.page.locator("#asking textarea").fill("Скрипит каретка")
            await anna.choose("Ольга")
            await visitor.said("Передаю вас коллеге", "system")
            await olga.accept()
            await olga.said("Скрипит каретка", "note")
            await visitor.status("С вами Ольга")

            await olga.page.locator(".tools [data-key=assign]").wait_for(state="detached")
            await anna.said("Скрипит каретка", "note")
            await anna.page.locator(".tools .act").first.wait_for(state="detached")
            await olga.press("Передать")
            await olga.choose("Анна")
            await olga.press("Назначить")
            await olga.choose("Анна")
            await visitor.status("С вами Анна")

            await olga.page.locator("#card .bar", has_text="Заблокировать").click()
            await olga.choose("Заблокировать")
            await visitor.said("Разговор закрыт", "system")
            await olga.page.locator("#card .bar", has_text="Разблокировать").click()
            await olga.page.locator("#card .bar", has_text="Заблокировать").wait_for()


async def test_a_press_counts_even_if_news_comes_before_it_ends(frontline, people):
    async with people.operator(frontline) as desk, people.operator(frontline, "olga") as olga:
        visitor, page = await people.visitor(frontline), desk.page
        async with page.expect_websocket() as coming:
            await page.reload()
        socket = await coming.value
        await olga.declare("paused")
        await visitor.open()
        await visitor.write("Позовите оператора")
        await page.locator(".offers .ticket").hover()
        await page.mouse.down()
        async with socket.expect_event("framereceived", lambda frame: '"snapshot"' in frame):
            await olga.declare("online")
        await page.mouse.up()
        await desk.said("Позовите оператора", "customer")
        await desk.accept()
        await desk.close_talk()


async def test_the_desk_comes_back_after_a_cut(frontline, people):
    async with people.operator(frontline) as desk:
        visitor = await people.visitor(frontline)
        await visitor.open()
        await visitor.write("Позовите оператора")
        await desk.accept()
        await desk.page.evaluate("() => sessionStorage.clear()")
        await desk.page.reload()
        await desk.page.locator(".ticket").first.click()
        await desk.said("Позовите оператора", "customer")
        await desk.close_talk()


async def test_an_answer_is_looked_up_and_goes_into_the_message_at_a_press(frontline, people):
    async with people.operator(frontline) as desk:
        visitor = await people.visitor(frontline)
        await visitor.open()
        await visitor.write("Позовите оператора")
        await desk.accept()
        await desk.page.locator("#words").fill("Здравствуйте! ")
        await desk.page.locator(".finder > summary").click()
        await desk.page.locator(".finder input").fill("доставка в Эстонию")
        await desk.page.keyboard.press("Enter")
        hit = desk.page.locator(".hit").first
        await hit.wait_for()
        assert "посылка стоит 7 €" in await hit.locator(".snippet").inner_text()
        await hit.locator("summary").click()
        await hit.locator(".text", has_text="За пределы ЕС").wait_for()
        await hit.get_by_role("button").click()
        await desk.page.keyboard.press("Enter")
        said = await visitor.said("посылка стоит 7 €", "operator")
        assert "Здравствуйте! Да. В Эстонию" in await said.inner_text()
        await desk.page.locator(".finder > summary").click()
        await desk.page.locator(".finder input").fill("опоздала посылка")
        await desk.page.locator(".finder input").press("Enter")
        inner = desk.page.locator(".hit", has_text="для операторов").first
        await inner.wait_for()
        assert await inner.get_by_role("button").count() == 0, "what is for operators goes to no customer"
        await desk.close_talk()


async def test_the_desk_works_on_a_phone(frontline, people):
    async with people.operator(frontline, screen=PHONE) as desk:
        visitor = await people.visitor(frontline)
        await visitor.open()
        await visitor.write("Позовите оператора")
        await desk.accept()
        await desk.write("Здравствуйте!")
        await visitor.said("Здравствуйте!", "operator")
        await desk.page.locator(".details").click()
        await desk.page.locator("#card", has_text="Europe/Riga").wait_for()
        await desk.page.locator("#card .back").click()
        await desk.close_talk()
        await visitor.status("Разговор окончен")
        await desk.page.locator("#talk .back").click()


async def test_a_used_link_says_so(frontline, people):
    link = frontline.desk_link("anna")
    for _ in range(2):  # a look alone does not use it up
        page = await people.page(link, locale="lv-LV", java_script_enabled=False)
        await page.locator("h1", has_text="Ieeja darbvietā").wait_for()
    await page.click("text=Ieiet")
    await expect(page).to_have_url(f"{frontline.url}/desk")
    page = await people.page(link, locale="en-GB")
    await expect(page.locator("body")).to_contain_text("It was used before")
    await expect(page.locator("body")).to_contain_text("frontline operators invite")


async def test_without_a_session_the_desk_asks_for_a_link(frontline, people):
    page = await people.page(f"{frontline.url}/desk", locale="en-GB")
    await page.locator("#trouble", has_text="frontline operators invite").wait_for()
