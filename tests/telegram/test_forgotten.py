"""A customer of Telegram who is forgotten: their topic is deleted, or somebody is told to, and they may come again."""

from pathlib import Path

from bot.dialog.acts import Erased, Forget
from bot.dialog.content import Content
from bot.dialog.messages import Ref
from bot.storage.tables import OUTBOX
from tests.bot_api.refusals import RefusalError
from tests.telegram.stage import GROUP, Stage, stage

PARKED = OUTBOX.select().where(OUTBOX.c.status == "parked")


async def forget(s: Stage, customer: int) -> None:
    (person,) = await s.storage.people.named(f"telegram:{customer}")
    assert isinstance(await s.service.do(Forget(person.conversations[0])), Erased)


async def test_the_topic_goes_and_whoever_comes_again_is_somebody_new(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        boris.shares_contact("+37129123456")
        await s.handled()
        await s.settled()
        await forget(s, boris.id)
        await s.until(lambda: s.group.chat.topics[topic].deleted)
        await s.settled()
        assert "Boris" not in "".join(s.group.reads())
        again = await s.talk(boris, anna)
        assert again != topic
        card = next(text for text in s.group.reads(again) if "#2" in text)
        assert "#1" not in card
        assert "29" not in card
        async with s.storage.work.read() as tx:
            assert await tx.find([Ref(f"telegram:{GROUP}", str(topic))]) == {}


async def test_where_the_bot_may_not_delete_it_somebody_is_told_and_nothing_else_waits(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.group.chat.admins[42]["can_delete_messages"] = False
        await forget(s, boris.id)
        link = f"https://t.me/c/{str(GROUP).removeprefix('-100')}/{topic}"
        await s.until(lambda: any(link in text for text in s.group.reads()))
        await s.settled()
        assert s.room.fault() is None
        assert not s.group.chat.topics[topic].deleted
        (parked,) = await parked_orders(s)
        assert parked == ("RemoveTopic", {"thread": topic})
        maria = s.api.person("Maria", language="ru")
        assert await s.talk(maria, s.operator("anna")) != topic


async def test_a_refusal_that_nobody_knows_is_told_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.api.refuse("deleteForumTopic", RefusalError(400, "TOPIC_HAS_ROOTS"))
        await forget(s, boris.id)
        await s.until(lambda: any(f"/{topic}" in text for text in s.group.reads()))


async def test_a_topic_that_was_deleted_by_hand_is_no_failure(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.group.delete_topic(topic)
        said = s.group.reads()
        await forget(s, boris.id)
        await s.settled()
        assert s.group.reads() == said
        assert await parked_orders(s) == []


async def parked_orders(s: Stage) -> list[tuple[str, object]]:
    async with s.storage._engine.reading() as line:
        rows = await line.run(lambda connection: connection.execute(PARKED).all())
    return [(row.kind, row.data) for row in rows]
