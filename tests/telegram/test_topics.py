"""One topic for each customer: remade when it is gone, followed when the group moves, and nobody's talk is mixed."""

from dataclasses import replace
from pathlib import Path

from bot.dialog.acts import Done, Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.operator_acts import Close, Declare, Say, Take, Transfer
from bot.dialog.orders import Announce, Introduce
from bot.dialog.records import Changes, Published
from handoff.operators import Presence
from tests.bot_api import BotApi
from tests.telegram.stage import GROUP, Stage, stage

OTHER = -1009876543210


def with_a_group_for_the_workshop(sample: Content) -> Content:
    skills = {**sample.desk.skills, "workshop": replace(sample.desk.skills["workshop"], chat=OTHER)}
    return replace(sample, desk=replace(sample.desk, skills=skills))


async def test_a_deleted_topic_is_remade_with_its_card_and_the_last_messages(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, unfit=1000) as s:  # what has a remedy is no reason to wait
        boris, anna, topic = await s.talking()
        question = boris.says("Когда привезёте?")
        await s.until(lambda: s.group.reads(topic)[-1] == "Когда привезёте?")
        s.group.delete_topic(topic)
        boris.says("Ау", reply_to=question)
        await s.until(lambda: s.last != topic and s.group.reads(s.last)[-1:] == ["Ау"])
        card = s.group.reads(s.last)[0]
        assert "Когда привезёте?" in card
        assert "Ау" not in card
        anna.writes_in(s.last, "Здесь", s.group)
        await s.until(lambda: boris.reads()[-1] == "Здесь")
        assert len(s.group.topics) == 1


async def test_a_closed_topic_is_reopened_and_never_remade(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        s.group.close_topic(topic, by=anna)
        boris.says("Ау")
        await s.until(lambda: s.group.reads(topic)[-1] == "Ау")
        assert not s.group.topics[0].closed
        assert len(s.group.topics) == 1
        assert [call.text for call in s.api.called("sendMessage")].count("Ау") == 1, "reopened first"


async def test_who_comes_back_finds_the_same_topic_with_a_new_card(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.writes_in(topic, "До свидания", s.group)
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept:2", to=s.group))
        assert s.last == topic
        assert not s.group.topics[0].closed
        card = next(text for text in s.group.reads(topic) if "#2" in text)
        assert "#1" in card
        assert "До свидания" not in card
        assert sum("#2 · " in each.text for each in s.api.called("sendMessage")) == 1, "reopened first"


async def test_a_new_topic_has_the_files_of_this_ticket_only(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        boris.sends("photo")
        await s.until(lambda: "photo" in s.group.shows(topic)[-1])
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        s.group.delete_topic(topic)
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept:2", to=s.group))
        await s.settled()
        assert not any("photo" in each for each in s.group.shows(s.last))


async def test_a_talk_passed_on_to_another_group_is_over_in_the_first(sample: Content, tmp_path: Path) -> None:
    async with stage(with_a_group_for_the_workshop(sample), tmp_path) as s:
        workshop = s.api.group("Workshop", OTHER)
        await s.online("anna")
        boris = s.api.person("Boris", language="ru")
        await s.talk(boris, s.operator("anna"))
        await s.online("janis")
        await s.service.do(Transfer("anna", 1, "workshop", note="Скрипит каретка"))
        await s.settled()
        assert s.group.topics[0].closed
        assert "Скрипит каретка" in "".join(map(str, s.group.shows(s.last)))
        there = "".join(map(str, workshop.shows(workshop.topics[0].id)))
        assert not workshop.topics[0].closed
        assert "accept:" in there
        assert there.index("Скрипит каретка") < there.index("позовите оператора")  # the card tells both


async def test_a_talk_that_comes_back_to_a_group_brings_its_files_into_the_topic_made_anew(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(with_a_group_for_the_workshop(sample), tmp_path) as s:
        workshop = s.api.group("Workshop", OTHER)
        boris, _anna, topic = await s.talking()
        for number in range(6):
            boris.sends("photo", caption=f"{number}")
        await s.until(lambda: s.group.reads(topic)[-1] == "5")
        await s.online("janis")
        await s.service.do(Transfer("anna", 1, "workshop"))
        await s.until(lambda: workshop.topics and workshop.reads(workshop.topics[0].id)[-1:] == ["5"])
        pictures = [each["caption"] for each in workshop.shows(workshop.topics[0].id) if "photo" in each]
        assert pictures == ["1", "2", "3", "4", "5"], "the newest, and not too many"
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        s.group.delete_topic(topic)
        await s.service.do(Take("janis", 1))
        await s.service.do(Transfer("janis", 1, "general"))
        await s.until(lambda: s.last != 0 and any("photo" in each for each in s.group.shows(s.last)))


async def test_files_come_along_to_another_group_even_if_the_first_topic_was_deleted(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(with_a_group_for_the_workshop(sample), tmp_path) as s:
        workshop = s.api.group("Workshop", OTHER)
        boris, _anna, topic = await s.talking()
        boris.sends("photo")
        await s.until(lambda: "photo" in s.group.shows(topic)[-1])
        await s.settled()
        s.group.delete_topic(topic)
        await s.online("janis")
        await s.service.do(Transfer("anna", 1, "workshop"))
        await s.until(lambda: workshop.topics and "accept:" in str(workshop.shows(workshop.topics[0].id)))
        await s.settled()
        assert any("photo" in each for each in workshop.shows(workshop.topics[0].id))


async def test_a_card_that_stands_in_its_topic_is_not_posted_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await s.wait_in_queue(s.api.person("Boris", language="ru"))
        await s.settled()
        shown = s.group.reads(topic)
        await introduce_again(s)  # as a kill between the card and the end of its order leaves it
        await s.settled()
        assert s.group.reads(topic) == shown


async def introduce_again(s: Stage) -> None:
    async with s.storage.work.begin() as tx:
        await tx.save(Changes(orders=[(f"telegram:{GROUP}", Introduce(1, 1))]))
    s.room.publish(Published(orders=True))


async def test_the_title_names_the_ticket_that_waits_now(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.service.do(Declare("anna", Presence.OFFLINE))
        boris.says("позовите оператора")
        await s.until(lambda: boris.finds("wait"))
        await boris.presses("wait").answered()
        await s.until(lambda: s.group.topics[0].name.startswith("🟡 Boris #2"))


async def test_two_quick_first_messages_make_one_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.online("anna")
        boris = s.api.person("Boris", language="ru")
        boris.says("позовите оператора")
        boris.says("позовите оператора!")
        await s.handled()
        await s.settled()
        assert len(s.api.called("createForumTopic")) == 1


async def test_a_group_that_moved_is_followed_after_a_restart_too(sample: Content, tmp_path: Path) -> None:
    async with BotApi() as api:
        async with stage(sample, tmp_path, api=api) as s:
            boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
            await s.online("anna")
            topic = await s.talk(boris, anna)
            s.group.migrate()
            boris.says("Ау")
            await s.until(lambda: s.group.reads(topic)[-1] == "Ау")
            anna.writes_in(topic, "Мы переехали", s.group)
            await s.until(lambda: boris.reads()[-1] == "Мы переехали")
            moved = s.group
        async with stage(sample, tmp_path, api=api) as again:
            assert again.group.id == GROUP  # settings still name the old group
            anna.writes_in(topic, "Слышно?", moved)
            await again.until(lambda: boris.reads()[-1] == "Слышно?")
            boris.says("Да")
            await again.until(lambda: moved.reads(topic)[-1] == "Да")
            assert len(moved.topics) == 1


async def test_a_move_that_only_a_refusal_tells_is_followed_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.group.migrate()
        s.api.updates.waiting.clear()
        boris.says("Ау")
        await s.until(lambda: s.group.reads(topic)[-1] == "Ау")


async def test_what_is_ordered_by_the_old_name_while_the_group_moves_arrives_too(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        migrate, late = s.storage.topics.migrate, [(f"telegram:{GROUP}", Announce("conversation-1", "Поздно"))]

        async def meanwhile(old: int, new: int) -> None:
            await migrate(old, new)
            if late:
                async with s.storage.work.begin() as tx:
                    await tx.save(Changes(orders=[late.pop()]))

        s.storage.topics.migrate = meanwhile
        s.group.migrate()
        s.api.updates.waiting.clear()
        boris.says("Ау")
        await s.until(lambda: {"Ау", "Поздно"} <= set(s.group.reads(topic)))


async def test_customers_without_telegram_are_served_from_the_group(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        await s.online("anna")
        visitor = Sender("widget", "v1", "Guest", language="ru", page="https://shop.example/cart", conversation="w1")
        await s.service.do(Wrote(visitor, "k1", "позовите оператора", s.clock()))
        await s.until(lambda: anna.finds("accept:", to=s.group))
        assert "https://shop.example/cart" in s.group.reads(s.last)[0]
        await anna.presses("accept:", to=s.group).answered()
        await s.service.do(Wrote(visitor, "k2", "<b>цена</b> & _срок_", s.clock()))
        await s.until(lambda: s.group.reads(s.last)[-1] == "<b>цена</b> & _срок_")
        anna.writes_in(s.last, "Минуту", s.group)
        await s.handled()
        async with s.storage.work.read() as tx:
            assert (await tx.messages("w1"))[-1].text == "Минуту"


async def test_words_said_at_the_local_desk_are_shown_in_the_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        await s.service.do(Say("anna", "conversation-1", "desk-1", "Пишу с рабочего места"))
        await s.until(lambda: boris.reads()[-1] == "Пишу с рабочего места")
        await s.until(lambda: s.group.reads(topic)[-1] == "Анна: Пишу с рабочего места")


async def test_a_comment_on_a_talk_that_is_over_leaves_its_topic_closed(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        await s.online("anna")
        topic = await s.talk(boris, anna)
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: boris.finds("rate:1:5"))
        await boris.presses("rate:1:5").answered()
        await s.until(lambda: boris.finds("comment:1"))
        await boris.presses("comment:1").answered()
        boris.says("Всё быстро")
        await s.until(lambda: any("Всё быстро" in text for text in s.group.reads(topic)))
        await s.settled()
        assert s.group.topics[0].closed
        assert s.group.topics[0].name.startswith("⚪")


async def test_a_topic_tells_of_the_ticket_that_still_waits_when_another_is_over(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="ru")
        boris.says("перезвоните мне")
        await s.until(lambda: boris.finds("slot:"))
        await boris.presses("slot:").answered()
        await s.until(lambda: boris.finds("phone"))
        await boris.presses("phone").answered()
        boris.shares_contact("37129123456")
        await s.until(lambda: "+371 29 123 456" in boris.reads()[-1])
        boris.says("позовите оператора")
        await s.until(lambda: boris.finds("message"))
        await boris.presses("message").answered()
        boris.says("Заказ пришёл не тот")
        await s.until(lambda: boris.finds("done"))
        await boris.presses("done").answered()
        while not any("#1" in text for text in s.group.reads(s.last)):
            await s.ring()
            await s.settled()
        for act in (Declare("anna", Presence.PAUSED), Take("anna", 2), Close("anna", 2)):
            assert await s.service.do(act) == Done()
        await s.settled()
        assert s.group.topics[0].name.startswith("🟡 Boris #1")
        assert not s.group.topics[0].closed
