"""Trouble at Telegram: what was deleted by hand, who shut the bot out. Nothing is lost, and nobody else waits."""

from pathlib import Path

import pytest

from bot.dialog.content import Content
from bot.dialog.operator_acts import Say
from bot.dialog.orders import RefreshTopic
from bot.dialog.records import Changes, Published
from bot.telegram import gateway
from tests.bot_api.refusals import RefusalError
from tests.telegram.stage import GROUP, stage


async def test_a_talk_is_closed_by_its_button_even_if_its_topic_is_gone(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        data, message = anna.finds("close:", to=s.group) or ("", {})
        s.group.delete_topic(topic)
        assert not (await anna.presses_data(data, message).answered())["show_alert"]
        await s.until(lambda: boris.finds("rate:"))
        await s.settled()
        assert s.group.topics == []
        assert s.room.fault() is None
        titles = len(s.api.called("editForumTopic"))
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", RefreshTopic(1))]))
        s.room.publish(Published(orders=True))
        await s.settled()
        assert len(s.api.called("editForumTopic")) == titles, "what is known to be gone costs no turn"


async def test_who_comes_back_after_the_topic_was_deleted_gets_a_new_one(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        s.group.delete_topic(topic)
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept:2", to=s.group))
        assert s.last != topic
        assert "#2" in s.group.reads(s.last)[0]
        assert "Boris: позовите оператора" in s.group.reads(s.last)[0]


async def test_what_is_ordered_goes_at_once_and_again_when_its_wait_is_over(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "SWEEP", 1000)  # nothing goes because it was looked for by chance
    async with stage(sample, tmp_path) as s:
        boris, _anna, _topic = await s.talking()
        s.api.refuse("sendMessage", RefusalError(502, "Bad Gateway"), chat=boris.id)
        await s.service.do(Say("anna", "conversation-1", "desk-1", "Пишу с рабочего места"))
        await s.until(lambda: boris.reads()[-1] == "Пишу с рабочего места")


async def test_an_operator_who_shut_the_bot_out_is_offered_tickets_in_the_group(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        anna.says("/start")
        await s.until(anna.sees)
        anna.blocks()
        await s.online("anna")
        await s.talk(boris, anna)
        assert len(anna.sees()) == 1
        assert " waits " not in caplog.text


async def test_an_offer_whose_post_was_deleted_is_settled_all_the_same(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        await s.online("anna")
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept:", to=s.group))
        data, message = anna.finds("accept:", to=s.group) or ("", {})
        del s.group.chat.messages[message["message_id"]]
        await anna.presses_data(data, message).answered()
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
        boris.says("Ау")
        await s.until(lambda: s.group.reads(s.last)[-1:] == ["Ау"])
        assert "parked" not in caplog.text


async def test_thrown_out_of_the_group_it_waits_for_the_group_and_serves_the_customers(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, vera = (
            s.api.person("Boris", language="ru"),
            s.operator("anna"),
            s.api.person("Vera", language="ru"),
        )
        await s.online("anna")
        topic = await s.talk(boris, anna)
        s.group.chat.open = False
        boris.says("Ау")
        await s.until(s.room.fault)
        vera.says("сколько стоит доставка")
        await s.until(lambda: any("3 €" in text for text in vera.reads()))
        s.group.chat.open = True
        await s.until(lambda: s.group.reads(topic)[-1] == "Ау")
        await s.until(lambda: s.room.fault() is None)
