"""A real Chromium in front of a real `frontline run`."""

import shutil
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from tests.absence import absent
from tests.browser.product import Desk, Widget, product

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
EXPECTED = (
    "WebSocket connection",
    "status of 403",
    "status of 415",
    "ERR_CONNECTION_REFUSED",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
)
"""What a browser says of a server that is gone, and of a link that was used."""
PHONE = {"viewport": {"width": 390, "height": 760}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="session")
def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        absent("a browser: the widget and the desk (apt install chromium)")
    return path


@pytest.fixture(scope="session")
def cache(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.cache.mkdir("models")


@pytest.fixture(scope="session")
def frontline(chromium, cache, tmp_path_factory):
    """The product, shared by the tests that leave it as they found it."""
    with product(tmp_path_factory.mktemp("frontline"), cache) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium):
    """One for all tests; each person in it has a context of their own."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def people(browser):
    """Opens pages for visitors and operators; at the end, no page may have complained."""
    complaints = []
    yield People(browser, complaints)
    for context in browser.contexts:
        await context.close()
    assert complaints == []


class People:
    """Everybody who looks at a page in one test."""

    def __init__(self, browser, complaints):
        self.browser, self.complaints = browser, complaints

    async def page(self, url, *, locale="ru-RU", screen=None, context=None, **options):
        """A page, in a browser of its own unless a context is given. Playwright waits 10 s for whatever is asked."""
        options = {"timezone_id": "Europe/Riga", "reduced_motion": "reduce", **(screen or DESKTOP), **options}
        context = context or await self.browser.new_context(locale=locale, **options)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        await page.goto(url)
        return page

    async def visitor(self, product, **options):
        return Widget(await self.page(product.url, **options))

    @asynccontextmanager
    async def operator(self, product, operator="anna", **options):
        """Somebody online at the desk, who goes offline at the end."""
        page = await self.page(product.desk_link(operator), **options)
        await page.click("button")
        desk = Desk(page)
        await desk.declare("online")
        yield desk
        await desk.page.keyboard.press("Escape")
        await desk.declare("offline")

    def _listen(self, message):
        if message.type == "error" and not any(known in message.text for known in EXPECTED):
            self.complaints.append(message.text)
