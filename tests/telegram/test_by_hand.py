"""Topics that people close, reopen or delete in Telegram itself."""

from pathlib import Path

from bot.dialog.content import Content
from handoff.ticket import Closed, Reason
from tests.telegram.stage import Stage, stage
from tests.telegram.test_commands import answer
from tests.telegram.test_console import talking
from tests.telegram.test_passing_on import ticket


async def calm(s: Stage) -> None:
    """Everything is handled and sent, and what that caused too."""
    for _ in range(2):
        await s.handled()
        await s.settled()


async def test_who_has_the_ticket_closes_it_with_its_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        s.group.close_topic(topic, by=s.operator("anna"))
        await s.until(lambda: boris.finds("rate:"))
        assert (await ticket(s)).state == Closed(Reason.RESOLVED)
        await calm(s)
        assert s.group.topics[0].closed
        assert s.group.topics[0].name.startswith("⚪")
        assert s.api.called("reopenForumTopic") == []


async def test_anybody_else_closes_nothing_and_is_told_why(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        for somebody in (s.operator("olga"), s.api.person("Stranger")):
            said = len(s.group.reads(topic))
            s.group.close_topic(topic, by=somebody)
            await s.until(lambda said=said: len(s.group.reads(topic)) > said)
            assert "обращение №1 не закрыто" in s.group.reads(topic)[-1]
            await calm(s)
            assert not s.group.topics[0].closed
        assert (await ticket(s)).engaged
        assert len(s.api.called("reopenForumTopic")) == 2


async def test_a_topic_whose_customer_waits_is_not_closed(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await s.wait_in_queue(s.api.person("Boris", language="ru"))
        s.group.close_topic(topic, by=s.operator("anna"))
        await s.until(lambda: "не закрыто" in s.group.reads(topic)[-1])
        assert not s.group.topics[0].closed


async def test_reopening_the_topic_of_a_talk_that_is_over_changes_nothing(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        await s.operator("anna").presses("close:1", to=s.group).answered()
        await s.until(lambda: s.group.topics[0].closed)
        await calm(s)
        seen = len(boris.sees())
        s.group.close_topic(topic, by=s.operator("anna"), closed=False)
        await s.until(lambda: "Разговор закончен" in s.group.reads(topic)[-1])
        s.operator("anna").writes_in(topic, "ещё кое-что", s.group)
        await calm(s)
        assert len(boris.sees()) == seen
        s.group.close_topic(topic, by=s.operator("olga"))
        await calm(s)
        assert s.group.topics[0].closed, "nobody minds"


async def test_the_topic_of_an_open_ticket_can_be_reopened_without_a_word(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        said = len(s.group.reads(topic))
        s.group.chat.topics[topic].closed = True
        s.group.close_topic(topic, by=s.operator("olga"), closed=False)
        await calm(s)
        assert len(s.group.reads(topic)) == said
        boris.says("Алло?")
        await s.until(lambda: s.group.reads(topic)[-1] == "Алло?")


async def test_a_topic_deleted_by_hand_is_remade_with_its_card_and_the_last_words(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        boris.says("Где мой заказ?")
        await s.until(lambda: s.group.reads(topic)[-1] == "Где мой заказ?")
        s.group.delete_topic(topic)
        boris.says("Алло?")
        await s.until(lambda: s.last != topic and s.group.reads(s.last)[-1:] == ["Алло?"])
        assert "Где мой заказ?" in s.group.reads(s.last)[0]
        assert s.group.topics[-1].name.startswith("🟢 Boris #1")
        await answer(s, "anna", "/who", s.last)
