"""A group whose topics are switched off: no talk is mixed with another, all waits, and somebody is told."""

import logging
from pathlib import Path

import pytest

from bot.dialog.content import Content
from tests.telegram.stage import stage
from tests.telegram.test_topics import introduce_again


async def test_without_topics_talks_are_not_mixed_and_wait(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.group.switch_topics(on=False)  # the room has looked a moment ago and believes in topics
        boris.says("мой пароль 12345")
        with caplog.at_level(logging.WARNING):
            await s.until(lambda: "Topics" in caplog.text)
        assert s.group.reads() == []
        boris.sends("photo")
        await s.handled()
        assert s.group.shows() == []
        assert "topics are switched off" in (s.room.fault() or "")
        s.group.switch_topics(on=True)
        await s.until(lambda: "photo" in s.group.shows(topic)[-1])
        assert s.group.reads(topic)[-2] == "мой пароль 12345"
        assert s.room.fault() is None


async def test_without_topics_no_card_is_shown_to_all_either(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _boris, _anna, topic = await s.talking()
        await s.storage.topics.drop_offer_posts(1)
        s.group.switch_topics(on=False)
        await introduce_again(s)
        await s.until(s.room.fault)
        assert s.group.reads() == []
        s.group.switch_topics(on=True)
        await s.until(lambda: s.group.reads(topic)[-1].startswith("Boris\n#1 · "))


async def test_a_group_that_never_had_topics_is_told_of_with_the_remedy(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        s.group.switch_topics(on=False)
        await s.online("anna")
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(lambda: "Switch Topics on" in (s.room.fault() or ""))


async def test_without_topics_files_are_not_mixed_either(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.group.switch_topics(on=False)
        boris.sends("photo")  # the answer to a copy does not tell where it went
        await s.until(s.room.fault)
        assert s.group.shows() == []
        s.group.switch_topics(on=True)
        await s.until(lambda: "photo" in s.group.shows(topic)[-1])
