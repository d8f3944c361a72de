"""The local desk: the door with its one-time links, and the socket behind it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.dialog import acts, operator_acts
from bot.dialog.conversation import Conversation
from bot.dialog.records import Published
from bot.web import desk_gateway
from bot.web.desk_door import desk_link
from bot.workspace.knowledge import words
from handoff.operators import Presence
from handoff.ticket import Active, Brief, Kind, Offered, Reason, Result
from kb.article import Answer, Article
from kb.catalogue import Catalogue
from kb.library import Library
from tests.web.stage import ANNA, BOT, NOW, ORIGIN, SECRET, SHOP, serving


def link(front, operator="anna", secret=SECRET, age=timedelta()):
    return desk_link(secret, operator, front.base, front.memory.now - age)


async def enter(front, operator="anna"):
    """An operator at the desk; (peer, first snapshot)."""
    front.http.cookie_jar.clear()
    await front.enter(link(front, operator))
    peer = await front.connect("/ws/desk")
    return peer, await peer.until("snapshot")


async def desk_with_talk(front, *texts, **ticket):
    """A visitor in the queue and Anna at the desk with their talk open; (visitor, conversation, operator)."""
    visitor, welcome = await front.talker(*texts)
    front.memory.queue(welcome["conversation"], **ticket)
    peer, _ = await enter(front)
    await peer.send(type="open", id="open", conversation=welcome["conversation"])
    await peer.until("ok")
    return visitor, welcome["conversation"], peer


async def test_the_session_ends_after_twelve_hours():
    async with serving() as front:
        await enter(front)
        front.memory.now += timedelta(hours=12)
        peer = await front.connect("/ws/desk")
        assert (await peer.get())["code"] == "unauthorized"
        assert (await peer.get())["closed"] == 1008


async def test_a_page_that_stays_open_does_nothing_after_its_session():
    async with serving() as front:
        peer, _ = await enter(front)
        front.memory.now += timedelta(hours=12)
        await peer.send(type="declare", id="1", presence="online")
        assert (await peer.until("error"))["code"] == "unauthorized"
        assert (await peer.get())["closed"] == 1008
        assert front.memory.acts == []


@pytest.mark.parametrize("cookie", [None, "rubbish"])
async def test_without_a_session_the_desk_stays_shut(cookie):
    async with serving() as front:
        if cookie:
            front.http.cookie_jar.update_cookies({"frontline_desk": cookie})
        assert (await front.http.get(f"{front.base}/desk")).status == 200, "the page itself holds no secret"
        peer = await front.connect("/ws/desk")
        assert (await peer.get())["code"] == "unauthorized"


async def test_a_widgets_site_may_not_open_the_desk():
    async with serving() as front:
        await enter(front)
        for origin in (SHOP, None):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await front.connect("/ws/desk", origin=origin)


async def test_who_left_the_team_is_shut_out():
    async with serving() as front:
        peer, _ = await enter(front)
        olga = {"olga": front.memory.desk.operators["olga"]}
        front.memory.desk = replace(front.memory.desk, operators=olga)
        front.memory.publish(Published(desk=True))
        assert (await peer.until("closed"))["closed"]
        again = await front.connect("/ws/desk")
        assert (await again.get())["code"] == "unauthorized"


async def test_the_snapshot_tells_who_waits_and_who_serves():
    async with serving() as front:
        front.memory.declare("anna")
        for number in (1, 2, 3, 4):
            name = f"c{number}"
            front.memory.conversations_kept[name] = Conversation(name, "widget", name, NOW, NOW, name=f"Гость {number}")
        deadline = NOW + timedelta(seconds=60)
        front.memory.queue("c1", 1, brief=Brief(question="Где заказ?"))
        front.memory.queue("c2", 2, state=Active("anna"))
        front.memory.queue("c3", 3, state=Offered("anna", deadline))
        front.memory.queue("c4", 4, state=Active("olga"))
        _, shown = await enter(front)
        assert shown["me"] == {
            "id": "anna",
            "name": "Анна",
            "presence": "online",
            "until": None,
            "load": 2,
            "capacity": 3,
            "locale": "ru",
            "role": "operator",
            "skills": ["Общие вопросы"],
        }
        assert [(each["number"], each["question"]) for each in shown["queue"]] == [(1, "Где заказ?")]
        assert [(each["number"], each["state"]) for each in shown["mine"]] == [(3, "offered"), (2, "active")]
        assert [(each["number"], each["operator_name"]) for each in shown["others"]] == [(4, "Ольга")]
        assert shown["mine"][0]["deadline"] == "2026-05-04T09:01:00Z"
        assert [each["presence"] for each in shown["team"]] == ["online", "offline"]


async def test_each_operator_reads_their_own_language():
    async with serving() as front:
        _, shown = await enter(front, "olga")
        assert (shown["me"]["locale"], shown["me"]["skills"]) == ("en", ["General"])
        assert [each["name"] for each in shown["team"]] == ["Anna", "Olga"]


async def test_what_changes_is_shown_live():
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        peer, shown = await enter(front)
        assert shown["queue"] == []
        front.memory.queue(welcome["conversation"])
        shown = await peer.until("snapshot")
        assert [each["unread"] for each in shown["queue"]] == [True]


async def test_a_change_that_nobody_published_is_found(monkeypatch):
    monkeypatch.setattr(desk_gateway, "SWEEP", 0.01)
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        peer, _ = await enter(front)
        front.memory.deaf = True
        front.memory.queue(welcome["conversation"])
        assert [each["number"] for each in (await peer.until("snapshot"))["queue"]] == [1]


async def test_words_that_nobody_published_are_found(monkeypatch):
    monkeypatch.setattr(desk_gateway, "SWEEP", 0.01)
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "раз")
        front.memory.deaf = True  # another process has heard it
        front.memory.say(conversation, BOT, "два")
        assert (await peer.until("message"))["message"]["text"] == "два"
        front.memory.deaf = False
        front.memory.say(conversation, BOT, "три")
        assert (await peer.until("message"))["message"]["text"] == "три", "and it is shown once"
        front.memory.deaf = True
        front.memory.edit(conversation, 2, text="ДВА")
        assert (await peer.until("message"))["message"]["text"] == "ДВА"


async def test_the_desk_waits_for_a_database_that_is_down(monkeypatch):
    monkeypatch.setattr(desk_gateway, "SETTLE", 0)
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        peer, _ = await enter(front)
        front.memory.down = True
        front.memory.queue(welcome["conversation"])
        await peer.send(type="accept", id="1", ticket=1)
        assert (await peer.until("closed"))["closed"] == 1013
        front.memory.down = False
        back = await front.connect("/ws/desk")
        assert [each["number"] for each in (await back.until("snapshot"))["queue"]] == [1]


async def test_a_row_that_nobody_understands_does_not_end_the_desk(monkeypatch):
    monkeypatch.setattr(desk_gateway, "SETTLE", 0)
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        peer, _ = await enter(front)
        read, looked = front.memory.open_tickets, asyncio.Event()

        async def broken():
            looked.set()
            raise ValueError

        front.memory.open_tickets = broken
        front.memory.queue(welcome["conversation"])
        await looked.wait()
        front.memory.open_tickets = read
        front.memory.queue(welcome["conversation"])
        assert [each["number"] for each in (await peer.until("snapshot"))["queue"]] == [1]


async def test_the_queue_says_what_each_was_told_of_the_wait():
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        front.memory.show(welcome["conversation"], "queued", position=1, wait=(60, 180))
        chat = front.memory.queue(welcome["conversation"])
        front.memory.tickets.append(replace(chat, number=2, kind=Kind.MESSAGE))
        _, snapshot = await enter(front)
        assert [(each["number"], each["wait_s"]) for each in snapshot["queue"]] == [(1, [60, 180]), (2, None)]


async def test_an_opened_talk_is_whole():
    async with serving() as front:
        visitor, welcome = await front.talker("раз", "два")
        front.memory.queue(welcome["conversation"], brief=Brief(form={"order": "12-345"}))
        front.memory.notes_kept[welcome["conversation"]] = [(NOW, "olga", "важный клиент")]
        peer, _ = await enter(front)
        await peer.send(type="open", id="1", conversation=welcome["conversation"])
        shown = await peer.until("talk")
        assert [message["text"] for message in shown["messages"]] == ["раз", "два"]
        assert shown["card"]["person"]["zone"] == "Europe/Riga"
        assert shown["card"]["ticket"]["number"] == 1
        assert shown["card"]["form"] == [{"field": "order", "answer": "12-345"}]
        assert [(note["operator"], note["text"]) for note in shown["card"]["notes"]] == [("Ольга", "важный клиент")]
        assert await peer.until("ok") == {"type": "ok", "id": "1"}
        await visitor.send(type="message", id="3", text="три")
        said = await peer.until("message")
        assert (said["conversation"], said["message"]["text"]) == (welcome["conversation"], "три")


async def test_a_talk_that_is_not_there_cannot_be_opened():
    async with serving() as front:
        peer, _ = await enter(front)
        await peer.send(type="open", id="1", conversation="nowhere")
        error = await peer.until("error")
        assert (error["code"], error["id"]) == ("not_found", "1")


async def test_what_is_said_elsewhere_is_not_shown():
    async with serving() as front:
        _, _, peer = await desk_with_talk(front, "a")
        other, _ = await front.talker("b")
        await other.send(type="typing")
        await other.silence()
        await peer.send(type="open", id="last", conversation="nowhere")
        while (frame := await peer.get())["type"] != "error":
            assert frame["type"] not in {"message", "typing"}


@pytest.mark.parametrize(
    ("frame", "act"),
    [
        ({"type": "accept", "ticket": 7}, operator_acts.Accept("anna", 7)),
        ({"type": "decline", "ticket": 7}, operator_acts.Decline("anna", 7)),
        ({"type": "take", "ticket": 7}, operator_acts.Take("anna", 7)),
        ({"type": "close", "ticket": 7}, operator_acts.Close("anna", 7)),
        (
            {"type": "close", "ticket": 7, "reason": "no_answer", "result": "busy"},
            operator_acts.Close("anna", 7, Reason.NO_ANSWER, Result.BUSY),
        ),
        ({"type": "hold", "ticket": 7, "on": False}, operator_acts.Hold("anna", 7, on=False)),
        ({"type": "transfer", "ticket": 7, "skill": "workshop"}, operator_acts.Transfer("anna", 7, "workshop")),
        (
            {"type": "transfer", "ticket": 7, "to": "olga", "note": " скрипит\n"},
            operator_acts.Transfer("anna", 7, to="olga", note="скрипит"),
        ),
        ({"type": "assign", "ticket": 7, "to": "olga"}, operator_acts.Assign("anna", 7, "olga")),
        ({"type": "bar", "conversation": "c", "on": True}, operator_acts.Bar("anna", "c")),
        ({"type": "declare", "presence": "online"}, operator_acts.Declare("anna", Presence.ONLINE)),
        (
            {"type": "declare", "presence": "paused", "minutes": 15},
            operator_acts.Declare("anna", Presence.PAUSED, NOW + timedelta(minutes=15)),
        ),
        ({"type": "note", "conversation": "c", "text": "важно"}, operator_acts.Note("anna", "c", "важно")),
    ],
)
async def test_what_the_operator_does_is_done_in_their_name(frame, act):
    async with serving() as front:
        peer, _ = await enter(front)
        await peer.send(id="1", **frame)
        assert await peer.until("ok") == {"type": "ok", "id": "1"}
        assert front.memory.acts == [act]


async def test_what_the_operator_says_reaches_the_visitor():
    async with serving() as front:
        visitor, conversation, peer = await desk_with_talk(front, "a", state=Active("anna"))
        await peer.send(type="say", id="words", conversation=conversation, text="Здравствуйте!")
        await peer.until("ok")
        shown = await visitor.until("message")
        assert (shown["author"]["name"], shown["text"], shown["id"]) == ("Анна", "Здравствуйте!", None)


TERMS = Article("terms", "ru", "Доставка", "## Сроки\n\nКурьер приедет **завтра**. Посылка придёт позже.")
INNER = Article("late", "ru", "Если посылка опаздывает", "Звоните перевозчику.", audience="operators")
ABROAD = Answer("abroad", "en", "Delivery abroad", "Yes, to **Estonia**.")


async def look_up(peer, text):
    await peer.send(type="find", id="f", text=text)
    return (await peer.until("found"))["hits"]


async def test_articles_and_answers_can_be_looked_up_and_sent():
    async with serving() as front:
        articles = Catalogue({(each.id, each.locale): each for each in (TERMS, INNER)})
        front.memory.library = Library(articles, "ru", words, [ABROAD])
        peer, _ = await enter(front)
        assert await look_up(peer, "курьер") == [
            {
                "kind": "article",
                "title": "Доставка",
                "locale": "ru",
                "snippet": "Курьер приедет завтра.",
                "text": "Сроки\n\nКурьер приедет завтра. Посылка придёт позже.",
                "html": "<h2>Сроки</h2>\n<p>Курьер приедет <strong>завтра</strong>. Посылка придёт позже.</p>",
                "internal": False,
            }
        ]
        assert [(each["title"], each["internal"]) for each in await look_up(peer, "посылка")] == [
            ("Если посылка опаздывает", True),
            ("Доставка", False),
        ]
        assert await look_up(peer, "жираф") == []


async def test_what_is_looked_up_is_in_the_customers_language_else_in_the_operators():
    async with serving() as front:
        english = replace(TERMS, locale="en", title="Delivery", body="A courier comes.")
        front.memory.library = Library(
            Catalogue({("terms", "ru"): TERMS, ("terms", "en"): english}), "ru", words, [ABROAD]
        )
        _, conversation, peer = await desk_with_talk(front, "a")
        front.memory.change(conversation, locale="en")
        await peer.send(type="open", id="again", conversation=conversation)
        await peer.until("ok")
        assert [(each["kind"], each["text"]) for each in await look_up(peer, "estonia")] == [
            ("answer", "Yes, to Estonia.")
        ]
        assert [each["locale"] for each in await look_up(peer, "курьер")] == ["ru"]


async def test_nobody_looks_up_a_whole_letter():
    async with serving() as front:
        peer, _ = await enter(front)
        await peer.send(type="find", id="f", text="а" * 401)
        assert (await peer.until("error"))["code"] == "bad_frame"


async def test_a_note_appears_on_the_card():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        await peer.send(type="note", id="1", conversation=conversation, text="важно")
        while not (card := await peer.until("card"))["notes"]:
            pass
        assert card["notes"][0]["text"] == "важно"


async def test_reading_is_told_for_the_open_talk():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        await peer.send(type="read", seq=1)
        await peer.send(type="open", id="2", conversation=conversation)
        await peer.until("ok")
        assert operator_acts.SeenByOperator("anna", conversation, 1) in front.memory.acts


async def test_typing_goes_both_ways_but_only_from_who_holds_the_ticket():
    async with serving() as front:
        visitor, conversation, peer = await desk_with_talk(front, "a", state=Active("olga"))
        await peer.send(type="typing")
        await peer.send(type="open", id="2", conversation=conversation)
        await peer.until("ok")
        assert await visitor.silence() == []
        front.memory.queue(conversation, state=Active("anna"))
        await peer.until("snapshot")
        await peer.send(type="typing")
        assert await visitor.get() == {"type": "typing", "author": {"kind": "operator", "name": "Anna"}}
        await visitor.send(type="typing")
        heard = await peer.until("typing")
        assert (heard["conversation"], heard["author"]["kind"]) == (conversation, "customer")


async def test_a_refusal_is_told_to_who_acted():
    async with serving() as front:
        peer, _ = await enter(front)

        async def refuse(act):
            return acts.Refused("unauthorized", "Ticket 7 is with Olga.")

        front.memory.do = refuse
        await peer.send(type="accept", id="1", ticket=7)
        error = await peer.until("error")
        assert (error["code"], error["message"], error["id"]) == ("unauthorized", "Ticket 7 is with Olga.", "1")
        await peer.send(type="accept", id="2", ticket=7)
        assert (await peer.until("error"))["id"] == "2", "the desk stays open"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("?", "bad_frame"),
        ('{"type":"accept","id":"1"}', "bad_frame"),
        ('{"type":"close","id":"1","ticket":1,"reason":"nonsense"}', "bad_frame"),
        ('{"type":"say","id":"1","conversation":"c","text":" "}', "bad_frame"),
        ('{"type":"say","id":"1","conversation":"c","text":"' + "x" * 4001 + '"}', "too_long"),
    ],
)
async def test_a_bad_frame_at_the_desk_is_named(raw, code):
    async with serving() as front:
        peer, _ = await enter(front)
        await peer.raw(raw)
        assert (await peer.until("error"))["code"] == code
        assert front.memory.acts == []


async def test_many_changes_are_one_look():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        looks = 0
        read = front.memory.open_tickets

        async def counted():
            nonlocal looks
            looks += 1
            return await read()

        front.memory.open_tickets = counted
        for _ in range(50):
            front.memory.say(conversation, BOT, "b")
            front.memory.queue(conversation, state=Active("olga"))
        while not (await peer.until("snapshot"))["others"]:
            pass
        await asyncio.sleep(0)
        assert looks <= 2


async def test_an_edit_at_the_open_talk_is_shown():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        front.memory.say(conversation, ANNA, "раз")
        front.memory.edit(conversation, 2, text="два")
        assert (await peer.until("message"))["message"]["text"] == "раз"
        assert (await peer.until("message"))["message"]["edited"] is True


async def test_the_desk_answers_only_from_our_own_origin_not_the_hosts():
    async with serving() as front:
        await enter(front)
        assert (await front.connect("/ws/desk", origin=ORIGIN)) is not None


@pytest.mark.parametrize(
    ("browser", "language"),
    [("en-GB,en;q=0.9,ru;q=0.8", "en"), ("lv", "ru"), ("ru-RU,ru;q=0.9,en-US;q=0.8", "ru"), ("", "ru")],
)
async def test_the_desk_speaks_the_language_of_the_browser_if_the_operator_does(browser, language):
    async with serving() as front:
        front.http.headers["Accept-Language"] = browser
        _, snapshot = await enter(front)
        assert snapshot["me"]["locale"] == language
        assert snapshot["me"]["name"] == front.memory.desk.operators["anna"].name[language]


async def test_a_supervisor_sees_why_a_save_is_not_served(sample):
    async with serving() as front:
        memory = front.memory
        memory.phrases = sample.phrases
        lead = replace(memory.desk.operators["olga"], role="supervisor")
        memory.desk = replace(memory.desk, operators={**memory.desk.operators, "olga": lead})
        anna, first = await enter(front)
        assert first["notice"] is None
        olga, _ = await enter(front, "olga")
        memory.faults = ("intents/shop.yaml:3: it is wrong",)
        memory.publish(Published(content=True))
        notice = (await olga.until("snapshot"))["notice"]
        assert notice.splitlines()[1:] == ["intents/shop.yaml:3: it is wrong"]
        memory.faults = ()
        memory.publish(Published(content=True))
        assert (await olga.until("snapshot"))["notice"] is None
        memory.declare("anna")
        memory.publish(Published(desk=True))
        assert (await anna.until("snapshot"))["notice"] is None
