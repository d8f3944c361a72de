"""The local desk as it stands: who waits, who serves, what changed, in each operator's language."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.conversation import Conversation
from bot.dialog.records import Published
from bot.web import desk_gateway, desk_view
from handoff.ticket import Active, Brief, Kind, Offered, Preferred, Queued, Scheduled
from tests.web.at_desk import desk_with_talk, enter
from tests.web.memory import BOT, DESK, NOW
from tests.web.stage import serving


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
            "wraps_up": None,
        }
        assert [(each["number"], each["question"]) for each in shown["queue"]] == [(1, "Где заказ?")]
        assert [(each["number"], each["state"]) for each in shown["mine"]] == [(3, "offered"), (2, "active")]
        assert [(each["number"], each["operator_name"]) for each in shown["others"]] == [(4, "Ольга")]
        assert shown["mine"][0]["deadline"] == "2026-05-04T09:01:00Z"
        assert [each["presence"] for each in shown["team"]] == ["online", "offline"]
        assert [(each["load"], each["capacity"]) for each in shown["team"]] == [(2, 3), (1, 3)]
        assert shown["room"] is None, "who is no supervisor"


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
        read, looked = front.memory.staff, asyncio.Event()

        async def broken():
            looked.set()
            raise ValueError

        front.memory.staff = broken
        front.memory.queue(welcome["conversation"])
        await looked.wait()
        front.memory.staff = read
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


async def test_of_a_long_line_the_first_are_shown_and_the_rest_are_counted(monkeypatch):
    monkeypatch.setattr(desk_view, "FIRST", 2)
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        for number in range(1, 6):
            front.memory.queue(welcome["conversation"], number, state=Offered("olga", NOW) if number == 5 else Queued())
        _, shown = await enter(front)
        assert ([each["number"] for each in shown["queue"]], shown["more"]) == ([1, 2, 5], 2)


async def test_booked_calls_are_shown_to_who_has_the_skill_and_to_supervisors(monkeypatch):
    monkeypatch.setattr(desk_view, "BOOKED", 1)
    async with serving() as front:
        _, welcome = await front.talker("помогите")
        due = NOW + timedelta(hours=5)
        call = {"kind": Kind.CALLBACK, "state": Scheduled(due), "promised": due, "preferred": Preferred("olga", due)}
        waiting = front.memory.queue(welcome["conversation"])
        front.memory.tickets = [
            replace(waiting, number=2 + n, skill=skill, **call)
            for n, skill in enumerate(["general", "workshop", "general"])
        ]
        seen = {who: (await enter(front, who))[1] for who in ("anna", "olga")}
        boss = replace(DESK.operators["olga"], id="boss", skills={}, role="supervisor")
        front.memory.desk = replace(DESK, operators={"boss": boss})
        seen["boss"] = (await enter(front, "boss"))[1]
        numbers = {who: [each["number"] for each in shown["booked"]] for who, shown in seen.items()}
        assert numbers == {"anna": [2], "olga": [2], "boss": [2, 3]}
        assert [shown["booked_more"] for shown in seen.values()] == [1, 1, 1]
        assert seen["anna"]["booked"][0]["preferred"] == "Ольга"
        assert seen["anna"]["queue"] == []


async def test_many_changes_are_one_look():
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "a")
        looks = 0
        read = front.memory.staff

        async def counted():
            nonlocal looks
            looks += 1
            return await read()

        front.memory.staff = counted
        for _ in range(50):
            front.memory.say(conversation, BOT, "b")
            front.memory.queue(conversation, state=Active("olga"))
        while not (await peer.until("snapshot"))["others"]:
            pass
        await asyncio.sleep(0)
        assert looks <= 2


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
