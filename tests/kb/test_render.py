"""Markdown becomes what each channel may show, and nothing that it may not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.render import html, plain, telegram

TABLE = """\
Prices:

| tooth | € | min |
|---|---|--:|
| **one** | 30 | 40 |
| [two](https://example.com) | | |

|  |  |
|---|---|
| a | b |
after

| only | a head |
|---|---|
"""
LINK = 'target="_blank" rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("По городу **3 €**", "<p>По городу <strong>3&nbsp;€</strong></p>"),
        ("[тарифы](https://example.com/r?a=1&b=2)",
         f'<p><a href="https://example.com/r?a=1&amp;b=2" {LINK}>тарифы</a></p>'),
        ("[write](mailto:a@example.com)", f'<p><a href="mailto:a@example.com" {LINK}>write</a></p>'),
        ("# A\n\n- b\n- *c*", "<h1>A</h1>\n<ul>\n<li>b</li>\n<li><em>c</em></li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("~~old~~ `x<y`", "<p><s>old</s> <code>x&lt;y</code></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("![plan](https://example.com/p.png)", "<p>plan</p>"),
        (TABLE, ("<p>Prices:</p>\n<p><strong>tooth · € · min</strong></p>\n"
                "<ul>\n<li><strong>one</strong> · 30 · 40</li>\n"
                f'<li><a href="https://example.com" {LINK}>two</a></li>\n</ul>\n'
                "<ul>\n<li>a · b</li>\n<li>after</li>\n</ul>\n<p><strong>only · a head</strong></p>")),
        ("", ""),
    ],
)  # fmt: skip # a table
def test_the_widget_gets_sanitised_html(markdown: str, shown: str):
    assert html(markdown) == shown


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://x.example/y"]
)
def test_a_link_that_runs_or_reads_something_is_no_link(url: str):
    assert "href" not in html(f"[x]({url})")
    assert "href" not in telegram(f"[x]({url})")


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("По городу **3 €**, *примерно*", "По городу 3 €, примерно"),
        ("[тарифы](https://example.com/r)", "тарифы (https://example.com/r)"),
        ("<https://example.com>", "https://example.com"),
        ("[+371 1](tel:+3711)", "+371 1 (+3711)"),
        ("[a@example.com](mailto:a@example.com)", "a@example.com"),
        ("# A\n\ntext\n\n## B", "A\n\ntext\n\nB"),
        ("- a\n- b\n  - c\n\n1. d\n2. e", "• a\n• b\n  • c\n\n1. d\n2. e"),
        ("- a\n\n  b\n- c", "• a\n  b\n• c"),
        ("> said\n\n```py\nx = 1\n```\n\n    code", "said\n\nx = 1\n\ncode"),
        ("a  \nb\nc", "a\nb\nc"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("![plan](p.png) **!**", "plan !"),
        ("<b>x</b> &amp; `y`", "<b>x</b> & y"),
        (TABLE, ("Prices:\n\ntooth · € · min\n\n• one · 30 · 40\n• two (https://example.com)\n\n"
                "• a · b\n• after\n\nonly · a head")),
        ("", ""),
    ],
)  # fmt: skip # a table
def test_plain_text_keeps_words_and_addresses(markdown: str, shown: str):
    assert plain(markdown) == shown


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**b** *i* ~~s~~ `c<`", "<b>b</b> <i>i</i> <s>s</s> <code>c&lt;</code>"),
        ("## A & B", "<b>A &amp; B</b>"),
        ("> q", "<blockquote>q</blockquote>"),
        ("```\na < b\n```", "<pre>a &lt; b</pre>"),
        ("- *a*\n- b", "• <i>a</i>\n• b"),
        ('[t](https://example.com/?a=1&b="2")', '<a href="https://example.com/?a=1&amp;b=%222%22">t</a>'),
        ("[t](relative/page)", "t"),
        ("<u>x</u> 5 > 3", "&lt;u&gt;x&lt;/u&gt; 5 &gt; 3"),
        ("a\n\n***\n\nb", "a\n\n———\n\nb"),
        ("``` \n```", ""),
        ("| a | b |\n|---|---|\n| c | d |", "<b>a · b</b>\n\n• c · d"),
    ],
)
def test_telegram_gets_only_its_own_tags(markdown: str, shown: str):
    assert telegram(markdown) == shown


@given(st.text(alphabet='ab <>&"*_`#-[]()!>\n~1.:/тж😀\\|', max_size=80))
def test_no_text_makes_a_tag_of_its_own(markdown: str):
    assert not set(re.findall(r"<\s*/?\s*([^\s>/]*)", telegram(markdown))) - {
        "b", "i", "s", "a", "code", "pre", "blockquote",
    }  # fmt: skip # a table
    assert not set(re.findall(r"<\s*/?\s*([^\s>/]*)", html(markdown))) - {
        "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
        "h1", "h2", "h3", "h4", "h5", "h6",
    }  # fmt: skip # a table
    plain(markdown)
