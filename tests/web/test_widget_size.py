"""How much a visitor's browser loads, as it travels: compressed, without remarks."""

import re

from bot.web import pages

KB = 1024
FILES = pages.load()
OPEN = {"widget.js", "widget/talk.js", "widget/chat.js"}
ALONE = OPEN | {
    f"widget/{name}.js" for name in ("files", "stream", "greeting", "sound")
}  # these only when they are needed
KNOWN = {b"../widget.js", b"./stream.js", b"./widget/${name}.js", b"./words_${element.locale}.js"}
LANGUAGES = {name for name in FILES if name.startswith("widget/words_")}


def size(*names):
    return sum(len(FILES[name].small) for name in names)


def test_the_launcher_is_small_and_names_nothing_that_it_would_load_at_once():
    assert size("widget.js") <= 3 * KB
    assert not re.search(rb"^import ", FILES["widget.js"].body, re.MULTILINE)


def test_an_open_chat_is_small_in_every_language():
    for language in LANGUAGES:
        assert size(*OPEN, language) <= 20 * KB, language
        assert size(*ALONE, language) <= 23 * KB, language


def test_a_part_is_sent_with_all_that_it_needs():
    imported = re.compile(rb'(?:from|import[(])\s*["`]([^"`]+)["`]')
    for name in ALONE | LANGUAGES:
        for path in imported.findall(FILES[name].body):
            assert path in KNOWN, name
