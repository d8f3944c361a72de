"""Files in the widget: picked, dropped and pasted, with progress, refusals and a way back, seen by both sides."""

import zlib

import pytest
from playwright.async_api import expect

from tests.browser.product import Widget, product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def chunk(kind, data):
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


HEADER = chunk(b"IHDR", bytes([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0]))
ROWS = chunk(b"IDAT", zlib.compress((b"\0" + bytes([47, 111, 94]) * 8) * 8))
PNG = b"\x89PNG\r\n\x1a\n" + HEADER + ROWS + chunk(b"IEND", b"")
PDF = b"%PDF-1.7\n"
HAND_OVER = """([kind, name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const root = document.querySelector("frontline-chat").shadowRoot;
  const options = { bubbles: true, cancelable: true, [kind === "paste" ? "clipboardData" : "dataTransfer"]: data };
  const event = kind === "paste" ? new ClipboardEvent("paste", options) : new DragEvent("drop", options);
  root.querySelector(kind === "paste" ? "textarea" : ".log").dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def frontline(chromium, cache, tmp_path_factory):
    """A product of their own: a file calls a person, and nobody comes."""
    with product(tmp_path_factory.mktemp("files"), cache) as running:
        yield running


async def pick(visitor, *files):
    async with visitor.page.expect_file_chooser() as chooser:
        await visitor.chat.locator(".clip").click()
    await (await chooser.value).set_files(
        [{"name": name, "mimeType": mime, "buffer": body} for name, mime, body in files]
    )


async def opened(frontline, people, **options):
    visitor = await people.visitor(frontline, **options)
    await visitor.open()
    return visitor


async def ready(visitor, name):
    """The upload is there, and waits to be sent."""
    row = visitor.chat.locator(".tray li", has_text=name)
    await row.wait_for()
    await row.locator("progress").wait_for(state="detached")
    return row


async def test_a_picture_and_a_paper_go_with_the_words_and_are_shown_to_both_sides(chromium, cache, people, tmp_path):
    with product(tmp_path, cache) as shop:
        await with_anna(shop, people)


async def with_anna(shop, people):
    async with people.operator(shop) as anna:
        visitor = await opened(shop, people)
        await visitor.write("Позовите оператора")
        await anna.accept()
        await pick(visitor, ("кот.png", "image/png", PNG), ("чек.pdf", "application/pdf", PDF))
        await ready(visitor, "кот.png")
        await ready(visitor, "чек.pdf")
        await visitor.write("Вот")
        await visitor.said("Вот", "customer")
        await visitor.chat.locator(".item.customer .picture canvas").wait_for()
        paper = await visitor.said("чек.pdf", "customer")
        await expect(visitor.chat.locator(".tray li")).to_have_count(0)
        async with visitor.page.expect_download() as download:
            await paper.locator(".file").click()
        saved = await download.value
        assert saved.suggested_filename == "чек.pdf"
        theirs = anna.page.locator(".said.customer img[alt='кот.png']")
        await theirs.wait_for()
        assert await theirs.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 8
        async with anna.page.expect_file_chooser() as chooser:
            await anna.page.get_by_role("button", name="Прикрепить файл").click()
        await (await chooser.value).set_files([{"name": "offer.pdf", "mimeType": "application/pdf", "buffer": PDF}])
        await visitor.said("offer.pdf", "operator")
        await anna.close_talk()


@pytest.mark.parametrize("kind", ["paste", "drop"])
async def test_a_file_can_be_pasted_and_dropped(frontline, people, kind):
    visitor = await opened(frontline, people)
    await visitor.page.evaluate(HAND_OVER, [kind, "shot.png", "image/png", list(PNG)])
    row = await ready(visitor, "shot.png")
    await row.locator("canvas:visible").wait_for()
    await visitor.chat.locator(".sender").click()
    await visitor.chat.locator(".item.customer .file").wait_for()


@pytest.mark.parametrize(
    ("locale", "type_refused", "big", "empty"),
    [
        ("ru-RU", "такого типа отправить нельзя", "больше 10", "пустой"),
        ("en-GB", "of this type cannot be sent", "larger than 10 MB", "is empty"),
        ("lv-LV", "Šāda veida failus nevar", "lielāks par 10 MB", "ir tukšs"),
    ],
)
async def test_what_cannot_be_sent_is_told_why(frontline, people, locale, type_refused, big, empty):
    visitor = await opened(frontline, people, locale=locale)
    files = [
        ("a.svg", b"<svg/>"),
        ("b.png", bytes(10 * 1024 * 1024 + 1)),
        ("c.png", b""),
        ("d.png", b"MZ not a picture"),
    ]
    await pick(visitor, *((name, "image/png", body) for name, body in files))
    for name, why in [("a.svg", type_refused), ("b.png", big), ("c.png", empty), ("d.png", type_refused)]:
        row = visitor.chat.locator(".tray li.refused", has_text=name)
        await row.get_by_text(why).wait_for()
    await visitor.chat.locator(".tray li button").first.click()
    await expect(visitor.chat.locator(".tray li")).to_have_count(3)


async def test_a_file_on_its_way_shows_how_far_it_is_and_can_be_called_back(frontline, people):
    visitor = await opened(frontline, people)
    await visitor.page.route("**/files", lambda route: None)  # it never gets there
    await pick(visitor, ("кот.png", "image/png", PNG))
    row = visitor.chat.locator(".tray li")
    await row.locator("progress").wait_for()
    await row.get_by_role("button", name="Убрать кот.png").click()
    await expect(row).to_have_count(0)
    await expect(visitor.chat.locator(".sender")).to_be_disabled()


async def test_words_do_not_wait_for_a_slow_file_and_the_file_follows(frontline, people):
    visitor = await opened(frontline, people)
    held = []

    async def hold(route):
        held.append(route)

    await visitor.page.route("**/files", hold)
    await pick(visitor, ("кот.png", "image/png", PNG))
    await visitor.chat.locator(".tray li").wait_for()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    await held[0].continue_()
    await visitor.chat.locator(".item.customer .file").wait_for()


async def test_a_file_picked_before_the_visitor_is_known_goes_up_when_they_are(frontline, people):
    visitor = Widget(await people.page("about:blank"))
    lines = []

    def hold(socket):
        lines.append(socket)
        if len(lines) > 1:
            socket.connect_to_server()

    await visitor.page.route_web_socket("**/ws/v1", hold)
    await visitor.page.goto(frontline.url)
    await visitor.open()
    await pick(visitor, ("кот.png", "image/png", PNG))
    await expect(visitor.chat.locator(".tray progress")).to_have_count(1)
    await lines[0].close()
    await ready(visitor, "кот.png")


async def test_a_file_that_did_not_get_through_can_be_sent_again(frontline, people):
    visitor = await opened(frontline, people)
    await visitor.page.route("**/files", lambda route: route.abort(), times=1)
    await pick(visitor, ("кот.png", "image/png", PNG))
    await visitor.chat.locator(".tray .retry").click()
    await ready(visitor, "кот.png")
