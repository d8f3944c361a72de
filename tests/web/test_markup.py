"""What people wrote, as HTML: formatting by UTF-16 offsets, everything escaped, nothing that can act."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Entity
from bot.web.markup import to_html


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("", (), ""),
        ("a < b & c", (), "<p>a &lt; b &amp; c</p>"),
        ("раз\nдва", (), "<p>раз<br>два</p>"),
        ("жирно", (Entity("bold", 0, 5),), "<p><strong>жирно</strong></p>"),
        ("😀 жирно", (Entity("bold", 3, 5),), "<p>😀 <strong>жирно</strong></p>"),
        (
            "внутри снаружи",
            (Entity("italic", 0, 6), Entity("bold", 0, 14)),
            "<p><strong><em>внутри</em> снаружи</strong></p>",
        ),
        ("ab", (Entity("bold", 0, 1), Entity("italic", 1, 1)), "<p><strong>a</strong><em>b</em></p>"),
        ("abc", (Entity("bold", 0, 2), Entity("italic", 1, 2)), "<p><strong>ab</strong>c</p>"),
        ("abc", (Entity("bold", 1, 9),), "<p>abc</p>"),
        ("abc", (Entity("bold", -1, 2),), "<p>abc</p>"),
        ("abc", (Entity("bold", 1, 0), Entity("spoiler", 0, 3)), "<p>abc</p>"),
        ("x = 1", (Entity("pre", 0, 5, language="python"),), "<p><pre>x = 1</pre></p>"),
        (
            "example.com",
            (Entity("url", 0, 11),),
            '<p><a href="https://example.com" rel="noopener noreferrer nofollow" target="_blank">example.com</a></p>',
        ),
        (
            "тут",
            (Entity("text_link", 0, 3, url='https://a.b/?q="<'),),
            '<p><a href="https://a.b/?q=&quot;&lt;" rel="noopener noreferrer nofollow" target="_blank">тут</a></p>',
        ),
        (
            "a@b.lv",
            (Entity("email", 0, 6),),
            '<p><a href="mailto:a@b.lv" rel="noopener noreferrer nofollow" target="_blank">a@b.lv</a></p>',
        ),
        ("тут", (Entity("text_link", 0, 3, url="javascript:alert(1)"),), "<p>тут</p>"),
        ("тут", (Entity("text_link", 0, 3, url="http://[bad"),), "<p>тут</p>"),
    ],
)
def test_a_text_looks_as_it_was_written(text, entities, html):
    assert to_html(text, entities) == html


KINDS = ["bold", "italic", "code", "pre", "blockquote", "text_link", "url", "mention", "spoiler"]
ENTITIES = st.builds(
    Entity, st.sampled_from(KINDS), st.integers(-2, 30), st.integers(-2, 30), st.sampled_from([None, "https://a.b"])
)


@given(st.text(max_size=20), st.lists(ENTITIES, max_size=6))
def test_whatever_is_written_the_tags_are_ours_and_closed(text, entities):
    html = to_html(text, entities)
    opened = []
    for end, tag in re.findall(r"<(/?)([a-z]+)[^>]*>", html):
        if tag == "br":
            continue
        if end:
            assert opened.pop() == tag
        else:
            opened.append(tag)
    assert opened == []
    plain = re.sub(r"<[^>]*>", "", html.replace("<br>", "\n"))
    for mark in "<>":
        assert mark not in plain
