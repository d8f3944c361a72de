"""Files between a channel that keeps them itself and those that are kept here."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialog.acts import Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.messages import Attachment
from bot.dialog.operator_acts import Say
from bot.dialog.orders import ShowMessage
from bot.dialog.records import Changes, Published
from bot.telegram.fetching import fetcher
from tests.bot_api.refusals import bad, too_many
from tests.telegram.stage import GROUP, Stage, stage

PNG = b"\x89PNG\r\n\x1a\n picture"
PDF = b"%PDF-1.7 paper"
VISITOR = Sender("widget", "v1", "Guest", language="ru", conversation="w1")


async def kept(s: Stage, conversation: str, name: str, content: bytes) -> Attachment:
    async def parts() -> AsyncIterator[bytes]:
        yield content

    upload = await s.files.take(conversation, name, parts())
    file = s.files.claim(conversation, upload.id)
    assert file is not None
    return file


async def called(s: Stage) -> None:
    """A site visitor talks with Anna."""
    anna = s.operator("anna")
    await s.online("anna")
    await s.service.do(Wrote(VISITOR, "k1", "позовите оператора", s.clock()))
    await s.until(lambda: anna.finds("accept:", to=s.group))
    await anna.presses("accept:", to=s.group).answered()


async def test_a_visitors_files_are_posted_in_the_topic_after_the_words(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await called(s)
        files = (await kept(s, "w1", "кот.png", PNG), await kept(s, "w1", "чек.pdf", PDF))
        await s.service.do(Wrote(VISITOR, "k2", "<b>вот</b>", s.clock(), attachments=files))
        await s.until(lambda: "document" in s.group.shows(s.last)[-1])
        words, picture, paper = s.group.shows(s.last)[-3:]
        assert words["text"] == "<b>вот</b>"
        assert "photo" in picture
        assert paper["document"]["file_name"] == "чек.pdf"


async def test_a_picture_that_telegram_does_not_like_is_posted_as_a_document(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await called(s)
        s.api.refuse("sendPhoto", bad("PHOTO_INVALID_DIMENSIONS"), chat=s.group.id)
        photo = await kept(s, "w1", "long.png", PNG)
        await s.service.do(Wrote(VISITOR, "k2", "", s.clock(), attachments=(photo,)))
        await s.until(lambda: "document" in s.group.shows(s.last)[-1])


async def test_a_file_that_is_gone_is_named(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await called(s)
        lost = Attachment("document", "file:0", "чек.pdf")
        await s.service.do(Wrote(VISITOR, "k2", "вот", s.clock(), attachments=(lost,)))
        await s.until(lambda: s.group.reads(s.last)[-1] == "вот\n[чек.pdf]")


async def test_an_operators_file_from_the_desk_reaches_the_chat_and_the_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        files = (await kept(s, "conversation-1", "чек.pdf", PDF),)
        await s.service.do(Say("anna", "conversation-1", "desk-1", "Ваш чек", attachments=files))
        await s.until(lambda: "document" in boris.sees()[-1])
        assert boris.sees()[-2]["text"] == "Ваш чек"
        await s.until(lambda: "document" in s.group.shows(topic)[-1])
        assert s.group.shows(topic)[-2]["text"] == "Анна: Ваш чек"


@pytest.mark.parametrize("late", ["the chat", "the topic"])
async def test_a_file_from_the_desk_is_whole_wherever_it_comes_last(sample: Content, tmp_path: Path, late: str) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.api.refuse("sendMessage", too_many(30), chat=boris.id if late == "the chat" else GROUP)
        files = (await kept(s, "conversation-1", "чек.pdf", PDF),)
        await s.service.do(Say("anna", "conversation-1", "desk-1", "Ваш чек", attachments=files))
        await s.until(lambda: any("document" in each for each in [*boris.sees(), *s.group.shows(topic)]))
        await s.settled()
        s.clock.ahead += timedelta(seconds=30)
        s.room.publish(Published(orders=True))
        await s.until(lambda: "document" in boris.sees()[-1] and "document" in s.group.shows(topic)[-1])
        assert boris.sees()[-2]["text"] == "Ваш чек"
        assert s.group.shows(topic)[-2]["text"] == "Анна: Ваш чек"


async def test_what_an_operator_sends_in_telegram_can_be_had_by_a_visitor(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await called(s)
        s.operator("anna").sends("document", to=s.group, topic=s.last, caption="Ваш чек")
        await s.handled()
        async with s.storage.work.read() as look:
            said = (await look.messages("w1"))[-1]
        assert said.text == "Ваш чек"
        fetch = fetcher(s.api.token, s.api.url)
        got = await fetch(said.attachments[0].ref)
        assert got is not None
        assert len(got) == said.attachments[0].size
        assert await fetch("unknown") is None


async def test_an_album_that_stands_at_the_customers_is_not_copied_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        await s.online("anna")
        topic = await s.talk(boris, anna)
        before = len(boris.sees())
        anna.sends_album("photo", "photo", to=s.group, topic=topic)
        await s.until(lambda: len(boris.sees()) == before + 2)
        await s.settled()
        async with s.storage.work.read() as tx:
            said = (await tx.messages("conversation-1"))[-1]
        async with s.storage.work.begin() as tx:  # as a kill between the copy and its record leaves it
            await tx.save(Changes(orders=[(f"telegram:{boris.id}", ShowMessage(said.conversation, said.seq))]))
        s.room.publish(Published(orders=True))
        await s.settled()
        assert len(boris.sees()) == before + 2
