"""What a visitor is asked counts as asked only of somebody who is there; and what only their own page is shown."""

import pytest

from bot.dialog.acts import Present
from bot.dialog.buttons import READY, TELEGRAM
from bot.dialog.contact import SHARE
from bot.dialog.messages import Button, ButtonKind
from tests.web.memory import BOT
from tests.web.stage import serving

pytestmark = pytest.mark.usefixtures("both_ways")
ASKED = (Button(READY, "Да"), Button("ready:later", "Позже"))


def present(front):
    return [each.conversation for each in front.memory.acts if isinstance(each, Present)]


async def test_a_question_on_an_open_page_has_reached_somebody():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.say(welcome["conversation"], BOT, "Ничего не спрашивает")
        front.memory.say(welcome["conversation"], BOT, "Готовы?", buttons=ASKED)
        await peer.silence()
        assert present(front) == [welcome["conversation"]]


async def test_a_question_whose_publishing_was_lost_has_reached_somebody_with_the_sweep():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.deaf = True
        front.memory.say(welcome["conversation"], BOT, "Готовы?", buttons=ASKED)
        front.memory.deaf = False
        front.memory.say(welcome["conversation"], BOT, "Готовы?")
        await peer.until("message")
        await peer.silence()
        assert present(front) == [welcome["conversation"]]


async def test_a_question_to_nobody_reaches_whoever_comes_back():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        await peer.close()
        front.memory.say(welcome["conversation"], BOT, "b")
        front.memory.show(welcome["conversation"], "queued", position=1)
        back, _ = await front.visitor(welcome["token"], seen=2)
        await back.silence()
        assert present(front) == [welcome["conversation"]]


async def test_a_link_into_telegram_is_made_when_it_is_shown_and_for_its_customer_alone():
    made = []

    def link(conversation):
        made.append(conversation)
        return f"https://t.me/shop_bot?start=talk_{len(made)}"

    buttons = (Button("done", "Готово"), Button(SHARE, "Номер"), Button(TELEGRAM, "Telegram", ButtonKind.URL, "stale"))
    async with serving(link=link) as front:
        peer, welcome = await front.talker("a")
        front.memory.say(welcome["conversation"], BOT, "Готово?", buttons=buttons)
        while (frame := await peer.until("message"))["text"] != "Готово?":
            pass
        assert [(each["id"], each["url"]) for each in frame["buttons"]] == [
            ("done", None),
            (TELEGRAM, "https://t.me/shop_bot?start=talk_1"),
        ]
        await peer.close()
        back, _ = await front.visitor(welcome["token"], seen=1)
        frame = await back.until("message")
        assert frame["buttons"][1]["url"] == "https://t.me/shop_bot?start=talk_2"
        assert made == [welcome["conversation"]] * 2


async def test_where_there_is_no_bot_any_more_there_is_no_link():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        way = (Button(TELEGRAM, "Telegram", ButtonKind.URL, "https://t.me/gone"),)
        front.memory.say(welcome["conversation"], BOT, "Готово?", buttons=way)
        while (frame := await peer.until("message"))["text"] != "Готово?":
            pass
        assert frame["buttons"] == []
