"""A notice is one post in General that follows its matter; the menu and every delivery follow the content."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.orders import Notice
from bot.dialog.phrases import Phrases
from bot.dialog.records import Changes, Published
from tests.telegram.stage import GROUP, Stage, stage


async def give(s: Stage, text: str, *, over: bool = False) -> None:
    async with s.storage.work.begin() as tx:
        await tx.save(Changes(orders=[(f"telegram:{GROUP}", Notice("content", text, over))]))
    s.room._gateway.wake()
    await s.settled()


def general(s: Stage) -> list[str]:
    return [str(each["text"]) for each in s.group.shows(None)]


async def test_one_post_follows_the_matter(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await give(s, "all is well", over=True)
        assert general(s) == []
        await give(s, "three faults")
        assert general(s) == ["three faults"]
        await give(s, "two faults")
        edits = len(s.api.called("editMessageText"))
        await give(s, "two faults")  # another process says so too
        assert general(s) == ["two faults"]
        assert len(s.api.called("editMessageText")) == edits, "what stands there costs no turn"
        await give(s, "all is well", over=True)
        assert general(s) == ["all is well"]
        await give(s, "a new fault")  # so soon that it is the same matter
        assert general(s) == ["a new fault"]


async def test_of_two_that_wait_the_later_alone_is_said(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        both = [Notice("content", text) for text in ("three faults", "two faults")]
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", each) for each in both]))
        s.room._gateway.wake()
        await s.settled()
        assert general(s) == ["two faults"]


async def test_a_matter_that_comes_up_again_later_is_posted_anew(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await give(s, "a fault")
        await give(s, "all is well", over=True)
        s.clock.ahead += timedelta(minutes=11)
        await give(s, "all is well", over=True)
        await give(s, "another fault")
        assert general(s) == ["all is well", "another fault"]


async def test_a_matter_that_lasts_is_one_post_however_long(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await give(s, "a fault")
        s.clock.ahead += timedelta(minutes=11)
        await give(s, "two faults")
        assert general(s) == ["two faults"]


async def test_a_post_that_somebody_deleted_is_posted_anew_while_the_matter_lasts(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        await give(s, "a fault")
        del s.group.chat.messages[s.group.shows(None)[0]["message_id"]]
        await give(s, "two faults")
        assert general(s) == ["two faults"]
        del s.group.chat.messages[s.group.shows(None)[0]["message_id"]]
        await give(s, "all is well", over=True)
        assert general(s) == []


async def test_the_menu_follows_the_content(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        count = len(sample.desk.locales)
        await s.until(lambda: len(s.api.commands) == 3 * count)  # everybody's, customers', and the supervisor's
        s.room.publish(Published(content=True))  # nothing that the menu says has changed
        own = {"ru": {**sample.phrases.texts["ru"], "tg_menu_help": "Справка"}}
        s.served.content = replace(s.content, phrases=Phrases({**sample.phrases.texts, **own}))
        s.room.publish(Published(content=True))
        await s.until(lambda: str(s.api.commands).count("Справка") == 2)
        assert len(s.api.called("setMyCommands")) == 3 * count + 2  # the other languages say what they said


async def test_a_delivery_sees_one_version_to_its_end(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        around = s.room._around
        with around.steady():
            s.served.content = replace(s.content, desk=replace(s.content.desk, locales=("lv",)))
            assert around.desk is not s.content.desk
            assert around.say_here("tg_menu_help") == sample.phrases.say("ru", "tg_menu_help")
        assert around.say_here("tg_menu_help") == sample.phrases.say("lv", "tg_menu_help")
