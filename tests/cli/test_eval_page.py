"""`frontline eval --html`: a page that stands alone and shows what was found."""

import re
from html.parser import HTMLParser
from pathlib import Path

from intents.held_out import HeldOut
from intents.ranking import Ranking
from tests.cli.sentences import TRAIN, held


class _Page(HTMLParser):
    """What a page is made of, and whether every element is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(file):
    page = _Page()
    page.feed(Path(file).read_text("utf-8"))
    page.close()
    assert page.open == []
    return page


def test_the_page_stands_alone_and_shows_what_was_found(frontline, history):
    history.write_text(
        history.read_text("utf-8").replace("real person", "<script>alert(1)</script> & person"), encoding="utf-8"
    )
    status, _, _ = frontline("eval", "shop", "--compare", "HEAD", "--html", "report.html")
    assert status == 0
    page = read("report.html")
    assert page.tags.count("svg") == 2
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert {"src", "href"}.isdisjoint(name for name, _ in page.attributes)
    assert not re.search(r"url\(|@import|https?:", Path("report.html").read_text("utf-8"))
    said = "".join(page.text)
    assert "<script>alert(1)</script> & person" in said
    for title in ("right at the first guess", "Since shop at HEAD", "New sentences", "Who is taken for whom"):
        assert title in said
    assert "prefers-color-scheme: dark" in said


def test_the_page_of_a_large_content_draws_the_most_confused_intents(frontline, sample, monkeypatch):
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: held(sample.intents.intents))
    frontline("eval", "--html", "report.html")
    page = read("report.html")
    said = "".join(page.text)
    assert f"24 of {len(sample.intents.intents)} intents, the most confused ones." in said
    assert "None of ours, and answered all the same" in said
    assert "not shown" in said


def test_the_page_of_a_flawless_content_has_no_confusion(frontline, tmp_path):
    (tmp_path / "train.tsv").write_text(TRAIN, "utf-8")
    status, _, _ = frontline("eval", "--train", "train.tsv", "--test", "train.tsv", "--html", "report.html")
    assert status == 0
    said = "".join(read("report.html").text)
    assert "Who is taken for whom" not in said
    assert "Without a mistake: Order status, hours, refund." in said


def test_a_content_of_which_nothing_is_understood_is_shown_too(frontline, sample, monkeypatch):
    strange = [HeldOut("😀", "en", "cost", Ranking()), HeldOut("🎈", "en", None, Ranking())]
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: strange)
    status, out, _ = frontline("eval", "--html", "report.html")
    assert status == 0
    assert re.search(r"^    😀  0\.00  missed  nothing$", out, re.MULTILINE)
    assert "→ nothing 0.00 missed" in "".join(read("report.html").text)


def test_a_page_that_cannot_be_written_is_one_line(frontline, files):
    said = "no/report.html cannot be written (No such file or directory); name a file in a folder that is there.\n"
    assert frontline("eval", *files, "--html", "no/report.html") == (2, "", said)
    said = ". cannot be written (Is a directory); name a file in a folder that is there.\n"
    assert frontline("eval", *files, "--html", ".") == (2, "", said)
