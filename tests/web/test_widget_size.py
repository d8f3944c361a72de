"""How much a visitor's browser loads, as it travels: what the server sends, compressed."""

import re

from bot.web import pages
from tests.web.stage import serving

KB = 1024
FILES = pages.load()
LANGUAGES = sorted(name for name in FILES if name.startswith("widget/words_"))
PARTS = ["widget.js", "widget/talk.js", "widget/chat.js", "widget/greeting.js", *LANGUAGES]
KNOWN = {
    b"./widget/${name}.js${this.#again}",
    b"./words_${element.locale}.js",
    b"./words_${element.locale}.js${new URL(import.meta.url).search}",
}


def size(*names):
    return sum(len(FILES[name].small) for name in names)


def test_the_launcher_is_small_and_names_nothing_that_it_would_load_at_once():
    assert size("widget.js") <= 3 * KB
    assert not re.search(rb"\bimport\b(?![(.])", FILES["widget.js"].body)


def test_every_part_of_the_widget_together_is_small_in_each_language():
    parts = set(PARTS) - set(LANGUAGES)
    for language in LANGUAGES:
        assert size(*parts, language) <= 20 * KB, language


def test_a_part_is_sent_with_all_that_it_needs():
    imported = re.compile(rb'(?:from|import[(])\s*["`]([^"`]+)["`]')
    for name in PARTS:
        assert set(imported.findall(FILES[name].body)) <= KNOWN, name


async def test_what_travels_is_what_was_counted():
    async with serving() as front:
        for name in PARTS:
            answer = await front.http.get(f"{front.base}/{name}", headers={"Accept-Encoding": "gzip"})
            assert answer.headers["Content-Encoding"] == "gzip"
            assert int(answer.headers["Content-Length"]) == size(name)
