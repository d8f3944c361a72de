"""What customers say and send, and what becomes of it on the way into the topic: once, whole, and told if it is not."""

from pathlib import Path

from bot.dialog.acts import Wrote
from bot.dialog.content import Content
from bot.dialog.orders import RelayMessage
from bot.dialog.records import Changes
from tests.bot_api.refusals import RefusalError, bad
from tests.telegram.stage import GROUP, stage
from tests.telegram.test_files import PDF, PNG, VISITOR, called, kept


async def test_a_message_that_broke_off_goes_on_with_what_is_not_there(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await called(s)
        files = (await kept(s, "w1", "кот.png", PNG), await kept(s, "w1", "чек.pdf", PDF))
        s.api.refuse("sendDocument", RefusalError(502, "Bad Gateway"))
        before = len(s.group.shows(s.last))
        await s.service.do(Wrote(VISITOR, "k2", "вот", s.clock(), attachments=files))
        await s.until(lambda: "document" in s.group.shows(s.last)[-1])
        await s.settled()
        words, picture, _paper = s.group.shows(s.last)[before:]
        assert words["text"] == "вот"
        assert "photo" in picture


async def test_a_file_that_stands_in_the_topic_is_not_copied_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        boris.sends("photo")
        await s.until(lambda: "photo" in s.group.shows(topic)[-1])
        await s.settled()
        shown = s.group.shows(topic)
        async with s.storage.work.begin() as tx:  # as a kill between the copy and the end of its order leaves it
            [known] = await tx.conversations_by_id(["conversation-1"])
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", RelayMessage(known.id, known.last_seq))]))
        s.room._gateway.wake()
        await s.settled()
        assert s.group.shows(topic) == shown


async def test_a_file_waits_while_the_bot_may_not_post_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.api.refuse("copyMessage", bad("not enough rights to send photos to the chat"), chat=GROUP)
        boris.sends("photo")
        await s.until(lambda: "photo" in s.group.shows(topic)[-1])


async def test_what_is_missing_of_an_album_is_told_in_the_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        parts = boris.sends_album("photo", "photo", "photo")
        boris.chat.messages.pop(parts[1]["message_id"])  # deleted before it was copied
        told = s.content.phrases.say("ru", "tg_not_copied", count=1)
        await s.until(lambda: s.group.reads(topic)[-1] == told)
        assert sum("photo" in each for each in s.group.shows(topic)) == 2


async def test_the_card_of_a_topic_made_anew_does_not_name_the_file_that_follows(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.group.delete_topic(topic)
        boris.sends("photo")
        await s.until(lambda: s.last != topic and any("photo" in each for each in s.group.shows(s.last)))
        assert "[photo]" not in s.group.reads(s.last)[0]


async def test_an_edit_as_long_as_can_be_is_shown_nearly_whole(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        said = boris.says("коротко")
        await s.until(lambda: s.group.reads(topic)[-1] == "коротко")
        boris.edits(said, "д" * 4096)
        await s.until(lambda: s.group.reads(topic)[-1].startswith("✏️ ддд"))
