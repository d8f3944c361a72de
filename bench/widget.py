"""How fast the widget opens a talk of 500 messages, beside an empty one: python bench/widget.py [messages].

Times are Chromium's own: main-thread work (script, style, layout, paint) summed from its trace, from the press on the
launcher until the last message stands there. Ratios are worth more than milliseconds.
"""

import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import FLAGS
from tests.browser.product import product
from tests.browser.told import a_talk, message, show

RUNS = 3
WORK = {"RunTask", "ThreadControllerImpl::RunTask"}


async def opening(browser: Browser, url: str, count: int, trace: Path) -> tuple[float, float]:
    """(milliseconds of main-thread work, milliseconds on the clock) to open a talk of so many messages."""
    page = await (await browser.new_context(viewport={"width": 1280, "height": 800})).new_page()
    await page.goto(url)
    await page.locator("frontline-chat .launcher").wait_for()
    said = [
        message(seq, each.author, each.text, markdown=each.markdown) for seq, each in enumerate(a_talk() * count, 1)
    ]
    await page.wait_for_function(
        "async () => (await document.querySelector('frontline-chat').talk()).status === 'online'"
    )
    if count:
        await show(page, said[:count])
    await browser.start_tracing(page=page, path=trace)
    clock = await page.evaluate(
        """async (count) => {
          const chat = document.querySelector("frontline-chat");
          const begun = performance.now();
          await chat.open();
          const shown = () => chat.shadowRoot.querySelectorAll(".items > .item").length;
          while (shown() <= count) await new Promise(requestAnimationFrame);
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          return performance.now() - begun;
        }""",
        count,
    )
    await browser.stop_tracing()
    await page.context.close()
    return busy(trace), clock


def busy(trace: Path) -> float:
    """The main thread's work in a trace."""
    events = json.loads(trace.read_text())["traceEvents"]
    main = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    tasks = [one for one in events if one["name"] in WORK and (one["pid"], one["tid"]) in main]
    return sum(one.get("dur", 0) for one in tasks) / 1000


async def measure(url: str, count: int) -> None:
    """Print the best of a few runs of each."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace.json"
            found = {}
            for size in (0, count):
                runs = [await opening(browser, url, size, trace) for _ in range(RUNS)]
                found[size] = min(work for work, _ in runs), min(clock for _, clock in runs)
        await browser.close()
    for size, (work, clock) in found.items():
        print(f"{size:>5} messages: {work:7.0f} ms of work, {clock:7.0f} ms on the clock")
    print(f"{found[count][1] / found[0][1]:.1f} times as long as an empty talk")


def main() -> None:
    """Start the product, and look."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder, product(Path(folder), Path(".frontline")) as frontline:
        asyncio.run(measure(frontline.url, count))


if __name__ == "__main__":
    main()
