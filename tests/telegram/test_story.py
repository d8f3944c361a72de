"""The story, from question to close, through the real service, the real store and the real client library."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.dialog.acts import Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.conversation import Mode
from tests.telegram.stage import stage


async def test_a_question_is_answered_handed_over_talked_and_closed(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        await s.online("anna")
        boris.says("сколько стоит доставка")
        await s.until(boris.sees)
        assert s.group.topics == []  # nobody is bothered before a person is needed

        boris.says("позовите оператора")
        await s.until(lambda: s.group.topics and s.group.shows(s.last))
        await s.settled()
        [card] = s.group.shows(s.last)
        assert card["text"].startswith("Boris\n")
        assert "сколько стоит доставка" in card["text"]
        assert card["text"].endswith("\n\nАнна: чат №1, Доставка."), "the offer, in the same post"
        assert any(entity["type"] == "text_mention" for entity in card["entities"])
        assert s.group.topics[0].name.endswith("#1 · Доставка")

        assert (await anna.presses("Принять", to=s.group).answered())["text"] == "Обращение ваше."
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
        [card] = s.group.reads(s.last)
        assert card.endswith("\n\n№1: принимает Анна.")
        assert "сколько стоит доставка" in card, "it stays"
        await s.until(lambda: any("Анна" in text for text in boris.reads()))

        anna.writes_in(s.last, "Здравствуйте!", s.group)
        await s.until(lambda: boris.reads()[-1] == "Здравствуйте!")
        boris.says("Добрый день")
        await s.until(lambda: s.group.reads(s.last)[-1] == "Добрый день")

        anna.writes_in(s.last, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.until(lambda: boris.finds("rate:1:5"))
        await boris.presses("rate:1:5").answered()
        async with s.storage.work.read() as tx:
            assert [entry.event for entry in await tx.log(1)][-1] == "Rated"


async def test_a_visitor_of_the_site_talks_with_an_operator_in_telegram(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna, visitor, keys = s.operator("anna"), Sender("widget", "v1", conversation="c1", language="ru"), count(1)
        await s.online("anna")

        async def seen() -> list[str]:
            async with s.storage.work.read() as tx:
                return [message.text for message in await tx.messages("c1")]

        async def writes(text: str) -> None:
            await s.service.do(Wrote(visitor, f"k{next(keys)}", text, datetime.now(UTC)))

        await writes("позовите оператора")
        await s.until(lambda: s.group.topics and s.group.shows(s.last))
        await anna.presses("Принять", to=s.group).answered()
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))

        anna.writes_in(s.last, "Здравствуйте!", s.group)
        await s.handled()
        assert (await seen())[-1] == "Здравствуйте!"
        await writes("Где мой велосипед?")
        await s.until(lambda: s.group.reads(s.last)[-1] == "Где мой велосипед?")

        anna.writes_in(s.last, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        async with s.storage.work.read() as tx:
            (conversation,) = await tx.conversations_by_id(["c1"])
            last = (await tx.messages("c1"))[-1]
        assert conversation.shown.mode is Mode.CLOSED
        assert [button.id for button in last.buttons] == [f"rate:1:{n}" for n in range(1, 6)]


async def test_a_callback_is_booked_by_phone_comes_due_is_offered_and_closed_with_a_result(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        boris.says("позовите оператора")
        await s.until(lambda: boris.finds("callback"))
        await boris.presses("callback").answered()
        await s.until(lambda: boris.finds("slot:"))
        await boris.presses("slot:").answered()
        await s.until(lambda: boris.finds("unbook"))
        await boris.presses("phone").answered()
        await s.until(lambda: "По какому номеру" in boris.reads()[-1])
        boris.shares_contact("37129123456")
        await s.until(lambda: "позвоним по номеру" in boris.reads()[-1])
        assert s.group.topics == []  # a promise for later opens no topic now

        await s.online("anna")
        while not s.group.topics:
            await s.ring()
            await s.settled()
        await s.until(lambda: anna.finds("accept", to=s.group))
        await anna.presses("Принять", to=s.group).answered()
        await s.until(lambda: any("сейчас позвонит вам" in text for text in boris.reads()))
        await s.until(lambda: anna.finds("result:1:resolved", to=s.group))
        await anna.presses("result:1:resolved", to=s.group).answered()
        await s.until(lambda: boris.finds("rate:1:5"))
        async with s.storage.work.read() as tx:
            closed = [entry for entry in await tx.log(1) if entry.event == "WasClosed"]
        assert [entry.detail for entry in closed] == [{"result": "resolved"}]
