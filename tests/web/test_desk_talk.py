"""A talk that is open at the desk: what is shown of it, done in it, said, noted and looked up for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog import operator_acts
from bot.web import desk_gateway
from bot.workspace.knowledge import words
from handoff.operators import Presence
from handoff.ticket import Active, Brief, Reason, Result
from kb.article import Answer, Article
from kb.catalogue import Catalogue
from kb.library import Library
from tests.web.at_desk import desk_with_talk, enter
from tests.web.memory import ANNA, BOT, NOW
from tests.web.stage import serving


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
        assert await peer.until("ok") == {"type": "ok", "id": "1", "text": ""}
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
        ({"type": "merge", "ticket": 7, "into": 9}, operator_acts.Merge("anna", 7, 9)),
        (
            {"type": "promise", "ticket": 7, "words": " завтра в 10 "},
            operator_acts.Promise("anna", 7, words="завтра в 10"),
        ),
        ({"type": "promise", "ticket": 7}, operator_acts.Promise("anna", 7)),
        ({"type": "capacity", "capacity": 2}, operator_acts.SetCapacity("anna", 2)),
        ({"type": "capacity"}, operator_acts.SetCapacity("anna", None)),
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
        assert await peer.until("ok") == {"type": "ok", "id": "1", "text": ""}
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
        front.memory.queue(conversation, 2)  # something else that waits takes nothing from who talks
        await peer.until("snapshot")
        await peer.send(type="typing")
        assert await visitor.get() == {"type": "typing", "author": {"kind": "operator", "name": "Anna"}}
        await visitor.send(type="typing")
        heard = await peer.until("typing")
        assert (heard["conversation"], heard["author"]["kind"]) == (conversation, "customer")


async def test_an_edit_at_the_open_talk_is_shown():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        front.memory.say(conversation, ANNA, "раз")
        front.memory.edit(conversation, 2, text="два")
        assert (await peer.until("message"))["message"]["text"] == "раз"
        assert (await peer.until("message"))["message"]["edited"] is True
