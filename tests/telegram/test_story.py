"""The story, from question to close, through the real service, the real store and the real client library."""

from pathlib import Path

from bot.dialog.content import Content
from tests.telegram.stage import stage


async def test_a_question_is_answered_handed_over_talked_and_closed(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        await s.online("anna")
        boris.says("сколько стоит доставка")
        await s.until(boris.sees)
        assert s.group.topics == []  # nobody is bothered before a person is needed

        boris.says("позовите оператора")
        await s.until(lambda: s.group.topics and len(s.group.shows(s.last)) == 2)
        card, _ = s.group.reads(s.last)
        assert "Boris" in card
        assert "сколько стоит доставка" in card
        assert any(entity["type"] == "text_mention" for entity in s.group.shows(s.last)[1]["entities"])
        assert s.group.topics[0].name.endswith("#1 · Доставка")

        assert (await anna.presses("Принять", to=s.group).answered())["text"] == "Теперь ваш."
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
        assert "принято" in s.group.reads(s.last)[1]
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
