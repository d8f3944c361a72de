"""How much a visitor's browser loads, as it travels: what the server sends, compressed."""

import re

from bot.web import pages
from tests.web.stage import serving

KB = 1024
FILES = pages.load()
PARTS = ["widget.js", "widget/chat.js", "widget/greeting.js"]
KNOWN = re.compile(rb"\./widget/\$\{file\}\.js\$\{this\.#\w+\[file\]\}")


def size(*names):
    return sum(len(FILES[name].small) for name in names)


def test_the_launcher_is_small_and_names_nothing_that_it_would_load_at_once():
    assert size("widget.js") <= 3 * KB
    assert not re.search(rb"\bimport\b(?![(.])", FILES["widget.js"].body)


def test_all_of_the_widget_in_every_language_together_is_small():
    assert size(*PARTS) <= 20 * KB


def test_a_part_is_sent_with_all_that_it_needs():
    imported = re.compile(rb'(?:from|import[(])\s*["`]([^"`]+)["`]')
    for name in PARTS:
        assert all(KNOWN.fullmatch(each) for each in imported.findall(FILES[name].body)), name


def test_private_names_are_shortened_and_colours_are_not():
    chat = FILES["widget/chat.js"].body
    private = set(re.findall(rb"(?<=[.;}\n{])#\w+", chat))
    assert len(private) > 52, "more than there are letters"
    assert max(map(len, private)) == 3
    assert {b"#fff", b"#1b201e", b"#f0b429"} <= set(re.findall(rb"(?<=[(:,])#\w+", chat))


async def test_what_travels_is_what_was_counted():
    async with serving() as front:
        for name in PARTS:
            answer = await front.http.get(f"{front.base}/{name}", headers={"Accept-Encoding": "gzip"})
            assert answer.headers["Content-Encoding"] == "gzip"
            assert int(answer.headers["Content-Length"]) == size(name)
