"""The card: what an operator should know of a ticket at a glance."""

from pathlib import Path

from bot.dialog.content import Content
from tests.telegram.stage import stage
from tests.telegram.test_console import talking


async def test_it_says_why_it_came_here_and_what_the_bot_took_it_for(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="ru")
        await s.online("anna", "olga", "janis", "marta")
        boris.says("сколько стоит доставка")
        await s.until(lambda: boris.finds("unhelped:"))
        boris.presses("unhelped:")
        await s.until(lambda: s.group.topics and s.group.reads(s.last))
        card = s.group.reads(s.last)[0]
        assert "\nПочему здесь: ответ не помог (Стоимость доставки)\n" in card
        assert "\nВопрос: сколько стоит доставка\n" in card
        assert "Boris: сколько стоит доставка\nБот: " in card, "and what was said, the bot's answer too"


async def test_what_colleagues_noted_stands_on_a_card_that_is_made_anew(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        s.operator("anna").writes_in(topic, "// ждёт <b>фото</b>", s.group)
        await s.handled()
        s.group.delete_topic(topic)
        boris.says("Алло?")
        await s.until(lambda: s.last != topic and s.group.reads(s.last))
        assert "\n📝 Анна: ждёт <b>фото</b>\n" in s.group.reads(s.last)[0]
