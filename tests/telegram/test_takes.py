"""Broadcast: everybody who may have a ticket is shown it, and the first has it."""

from datetime import timedelta
from pathlib import Path

from bot.dialog.acts import Done
from bot.dialog.content import Content
from bot.dialog.operator_acts import Accept, Close, Decline, SwitchBroadcast, Transfer
from bot.dialog.orders import SettleOffer, ShowOffer, ShowTake
from bot.dialog.records import Changes, Published
from bot.dialog.topics import OfferPost
from tests.telegram.stage import GROUP, Stage, stage


async def shown(s: Stage, *online: str) -> int:
    """Boris calls a person while these are here; returns the topic in which Take stands."""
    await s.service.do(SwitchBroadcast("olga", on=True))
    await s.online(*online)
    s.api.person("Boris", language="ru").says("позовите оператора")
    await s.until(lambda: s.operator("anna").finds("take:1", to=s.group))
    await s.settled()
    return s.last


async def test_all_are_called_in_one_post_and_the_first_has_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await shown(s, "anna", "olga")
        [take] = s.group.shows(topic)
        assert take["text"].endswith(": чат №1, Общие вопросы.")
        called = {each["user"]["id"] for each in take["entities"] if each["type"] == "text_mention"}
        assert called == {1001, 1002}
        assert (await s.operator("olga").presses("take:1", to=s.group).answered())["text"] == "Обращение ваше."
        late = await s.operator("anna").presses_data("take:1", take).answered()
        assert late["show_alert"]
        assert "Ольга" in late["text"]
        await s.until(lambda: s.group.reads(topic)[0].endswith("\n\n№1: принимает Ольга."))
        assert not s.operator("anna").finds("take:1", to=s.group)
        assert s.operator("olga").finds("close:1", to=s.group)


async def test_who_has_met_the_bot_is_shown_it_in_private_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna, olga = s.operator("anna"), s.operator("olga")
        for each in (anna, olga):
            each.says("/start")
            await s.until(each.sees)
        await shown(s, "anna", "olga")
        await s.until(lambda: anna.finds("take:1") and olga.finds("take:1"))
        assert "№1" in anna.reads()[-1]
        assert (await anna.presses("take:1").answered())["text"] == "Обращение ваше."
        await s.until(lambda: anna.finds("close:1"))
        assert anna.sees()[-1]["reply_markup"]["inline_keyboard"][-1][0]["url"].startswith("https://t.me/c/")
        await s.until(lambda: not olga.finds("take:1"))
        assert not olga.finds("close:1"), "it is not hers"
        assert "Анна" in olga.reads()[-1]


async def test_who_comes_later_is_called_and_nobody_twice(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await shown(s, "anna")
        await s.online("olga")
        await s.until(lambda: len(s.group.shows(topic)) == 2)
        first, second = s.group.reads(topic)
        assert first.endswith("\n\nАнна: чат №1, Общие вопросы.")
        assert second == "Ольга: чат №1, Общие вопросы."
        await s.operator("olga").presses("take:1", to=s.group).answered()
        await s.until(lambda: all(text.endswith("№1: принимает Ольга.") for text in s.group.reads(topic)))


async def test_when_the_customer_leaves_nobody_can_take_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.service.do(SwitchBroadcast("olga", on=True))
        await s.online("anna", "olga")
        boris = s.api.person("Boris", language="ru")
        boris.says("позовите оператора")
        await s.until(lambda: s.operator("anna").finds("take:1", to=s.group))
        await boris.presses("leave:").answered()
        await s.until(lambda: not s.operator("anna").finds("take:1", to=s.group))
        assert s.group.reads(s.last)[0].endswith("закрыто, предложение снято.")


async def test_an_order_that_is_carried_out_twice_or_too_late_shows_nothing_more(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        anna.says("/start")
        await s.until(anna.sees)
        topic = await shown(s, "anna", "olga")
        await s.until(lambda: anna.finds("take:1"))
        await s.settled()
        before = len(s.group.shows(topic)), len(anna.sees())
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", ShowTake(1, ("anna", "olga")))]))
        s.room.publish(Published(orders=True))
        await s.settled()
        assert (len(s.group.shows(topic)), len(anna.sees())) == before
        await s.operator("olga").presses("take:1", to=s.group).answered()
        await s.settled()
        before = len(s.group.shows(topic)), len(anna.sees())
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", ShowTake(1, ("anna", "marta")))]))
        s.room.publish(Published(orders=True))
        await s.settled()
        assert (len(s.group.shows(topic)), len(anna.sees())) == before, "it is taken"


async def test_an_offer_is_shown_once_and_not_when_it_is_over(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        anna.says("/start")
        await s.until(anna.sees)
        await s.online("anna")
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(lambda: anna.finds("accept:1") and anna.finds("accept:1", to=s.group))
        await s.settled()

        async def shown_again(seconds: int, operator: str = "anna") -> tuple[int, int]:
            deadline = (s.clock() + timedelta(seconds=seconds)).isoformat()
            async with s.storage.work.begin() as tx:
                await tx.save(Changes(orders=[(f"telegram:{GROUP}", ShowOffer(1, operator, deadline))]))
            s.room.publish(Published(orders=True))
            await s.settled()
            return len(s.group.shows(s.last)), len(anna.sees())

        before = len(s.group.shows(s.last)), len(anna.sees())
        assert await shown_again(60) == before
        assert await shown_again(60, "olga") == before, "it is Anna's"
        await s.storage.topics.drop_offer_posts(1)
        assert await shown_again(0) == before, "it has lapsed"
        await s.service.do(Accept("anna", 1))
        await s.settled()
        assert await shown_again(60) == before, "it is accepted"


async def test_an_offer_that_another_takes_says_who_and_gives_the_topic_their_buttons(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        anna, olga = s.operator("anna"), s.operator("olga")
        anna.says("/start")
        await s.until(anna.sees)
        await s.online("anna")
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(lambda: anna.finds("accept:1"))
        await s.online("olga")
        olga.writes_in(s.last, "/take", s.group)
        await s.until(lambda: anna.reads()[-1] == "№1: теперь ведёт Ольга.")
        assert not anna.finds("close:1"), "it is not hers"
        [post] = [each for each in s.group.shows(s.last) if each["text"].endswith("\n\n№1: теперь ведёт Ольга.")]
        assert post["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "close:1"


async def test_what_became_of_an_offer_stays_said_whatever_becomes_of_the_next(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _boris, _anna, topic = await s.talking()
        await s.online("olga")
        for act in (Transfer("anna", 1, to="olga"), Accept("olga", 1), Transfer("olga", 1, to="anna")):
            assert isinstance(await s.service.do(act), Done)
            await s.settled()
        await s.service.do(Decline("anna", 1))
        await s.until(lambda: any(text.endswith("№1: Анна не берёт.") for text in s.group.reads(topic)))
        await s.settled()
        assert s.group.reads(topic)[0].endswith("№1: принимает Анна.")


async def test_what_is_settled_late_gives_no_buttons_of_a_ticket_that_is_over(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _boris, anna, _topic = await s.talking()
        found = anna.finds("close:1", to=s.group)
        assert found is not None
        await s.service.do(Close("anna", 1))
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        place = f"telegram:{GROUP}", str(found[1]["message_id"])
        await s.storage.topics.drop_offer_posts(1)
        await s.storage.topics.add_offer_post(OfferPost(1, "anna", "topic", *place))
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(place[0], SettleOffer(1, "anna", "accepted", ""))]))
        s.room.publish(Published(orders=True))
        await s.settled()
        assert not anna.finds("close:1", to=s.group)


async def test_an_operator_reads_in_private_what_became_of_it_in_their_language(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        marta = s.operator("marta")
        marta.says("/start")
        await s.until(marta.sees)
        await s.online("marta")
        s.api.person("Boris", language="en").says("I want to talk to a human")
        await s.until(lambda: marta.finds("accept:1"))
        await marta.presses("accept:1").answered()
        await s.until(lambda: marta.reads()[-1] == "Nr. 1: pieņēma Marta.")
        await s.until(lambda: any(text.endswith("№1: принимает Марта.") for text in s.group.reads(s.last)))
