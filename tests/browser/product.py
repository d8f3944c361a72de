"""The whole product in a process of its own, as anybody would start it, and the people in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.async_api import expect

from bot.web.desk_door import demo_link, desk_link

SECRET = "a secret for tests only, long enough"
PATIENCE = 60.0


@dataclass
class Product:
    """`frontline run` on a database of its own. It can be killed and started again on the same port."""

    folder: Path
    cache: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def desk_link(self, operator):
        return desk_link(SECRET, operator, self.url, datetime.now(UTC))

    def both_sides(self, operator):
        return demo_link(SECRET, operator, self.url, datetime.now(UTC))

    def start(self):
        env = {name: value for name, value in os.environ.items() if not name.startswith("FRONTLINE_")}
        settings = {"http_port": str(self.port), "secret": SECRET, "cache": str(self.cache), "log_level": "warning"}
        settings |= {"limit_messages": "1000/1s", "limit_visitors": "1000/1s"} | self.settings
        env["FRONTLINE_WATCH"] = "off"
        env |= {f"FRONTLINE_{name.upper()}": value for name, value in settings.items()}
        command = [sys.executable, "-m", "bot", "run"]
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        self.process = subprocess.Popen(command, cwd=self.folder, env=env, stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)  # noqa: TID251 - another process is waited for
        raise RuntimeError(f"frontline run did not become ready; exit status {self.process.poll()}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


@contextmanager
def product(folder, cache, **settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Product(folder, cache, port, settings)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@dataclass
class Widget:
    """A visitor at a page with the widget."""

    page: object

    @property
    def chat(self):
        return self.page.locator("frontline-chat")

    async def open(self):
        await self.chat.locator(".launcher").click()
        await self.chat.locator(".panel").wait_for()

    async def write(self, text):
        words = self.chat.locator("textarea")
        await words.fill(text)
        await words.press("Enter")
        await expect(words).to_have_value("")

    async def said(self, text, kind="bot"):
        """Wait for a message with this text; returns its element."""
        found = self.chat.locator(f".item.{kind}[data-seq]", has_text=text).last
        await found.wait_for()
        return found

    async def press(self, label):
        await self.chat.locator("button.button:enabled", has_text=label).last.click()

    async def seqs(self):
        """The numbers of the messages that are shown, in the order in which they stand."""
        items = await self.chat.locator(".items > .item[data-seq]").all()
        return [int(await item.get_attribute("data-seq")) for item in items][1:]  # the first is the greeting

    async def texts(self, kind):
        return await self.chat.locator(f".item.{kind}[data-seq] .bubble").all_inner_texts()

    async def status(self, text):
        await self.chat.locator("header p", has_text=text).wait_for()


@dataclass
class Desk:
    """An operator in front of the local desk."""

    page: object

    async def declare(self, presence):
        button = self.page.locator(f"#presence .{presence}")
        await button.click()
        await self.page.locator(f"#presence .{presence}[aria-pressed=true]").wait_for()

    async def accept(self):
        await self.page.locator(".offers .act.primary").click()
        await self.page.locator(".tools").get_by_role("button").first.wait_for()

    async def write(self, text):
        words = self.page.locator("#words")
        await words.fill(text)
        await words.press("Enter")
        await expect(words).to_have_value("")

    async def said(self, text, kind):
        found = self.page.locator(f".said.{kind}", has_text=text).last
        await found.wait_for()
        return found

    async def press(self, label):
        await self.page.locator(".tools .act", has_text=label).click()

    async def choose(self, label):
        await self.page.locator("#asking .act", has_text=label).first.click()

    async def close_talk(self, choice=0):
        await self.page.locator(".tools [data-key=close]").click()
        await self.page.locator("#asking .act").nth(choice).click()
