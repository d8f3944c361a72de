"""The protocol of the widget, frame by frame, over a real socket."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from bot.dialog.acts import Pressed, Read, Refused, Sender, Wrote
from bot.dialog.messages import Author, AuthorKind, Button, ButtonKind, Entity
from bot.dialog.records import Published
from tests.web.memory import ANNA, BOT, NOW
from tests.web.stage import serving

pytestmark = pytest.mark.usefixtures("both_ways")
BY_SOCKET = pytest.mark.parametrize("both_ways", ["socket"], indirect=True)  # who goes is missed at once

KEY = "6f0c1c2e-0000-4000-8000-000000000001"


async def test_a_new_visitor_is_welcomed_and_nothing_is_stored():
    async with serving() as front:
        _, welcome = await front.visitor()
        assert welcome["type"] == "welcome"
        assert welcome["seq"] == 0
        assert welcome["state"] == {"type": "state", "mode": "bot", "position": None, "wait_s": None, "operator": None}
        assert len(welcome["conversation"]) == 32
        assert front.memory.acts == []
        assert front.memory.conversations_kept == {}


async def test_a_message_is_shown_and_acknowledged():
    async with serving() as front:
        peer, welcome = await front.visitor()
        await peer.send(type="message", id=KEY, text="привет", file=None)
        shown, ack = await peer.get(), await peer.get()
        assert shown == {
            "type": "message",
            "seq": 1,
            "at": "2026-05-04T09:00:00Z",
            "author": {"kind": "customer", "name": ""},
            "text": "привет",
            "html": "<p>привет</p>",
            "buttons": [],
            "file": None,
            "edited": False,
            "id": KEY,
            "deleted": False,
            "files": [],
        }
        assert ack == {"type": "ack", "id": KEY, "seq": 1}
        (act,) = front.memory.acts
        assert isinstance(act, Wrote)
        assert (act.key, act.text, act.sent) == (KEY, "привет", NOW)
        assert act.sender.conversation == welcome["conversation"]


async def test_the_sender_is_who_hello_said():
    async with serving() as front:
        peer = await front.connect()
        await peer.send(
            type="hello", token=None, locale="lv-LV", tz="Europe/Riga", page="https://shop.example/x", seen=0
        )
        welcome = await peer.get()
        await peer.send(type="message", id="1", text="a")
        await peer.until("ack")
        sender = front.memory.acts[0].sender
        wanted = Sender(
            "widget", sender.address, "", "", "lv-LV", "Europe/Riga", "https://shop.example/x", welcome["conversation"]
        )
        assert sender == wanted


@pytest.mark.parametrize(
    ("tz", "page"), [("Mars/Base", "javascript:alert(1)"), ("Europe", "data:text/html,x"), ("", "")]
)
async def test_a_zone_or_page_that_cannot_be_is_not_believed(tz, page):
    async with serving() as front:
        peer = await front.connect()
        await peer.send(type="hello", tz=tz, page=page)
        await peer.get()
        await peer.send(type="message", id="1", text="a")
        await peer.until("ack")
        assert (front.memory.acts[0].sender.zone, front.memory.acts[0].sender.page) == ("", "")


async def test_the_same_id_again_gets_the_same_ack_and_nothing_else():
    async with serving() as front:
        peer, _ = await front.talker()
        await peer.send(type="message", id=KEY, text="раз")
        first = await peer.until("ack")
        await peer.send(type="message", id=KEY, text="раз")
        assert await peer.get() == first
        assert await peer.silence() == []


async def test_a_press_is_passed_on_with_its_id():
    async with serving() as front:
        peer, _ = await front.talker("a")
        await peer.send(type="press", id=KEY, button="intent:delivery_cost")
        assert await peer.until("ack") == {"type": "ack", "id": KEY, "seq": 2}
        act = front.memory.acts[-1]
        assert isinstance(act, Pressed)
        assert (act.key, act.button) == (KEY, "intent:delivery_cost")


async def test_a_refusal_names_the_frame():
    async with serving() as front:
        front.memory.refusals["[nonsense]"] = Refused("not_found", "There is no such button.")
        peer, _ = await front.visitor()
        await peer.send(type="press", id=KEY, button="nonsense")
        wanted = {
            "type": "error",
            "code": "not_found",
            "message": "There is no such button.",
            "id": KEY,
            "retry_s": None,
        }
        assert await peer.get() == wanted


async def test_what_the_bot_says_is_html_with_buttons():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        buttons = (Button("helped:x", "Да"), Button("url:x:0", "Тарифы", ButtonKind.URL, "https://example.com"))
        front.memory.say(welcome["conversation"], BOT, "По городу 3 €", markdown="По городу **3 €**", buttons=buttons)
        shown = await peer.get()
        assert shown["author"] == {"kind": "bot", "name": ""}
        assert shown["text"] == "По городу 3 €"
        assert shown["html"] == "<p>По городу <strong>3&nbsp;€</strong></p>"
        assert shown["id"] is None
        assert shown["buttons"] == [
            {"id": "helped:x", "label": "Да", "kind": "reply", "url": None},
            {"id": "url:x:0", "label": "Тарифы", "kind": "url", "url": "https://example.com"},
        ]


async def test_what_an_operator_says_keeps_its_formatting_and_no_markup_of_its_own():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.say(welcome["conversation"], ANNA, "😀 жирно <b>", entities=(Entity("bold", 3, 5),))
        shown = await peer.get()
        assert shown["author"] == {"kind": "operator", "name": "Анна"}
        assert shown["html"] == "<p>😀 <strong>жирно</strong> &lt;b&gt;</p>"


async def test_an_edit_comes_again_with_its_seq():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.say(welcome["conversation"], ANNA, "раз")
        front.memory.edit(welcome["conversation"], 2, text="два")
        first, again = await peer.get(), await peer.get()
        assert (first["seq"], first["text"], first["edited"]) == (2, "раз", False)
        assert (again["seq"], again["text"], again["edited"]) == (2, "два", True)


async def test_a_deleted_message_leaves_nothing_to_read():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.edit(welcome["conversation"], 1, deleted=True)
        shown = await peer.get()
        assert (shown["text"], shown["html"], shown["deleted"]) == ("", "", True)


async def test_the_state_comes_when_it_changes_and_only_then():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.show(welcome["conversation"], "queued", position=2)
        front.memory.show(welcome["conversation"], "queued", position=2, told=NOW)
        front.memory.show(welcome["conversation"], "queued", position=2, wait=(60, 180))
        front.memory.show(welcome["conversation"], "active", operator="Анна")
        assert await peer.silence() == [
            {"type": "state", "mode": "queued", "position": 2, "wait_s": None, "operator": None},
            {"type": "state", "mode": "queued", "position": 2, "wait_s": [60, 180], "operator": None},
            {"type": "state", "mode": "active", "position": None, "wait_s": None, "operator": {"name": "Анна"}},
        ]


async def test_typing_reaches_the_other_side_and_not_oneself():
    async with serving() as front:
        heard = []
        peer, welcome = await front.talker("a")
        front.memory.publish = lambda published: (heard.append(published), front.server.publish(published))
        await peer.send(type="typing")
        await peer.send(type="typing")
        assert await peer.silence() == []
        author = Author(AuthorKind.CUSTOMER)
        assert heard == [Published(typing=((welcome["conversation"], author),))], "the second is too soon to be told"
        front.memory.typing(welcome["conversation"], ANNA)
        assert await peer.get() == {"type": "typing", "author": {"kind": "operator", "name": "Анна"}}


async def test_reading_is_told_both_ways():
    async with serving() as front:
        peer, welcome = await front.talker("a", "b")
        await peer.send(type="read", seq=99)
        await peer.send(type="read", seq=1)
        assert await peer.silence() == []
        assert [act.seq for act in front.memory.acts if isinstance(act, Read)] == [2], "no more than was shown, once"
        front.memory.publish(Published(reads=((welcome["conversation"], 2, 1),)))
        front.memory.publish(Published(reads=((welcome["conversation"], 2, 1),)))
        assert await peer.silence() == [{"type": "read", "seq": 1}]


@BY_SOCKET
async def test_whoever_comes_back_is_told_what_operators_have_read():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        await peer.close()
        front.memory.change(welcome["conversation"], operator_read_seq=1)
        again, _ = await front.visitor(welcome["token"], seen=1)
        assert await again.silence() == [{"type": "read", "seq": 1}]


async def test_a_ping_is_answered():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.send(type="ping")
        assert await peer.get() == {"type": "pong"}


async def test_an_act_that_cannot_be_done_is_answered_and_harms_nobody():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.send(type="message", id=KEY, text="boom")
        error = await peer.get()
        assert (error["type"], error["code"], error["id"]) == ("error", "unsupported", KEY)
        await peer.send(type="message", id=str(uuid4()), text="дальше")
        assert (await peer.until("ack"))["seq"] == 1


async def test_while_the_database_is_down_nothing_is_acknowledged():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.down = True
        await peer.send(type="message", id=KEY, text="b")
        assert (await peer.get())["closed"] == 1013
        _, closed = await front.visitor(welcome["token"])
        assert closed["closed"] == 1013
        front.memory.down = False
        back, _ = await front.visitor(welcome["token"], seen=1)
        await back.send(type="message", id=KEY, text="b")
        assert (await back.until("ack"))["seq"] == 2


async def test_the_server_says_goodbye():
    async with serving() as front:
        peer, _ = await front.visitor()
        frame, _ = await asyncio.gather(peer.get(), front.server.stop())
        assert frame["closed"] == 1001


async def test_a_token_is_renewed_in_use():
    async with serving() as front:
        _, welcome = await front.talker("a")
        front.memory.now += timedelta(days=29)
        _, later = await front.visitor(welcome["token"])
        front.memory.now += timedelta(days=29)
        _, last = await front.visitor(later["token"])
        assert last["conversation"] == welcome["conversation"]
        assert last["seq"] == 1
