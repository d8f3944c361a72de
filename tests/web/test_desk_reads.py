"""What an operator reads beside the queue: canned replies, earlier messages, closed tickets, and the room."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.records import Past, Published
from bot.dialog.replies import Reply
from bot.web import desk_reads, desk_view
from handoff.events import Entry
from handoff.ticket import Active, Brief, Closed, Kind, Offered, Reason, Scheduled, Ticket
from tests.web.at_desk import desk_with_talk, enter
from tests.web.memory import BOT, NOW
from tests.web.stage import serving


async def ask(peer, kind, answer, **fields):
    await peer.send(type=kind, id="r", **fields)
    return await peer.until(answer)


async def test_canned_replies_come_as_their_customer_would_read_them():
    async with serving() as front:
        texts = {"ru": "Здравствуйте, {customer}! Меня зовут {operator}, №{ticket}.", "en": "Hello, {customer}!"}
        front.memory.replies = {"hello": Reply("hello", texts)}
        _, conversation, peer = await desk_with_talk(front, "a")
        front.memory.change(conversation, locale="ru")
        shown = await ask(peer, "canned", "replies")
        assert shown["replies"] == [{"name": "hello", "text": "Здравствуйте! Меня зовут Анна, №1."}]
        front.memory.change(conversation, locale="en", name="Ann")
        shown = await ask(peer, "canned", "replies")
        assert shown["replies"] == [{"name": "hello", "text": "Hello, Ann!"}]


async def test_without_an_open_talk_there_is_nothing_to_read():
    async with serving() as front:
        peer, _ = await enter(front)
        error = await ask(peer, "canned", "error")
        assert (error["code"], error["id"]) == ("not_found", "r")


async def test_what_was_said_before_the_shown_part_comes_by_portions(monkeypatch):
    monkeypatch.setattr(desk_view, "HISTORY", 3)
    monkeypatch.setattr(desk_reads, "HISTORY", 3)
    async with serving() as front:
        _, welcome = await front.talker("1")
        conversation = welcome["conversation"]
        for number in range(2, 9):
            front.memory.say(conversation, BOT, str(number))
        peer, _ = await enter(front)
        await peer.send(type="open", id="1", conversation=conversation)
        shown = await peer.until("talk")
        assert [each["text"] for each in shown["messages"]] == ["6", "7", "8"]
        for before, texts in [(6, ["3", "4", "5"]), (3, ["1", "2"]), (1, []), (0, [])]:
            found = await ask(peer, "earlier", "earlier", before=before)
            assert [each["text"] for each in found["messages"]] == texts


async def test_closed_tickets_come_by_pages(monkeypatch):
    monkeypatch.setattr(desk_reads, "PAGE", 1)
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        call = Ticket(3, conversation, Kind.CALLBACK, "general", NOW, Closed(Reason.NO_ANSWER))
        chat = Ticket(2, conversation, Kind.CHAT, "gone", NOW, Closed(Reason.RESOLVED), brief=Brief(question="Где?"))
        front.memory.past = [Past(call, NOW, "olga", "busy"), Past(chat, NOW, "anna")]
        shown = await ask(peer, "history", "history")
        assert shown["more"]
        assert shown["past"] == [
            {
                "number": 3,
                "closed": "2026-05-04T09:00:00Z",
                "kind": "callback",
                "skill": "Общие вопросы",
                "operator_name": "Ольга",
                "reason": "no_answer",
                "result": "busy",
                "question": "",
            }
        ]
        shown = await ask(peer, "history", "history", page=2)
        assert not shown["more"]
        assert [(each["skill"], each["reason"], each["question"]) for each in shown["past"]] == [
            ("gone", "resolved", "Где?")
        ]


async def test_the_card_tells_how_the_customer_rated():
    async with serving() as front:
        front.memory.logged = [
            Entry(1, NOW, "customer", "Rated", "closed", "closed", "", None, {"rating": "4"}),
        ]
        _, _, peer = await desk_with_talk(front, "a")
        await peer.send(type="open", id="again", conversation=front.memory.tickets[0].conversation)
        assert (await peer.until("talk"))["card"]["rating"] == 4


async def test_a_supervisor_sees_the_room_and_an_operator_does_not():
    async with serving() as front:
        memory = front.memory
        lead = replace(memory.desk.operators["olga"], role="supervisor")
        memory.desk = replace(memory.desk, operators={**memory.desk.operators, "olga": lead})
        asked = {"kind": "chat", "skill": "general"}
        memory.logged = [
            Entry(1, NOW - timedelta(minutes=9), "customer", "Asked", "", "queued", "asked", None, asked),
            Entry(1, NOW - timedelta(minutes=8, seconds=30), "anna", "WasAccepted", "offered", "active"),
            Entry(2, NOW - timedelta(minutes=5), "customer", "Asked", "", "queued", "asked", None, asked),
        ]
        _, welcome = await front.talker("помогите")
        peer, shown = await enter(front, "olga")
        line = {"skill": "general", "title": "General", "level": 0.5, "target": 0.8, "within_s": 60}
        assert shown["room"] == [line | {"waiting": 0, "since": None}]
        memory.queue(welcome["conversation"])
        shown = await peer.until("snapshot")
        assert shown["room"] == [line | {"waiting": 1, "since": "2026-05-04T09:00:00Z"}]
        memory.queue(welcome["conversation"], state=Active("anna"))
        assert (await peer.until("snapshot"))["room"] == [line | {"waiting": 0, "since": None}]


async def test_the_service_level_is_counted_now_and_then(monkeypatch):
    async with serving() as front:
        memory, looks = front.memory, []
        lead = replace(memory.desk.operators["olga"], role="supervisor")
        memory.desk = replace(memory.desk, operators={**memory.desk.operators, "olga": lead}, skills={})
        since = memory.log_since

        async def counted(moment):
            looks.append(moment)
            return await since(moment)

        memory.log_since = counted
        asked = {"kind": "chat", "skill": "gone"}
        memory.logged = [Entry(1, NOW, "customer", "Asked", "", "queued", "asked", None, asked)]
        peer, shown = await enter(front, "olga")
        assert shown["room"] == []
        memory.declare("anna")
        memory.publish(Published(desk=True))
        await peer.until("snapshot")
        assert len(looks) == 1
        memory.now += timedelta(seconds=15)
        memory.declare("anna", "paused")
        memory.publish(Published(desk=True))
        await peer.until("snapshot")
        assert len(looks) == 2


async def test_a_call_that_is_promised_beside_a_talk_does_not_hide_the_talk():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a", state=Active("anna"))
        chat = front.memory.tickets[0]
        call = replace(chat, number=2, kind=Kind.CALLBACK, state=Scheduled(NOW), promised=NOW)
        front.memory.tickets.append(call)
        await peer.send(type="open", id="1", conversation=conversation)
        assert (await peer.until("talk"))["card"]["ticket"]["number"] == 1
        theirs = replace(chat, state=Active("olga"))
        for number, tickets in [(1, [theirs, call]), (2, [theirs, replace(call, state=Offered("anna", NOW))])]:
            front.memory.tickets = tickets
            await peer.send(type="open", id="again", conversation=conversation)
            assert (await peer.until("talk"))["card"]["ticket"]["number"] == number
