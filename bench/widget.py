"""How the widget opens a talk of 500 messages, and how one types in it: python bench/widget.py [messages].

Opening counts by Chromium's own trace: the main thread's time on the processor (script, style, layout, paint) from the
press on the launcher until the end of the talk stands there, and until all of it does. Typing begins as soon as the end
stands there, and counts in frames a second and in the longest of them. Each stands beside a talk of nothing, or a page
with nothing but an input, in the same run: ratios are worth more than milliseconds. Sizes are of what the server sends.
"""

import asyncio
import itertools
import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import FLAGS
from tests.browser.product import product
from tests.browser.told import a_talk, message, show
from tests.web.test_widget_size import PARTS, size

RUNS = 3
TRACED = ["disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing"]
OPEN = """async (count) => {
  const chat = document.querySelector("frontline-chat");
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  performance.mark("pressed");
  await chat.open();
  await painted();
  performance.mark("open");
  while (chat.shadowRoot.querySelectorAll(".item[data-seq]").length <= count) await painted();
  await painted();
  performance.mark("whole");
}"""
COUNT = """() => {
  window.frames_ = [];
  const next = (at) => { window.frames_.push(at); requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
INPUT = "data:text/html,<textarea autofocus></textarea>"
TEXT = "How long does it take until it is here? " * 3


async def told(browser: Browser, url: str, count: int) -> Page:
    """A page with the chat closed, which was told so many messages."""
    page = await (await browser.new_context(viewport={"width": 1280, "height": 800})).new_page()
    await page.goto(url)
    await page.wait_for_function(
        "async () => (await document.querySelector('frontline-chat')?.talk?.())?.status === 'online'"
    )
    said = [message(seq, one.author, one.text, markdown=one.markdown) for seq, one in enumerate(a_talk() * count, 1)]
    if count:
        await show(page, said[:count])
    return page


async def opening(browser: Browser, url: str, count: int, trace: Path) -> tuple[float, float]:
    """Milliseconds of the main thread until a talk of so many messages is open, and until it is whole."""
    page = await told(browser, url, count)
    await browser.start_tracing(page=page, path=trace, categories=TRACED)
    await page.evaluate(OPEN, count)
    await browser.stop_tracing()
    await page.context.close()
    return busy(trace, "open"), busy(trace, "whole")


def busy(trace: Path, until: str) -> float:
    """The main thread's time on the processor in a trace, from the press to a mark."""
    events = json.loads(trace.read_text())["traceEvents"]
    marks = {one["name"]: one for one in events if one["cat"] == "blink.user_timing"}
    begin, end = marks["pressed"], marks[until]
    tasks = [one for one in events if one["name"] == "RunTask" and one["tid"] == begin["tid"] and "dur" in one]
    within = [one for one in tasks if begin["ts"] < one["ts"] + one["dur"] and one["ts"] < end["ts"]]
    return sum(one["tdur"] for one in within) / 1000


async def typing(browser: Browser, url: str, count: int | None) -> tuple[float, float]:
    """Frames a second, and milliseconds of the longest one, while somebody types; without a count in an empty page."""
    if count is None:
        page = await (await browser.new_context(viewport={"width": 1280, "height": 800})).new_page()
        await page.goto(INPUT)
    else:
        page = await told(browser, url, count)
        await page.evaluate(OPEN, 0)
    await page.evaluate(COUNT)
    await page.keyboard.type(TEXT, delay=10)
    frames = await page.evaluate("() => window.frames_")
    await page.context.close()
    gaps = [after - before for before, after in itertools.pairwise(frames)]
    return 1000 * len(gaps) / (frames[-1] - frames[0]), max(gaps)


async def measure(url: str, count: int) -> None:
    """Print the best of a few runs of each."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace.json"
            runs = [[await opening(browser, url, size, trace) for _ in range(RUNS)] for size in (0, count)]
        (empty, _), (opened, whole) = (map(min, zip(*each, strict=True)) for each in runs)
        print(f"opening: {empty:.0f} ms with no message, {opened:.0f} ms with {count} ({opened / empty:.1f} times)")
        print(f"all of it drawn: {whole:.0f} ms ({whole / empty:.1f} times)")
        alone = 0.0
        for name, size in (("an empty page", None), ("no message", 0), (f"{count} messages", count)):
            frames, longest = max([await typing(browser, url, size) for _ in range(RUNS)])
            alone = alone or frames
            print(f"typing, {name}: {frames:.0f} frames/s ({frames / alone:.2f}), the longest {longest:.0f} ms")
        await browser.close()


def main() -> None:
    """Start the product, and look."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(", ".join(f"{name} {size(name):,}" for name in PARTS), f"bytes; together {size(*PARTS) / 1024:.1f} KB")
    with tempfile.TemporaryDirectory() as folder, product(Path(folder), Path(".frontline")) as frontline:
        asyncio.run(measure(frontline.url, count))


if __name__ == "__main__":
    main()
