"""Whatever customers, operators and admins write, wherever: no script runs, and the text is shown as it was typed."""

import itertools

import pytest

from bot.dialog.messages import Attachment, Author, AuthorKind, Button, ButtonKind, Entity
from tests.browser.product import Widget
from tests.browser.told import message, show, state, tell

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RUN = "window.ran=1"
TAGS = [
    "script",
    "img",
    "svg",
    "iframe",
    "body",
    "input",
    "details",
    "video",
    "math",
    "style",
    "object",
    "a",
    "x-y",
    "template",
]
EVENTS = ["onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onanimationstart", "onbeforematch"]
SCHEMES = [
    "javascript:",
    "JaVaScRiPt:",
    " javascript:",
    "java\tscript:",
    "data:text/html,",
    "vbscript:",
    "blob:",
    "&#106;avascript:",
]
OTHERS = [
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"</div></span><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"`${{{RUN}}}`",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"'-{RUN}-'",
    f'"-{RUN}-"',
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"<svg><style><img src=x onerror={RUN}>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    "<frontline-chat open></frontline-chat>",
    "<slot></slot>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "\u202egnp.exe",
    "a" * 500,
    "__proto__",
    "constructor",
    "%s%n %00 ../../etc/passwd",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "*b* _i_ ~~s~~ `c` # h > q - l | t |",
    "<b>bold</b> & &amp; &#60;",
]
CORPUS = [
    *(
        f"<{tag} src=x href=x {event}={RUN} autofocus tabindex=0 open>{tag}"
        for tag, event in itertools.product(TAGS, EVENTS)
    ),
    *(f'"><{tag} {event}="{RUN}" x="' for tag, event in itertools.islice(itertools.product(TAGS, EVENTS), 0, 98, 2)),
    *(f"[x]({scheme}{RUN})" for scheme in SCHEMES),
    *(f"![x]({scheme}{RUN})" for scheme in SCHEMES),
    *(f'<a href="{scheme}{RUN}">x</a>' for scheme in SCHEMES),
    *OTHERS,
]
LOOK = """(chat) => [...chat.shadowRoot.querySelectorAll(".items .item[data-seq]")].map((one) => ({
  seq: Number(one.dataset.seq),
  text: one.querySelector(".bubble .text")?.textContent ?? "",
  name: one.querySelector(".name").textContent,
  labels: [...one.querySelectorAll(".button")].map((button) => button.firstChild.textContent),
  file: one.querySelector(".file .label")?.firstChild.textContent ?? "",
}))"""
ALIEN = """(chat) => {
  const strange = "script iframe object embed base meta link frontline-chat slot template img".split(" ");
  const wrong = (one) => strange.includes(one.localName)
    || [...one.attributes].some((each) => each.name.startsWith("on"))
    || /^\\s*(javascript|data|vbscript|blob):/i.test(one.getAttribute("href") ?? "");
  return [...chat.shadowRoot.querySelectorAll("*")].filter(wrong).map((one) => one.outerHTML);
}"""

NAME = """(chat, text) => {
  chat.setAttribute("title", text);
  chat.setAttribute("greeting", text);
}"""


async def harmless(visitor):
    """Nothing ran, and nothing is there that could."""
    await visitor.page.wait_for_function("() => new Promise((done) => setTimeout(() => done(true), 50))")
    assert await visitor.page.evaluate("() => window.ran") is None
    assert await visitor.chat.evaluate(ALIEN) == []


async def opened(frontline, people):
    visitor = Widget(await people.page(frontline.url, locale="en-GB"))
    await visitor.open()
    return visitor


async def test_there_is_enough_of_it():
    assert len(set(CORPUS)) >= 200


@pytest.mark.parametrize("who", [AuthorKind.CUSTOMER, AuthorKind.OPERATOR])
async def test_people_are_shown_as_they_typed(frontline, people, who):
    visitor = await opened(frontline, people)
    said = [
        message(
            seq,
            Author(who, text),
            text,
            key=f"k{seq}",
            attachments=(Attachment("document", "file:1", text, size=1),),
            buttons=(Button(f"b{seq}", text), Button(f"u{seq}", text, ButtonKind.URL, text)),
        )
        for seq, text in enumerate(CORPUS, 1)
    ]
    await show(visitor.page, said)
    await harmless(visitor)
    shown = {one["seq"]: one for one in await visitor.chat.evaluate(LOOK)}
    for seq, text in enumerate(CORPUS, 1):
        assert shown[seq]["text"] == text
        assert shown[seq]["name"] == text
        assert shown[seq]["file"] == text
        assert shown[seq]["labels"] == [text, text]


async def test_formatting_opens_no_way_in(frontline, people):
    visitor = await opened(frontline, people)
    marks = [("text_link", 0, text) for text in CORPUS] + [("url", 0, None), ("code", 1, None), ("bold", 2, None)]
    said = [
        message(seq, Author(AuthorKind.OPERATOR, "Anna"), text, entities=(Entity(mark, at, 4, url),))
        for seq, (text, (mark, at, url)) in enumerate(zip(CORPUS * 2, marks, strict=False), 1)
    ]
    await show(visitor.page, said)
    await harmless(visitor)
    shown = {one["seq"]: one["text"] for one in await visitor.chat.evaluate(LOOK)}
    assert all(shown[each.seq] == each.text for each in said)


async def test_an_admins_markdown_cannot_run_either(frontline, people):
    visitor = await opened(frontline, people)
    await show(
        visitor.page, [message(seq, Author(AuthorKind.BOT), text, markdown=text) for seq, text in enumerate(CORPUS, 1)]
    )
    await harmless(visitor)


async def test_names_titles_and_states_are_text(frontline, people):
    visitor = await opened(frontline, people)
    for text in CORPUS[::7] + OTHERS:
        await state(visitor.page, "active", operator={"name": text})
        await tell(visitor.page, "typing", {"author": {"kind": "operator", "name": text}})
        await visitor.chat.evaluate(NAME, text)
        assert text in await visitor.chat.locator("header p").text_content()
    await visitor.chat.locator("h2", has_text=CORPUS[-1][:20]).wait_for()
    await harmless(visitor)
