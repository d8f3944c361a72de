"""The pictures of docs/operators.md, of what the emulator shows; `python -m tests.telegram.pictures`."""

import asyncio
import shutil
import tempfile
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from bot.dialog.content import Content
from bot.dialog.operator_acts import Declare
from bot.workspace.loading import load
from handoff.operators import Presence
from tests.browser.conftest import FLAGS
from tests.telegram.stage import Stage, stage

HERE = Path(__file__).parents[2] / "docs" / "pictures"
DOTS = {
    "🟢": "#43a047",
    "🔴": "#e53935",
    "🟡": "#fbc02d",
    "⏸": "#90a4ae",
    "⚪": "#cfd8dc",
}  # no font is sure to have them
TAGS = {"bold": "b", "italic": "i", "text_mention": "a", "text_link": "a", "code": "code"}
STYLE = """
body { margin: 0; font: 15px/1.4 system-ui, "DejaVu Sans", sans-serif; background: #d5e3cf; width: 520px; }
header { background: #fff; padding: 12px 18px; font-weight: 600; border-bottom: 1px solid #ccd; }
main { padding: 14px 16px 18px; display: flex; flex-direction: column; gap: 8px; }
.post { background: #fff; border-radius: 12px; padding: 8px 12px; max-width: 410px; align-self: start; }
.post.person { background: #e7fdd3; align-self: end; }
.who { font-size: 13px; font-weight: 600; color: #2b7a9e; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.said a { color: #2b7a9e; }
.row { display: flex; gap: 4px; margin-top: 6px; }
.row span { flex: 1; text-align: center; background: #e3edf2; border-radius: 7px; padding: 5px; font-size: 14px; }
.dot { display: inline-block; width: .7em; height: .7em; border-radius: 50%; }
.pin { font-size: 13px; color: #667; padding: 8px 18px; background: #f4f7f8; }
"""


def english(content: Content) -> Content:
    """The sample as a team would have it whose first language is English."""
    operators = {name: replace(each, locales=("en",)) for name, each in content.desk.operators.items()}
    return replace(content, desk=replace(content.desk, locales=("en", "ru", "lv"), operators=operators))


async def story(s: Stage) -> int:
    """A question, a person, and what an operator has at hand; returns the topic."""
    anna, boris = s.operator("anna"), s.api.person("Boris", language="en")
    await s.online("anna", "marta")
    await s.service.do(Declare("marta", Presence.PAUSED))
    boris.says("how much is delivery")
    await s.until(lambda: boris.finds("unhelped:"))
    boris.says("talk to a human")
    await s.until(lambda: anna.finds("accept:", to=s.group))
    await anna.presses("accept:", to=s.group).answered()
    await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
    await s.settled()
    topic = s.last
    anna.writes_in(topic, "/c hello", s.group)
    await s.until(lambda: s.group.reads(topic)[-1].startswith("Anna: Hello"))
    boris.says("Do you deliver to Tallinn?")
    await s.until(lambda: s.group.reads(topic)[-1].startswith("Do you"))
    anna.writes_in(topic, "// has ordered twice before", s.group)
    anna.writes_in(topic, "/kb Estonia", s.group)
    await s.until(lambda: anna.finds("send:", to=s.group))
    await s.settled()
    return topic


def _drawn(text: str) -> str:
    """Escaped, with the icons drawn."""
    text = escape(text)
    for icon, colour in DOTS.items():
        text = text.replace(icon, f"<i class=dot style='background:{colour}'></i>")
    return text


def page(s: Stage, title: str, topic: int | None, pinned: str = "") -> str:
    """A topic, or General, as a page."""
    posts = [each for each in s.group.chat.messages.values() if _place(each) == topic and "text" in each]
    shown = "".join(_post(each) for each in posts)
    pin = f"<div class=pin>Pinned: {_drawn(pinned)}</div>" if pinned else ""
    return f"<meta charset=utf-8><style>{STYLE}</style><header>{_drawn(title)}</header>{pin}<main>{shown}</main>"


def _place(message: dict[str, Any]) -> int | None:
    return message["message_thread_id"] if message.get("is_topic_message") else None


def _post(message: dict[str, Any]) -> str:
    author = message["from"]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = "".join(_row([escape(button["text"]) for button in row]) for row in rows)
    kind = "post" if author["is_bot"] else "post person"
    who = f"<div class=who>{escape(author['first_name'])}</div>"
    return f"<div class='{kind}'>{who}<div class=said>{_marked(message)}</div>{buttons}</div>"


def _row(labels: list[str]) -> str:
    return "<div class=row>" + "".join(f"<span>{label}</span>" for label in labels) + "</div>"


def _marked(message: dict[str, Any]) -> str:
    """The text with its marks; entities count in UTF-16 units."""
    units = message["text"].encode("utf-16-le")
    told, at = "", 0
    for entity in sorted(message.get("entities", []), key=lambda each: each["offset"]):
        tag = TAGS.get(entity["type"])
        if tag is not None and entity["offset"] * 2 >= at:
            begin, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
            told += _drawn(units[at:begin].decode("utf-16-le"))
            told += f"<{tag}>{escape(units[begin:end].decode('utf-16-le'))}</{tag}>"
            at = end
    return told + _drawn(units[at:].decode("utf-16-le"))


async def take(chromium: str) -> None:
    """The topic of a talk, and General with its board while another customer waits."""
    with tempfile.TemporaryDirectory() as folder:
        content = english(load(None, Path(folder) / "models"))
        async with stage(content, Path(folder), board=0.1) as s:
            topic = await story(s)
            pages = {"topic.png": page(s, s.group.topics[0].name, topic)}
            await s.online("anna")
            s.operator("anna").says("/who", to=s.group)
            vera = s.api.person("Vera", language="en")
            await s.service.do(Declare("anna", Presence.PAUSED))
            vera.says("I need a repair, call a mechanic")
            vera.says("talk to a human")
            await s.until(lambda: vera.finds("wait"))
            await vera.presses("wait").answered()
            await s.until(lambda: "waiting" in s.group.reads()[0])
            await s.settled()
            pages["board.png"] = page(s, "General", None, s.group.reads()[0].splitlines()[1])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, shown in pages.items():
            tab = await browser.new_page(viewport={"width": 520, "height": 300}, device_scale_factor=1.5)
            await tab.set_content(shown)
            await tab.screenshot(path=HERE / name, full_page=True)
        await browser.close()


def main() -> None:
    """Take both."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is not installed; install it to take the pictures")
    asyncio.run(take(chromium))


if __name__ == "__main__":
    main()
