"""Several tabs as one conversation, and a line cut again and again: every message once and in order on both sides."""

import asyncio
import random

import pytest

from tests.browser.product import Widget, product
from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]

CUTS = 200
KILLS = 10
CUTTER = """() => {
  const open = window.WebSocket;
  const lines = (window.lines = new Set());
  window.WebSocket = class extends open {
    constructor(url) {
      super(url);
      lines.add(this);
      this.addEventListener("close", () => lines.delete(this));
    }
  };
  const random = Math.random;
  Math.random = () => random() * 0.05;  // the pauses are real, and shorter
}"""
BUSY = """async ([cuts, words]) => {
  const chat = document.querySelector("frontline-chat");
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let cut = 0; cut < cuts; cut++) {
    if (cut % 5 === 0) chat.send(`${words} ${cut / 5}`);
    while (![...lines].some((line) => line.readyState === WebSocket.OPEN)) {
      dispatchEvent(new Event("online"));
      await pause(5);
    }
    await pause(Math.random() * 1600);
    for (const line of lines) line.close();
  }
}"""


async def read(widget):
    """Every message that a tab shows, as (seq, who, text)."""
    script = """(chat) => [...chat.shadowRoot.querySelectorAll(".items > .item[data-seq]:not([data-seq='0'])")]
      .map((one) => [Number(one.dataset.seq), one.classList[1], one.querySelector(".bubble")?.innerText ?? ""])"""
    return await widget.chat.evaluate(script)


async def talking(product, people, anna):
    visitor = Widget(await people.page("about:blank"))
    for page in (visitor.page, anna.page):
        page.set_default_timeout(PATIENCE * 1000)
    await visitor.page.add_init_script(f"({CUTTER})()")
    await visitor.page.goto(product.url)
    await visitor.open()
    await visitor.write("Позовите оператора")
    await anna.accept()
    await visitor.status("С вами")
    return visitor


async def everything_is_there(visitor, anna, mine, theirs):
    """Both sides show both sides' words, each once and in order."""
    await visitor.said(theirs[-1], "operator")
    await visitor.said(mine[-1], "customer")
    await anna.said(mine[-1], "customer")
    assert await visitor.chat.locator(".ghost").all_inner_texts() == []
    shown = await read(visitor)
    assert [seq for seq, _, _ in shown] == list(range(1, len(shown) + 1))
    assert [text for _, who, text in shown if who == "customer"] == ["Позовите оператора", *mine]
    assert [text for _, who, text in shown if who == "operator"] == theirs
    desk = await anna.page.locator(".said.customer .bubble").all_inner_texts()
    assert desk == ["Позовите оператора", *mine]


async def test_a_line_cut_two_hundred_times_loses_and_doubles_nothing(frontline, people):
    async with people.operator(frontline) as anna:
        visitor = await talking(frontline, people, anna)
        theirs = [f"ответ {each}" for each in range(20)]
        async with asyncio.TaskGroup() as both:
            both.create_task(visitor.page.evaluate(BUSY, [CUTS, "вопрос"]))
            for text in theirs:
                await anna.write(text)
                await anna.said(text, "operator")
        await visitor.page.evaluate("() => dispatchEvent(new Event('online'))")
        await everything_is_there(visitor, anna, [f"вопрос {each}" for each in range(CUTS // 5)], theirs)
        await anna.close_talk()


async def test_a_server_killed_ten_times_loses_and_doubles_nothing(chromium, cache, people, tmp_path):
    dice = random.Random(7)
    with product(tmp_path, cache) as fragile:
        async with people.operator(fragile) as anna:
            visitor = await talking(fragile, people, anna)
            mine = [f"вопрос {each}" for each in range(KILLS * 3)]
            for round_ in range(KILLS):
                for text in mine[round_ * 3 : round_ * 3 + 3]:
                    await visitor.write(text)
                    await visitor.page.wait_for_timeout(dice.random() * 30)
                fragile.kill()
                await asyncio.to_thread(fragile.start)
                for page in (visitor.page, anna.page):
                    await page.evaluate("() => dispatchEvent(new Event('online'))")
            await anna.said(mine[-1], "customer")
            await anna.write("всё дошло")
            await everything_is_there(visitor, anna, mine, ["всё дошло"])
            await anna.close_talk()


async def test_three_tabs_are_one_talk_with_one_badge_and_one_sound(frontline, people):
    one = await people.visitor(frontline)
    await one.open()
    await one.write("Как можно оплатить?")
    await one.said("Visa")
    two, three = [Widget(await people.page(frontline.url, context=one.page.context)) for _ in range(2)]
    for tab in (two, three):
        await tab.page.evaluate(
            "() => document.querySelector('frontline-chat').on('unread', (n) => (window.unread = n))"
        )
    await two.open()
    await two.said("Visa")
    for tab in (one, two, three):
        await tab.page.evaluate(
            """() => {
              window.rung = 0;
              const tone = AudioContext.prototype.createOscillator;
              AudioContext.prototype.createOscillator = function () {
                window.rung += 1;
                return tone.call(this);
              };
            }"""
        )
    await one.chat.get_by_role("button", name="Звук новых сообщений").click()
    await two.chat.locator("header button[aria-pressed=true]").wait_for()
    await one.page.wait_for_function("() => window.rung === 1")  # it is tried where it is switched on
    await one.chat.locator("header button").last.click()
    await two.chat.locator("header button").last.click()
    await three.page.evaluate("() => document.querySelector('frontline-chat').send('А в рассрочку?')")
    for tab in (one, two, three):
        await tab.chat.locator(".badge", has_text="1").wait_for()
    for tab in (one, two, three):
        await tab.page.wait_for_function("() => JSON.parse(Object.values(localStorage)[0]).sounded >= 4")
    rung = [await tab.page.evaluate("() => window.rung") for tab in (one, two, three)]
    assert sum(rung) == 2, "one more, in one tab"
    await one.open()
    await one.said("А в рассрочку?", "customer")
    for tab in (two, three):
        await tab.chat.locator(".badge").wait_for(state="hidden")
