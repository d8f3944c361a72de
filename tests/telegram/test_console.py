"""Commands in a topic: holding, booking, notes, canned replies, what was before, and answers to send."""

import re
from datetime import timedelta
from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.records import Changes
from handoff.promises import promised
from tests.bot_api import Person
from tests.telegram.stage import Stage, stage
from tests.telegram.test_commands import answer
from tests.telegram.test_operators import notes


async def talking(s: Stage, language: str = "ru", called: str = "позовите оператора") -> tuple[Person, int]:
    """Anna and Boris talk; returns him and their topic."""
    boris = s.api.person("Boris", language=language)
    await s.online("anna")
    return boris, await s.talk(boris, s.operator("anna"), called)


async def test_a_ticket_is_held_and_gone_on_with_by_command_and_by_button(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        anna, olga = s.operator("anna"), s.operator("olga")
        assert "Отложено" in await answer(s, "anna", "/hold", topic)
        await s.until(lambda: s.group.topics[0].name.startswith("⏸"))
        assert "Анна" in await answer(s, "olga", "/hold", topic)
        assert "продолжается" in await answer(s, "anna", "/hold", topic)
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
        assert (await anna.presses("hold:1", to=s.group).answered())["text"] == "Готово."
        await s.until(lambda: anna.finds("hold:1:off", to=s.group))
        assert (await olga.presses("hold:1:off", to=s.group).answered())["show_alert"]
        assert anna.finds("hold:1:off", to=s.group), "what Olga may not do, Anna still may"
        await anna.presses("hold:1:off", to=s.group).answered()
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
        await s.until(lambda: (anna.finds("hold:1", to=s.group) or ("",))[0] == "hold:1")


async def test_a_note_stays_inside(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        before = len(boris.sees())
        s.operator("anna").writes_in(topic, "/note он уже звонил", s.group)
        s.operator("olga").writes_in(topic, "/note скидка есть", s.group)
        await s.handled()
        assert await notes(s) == [("anna", "он уже звонил"), ("olga", "скидка есть")]
        await s.settled()
        assert len(boris.sees()) == before
        hint = await s.operator("anna").presses_data("note:1", s.group.shows(topic)[0]).answered()
        assert "/note" in hint["text"]


async def test_a_canned_reply_goes_to_the_customer_in_their_language(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s, "en", "talk to a human")
        listed = await answer(s, "anna", "/c", topic)
        assert "/c hello - Hello, {customer}! My name is {operator}." in listed
        assert "Шаблона helo нет. Есть: hello" in await answer(s, "anna", "/c helo", topic)
        said = s.operator("anna").writes_in(topic, "/c HELL and welcome", s.group)
        await s.until(lambda: boris.reads()[-1].startswith("Hello, Boris! My name is Anna."))
        assert boris.reads()[-1].endswith(" and welcome")
        await s.until(lambda: s.group.reads(topic)[-1].startswith("Anna: Hello, Boris!"))
        assert said["text"] not in boris.reads()
        assert "нет открытого" not in s.group.reads(topic)[-1]


async def test_a_canned_reply_is_refused_to_who_does_not_hold_the_ticket(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        before = len(boris.sees())
        assert "Анна" in await answer(s, "olga", "/c hello", topic)
        assert "/c hello" in await answer(s, "olga", "/c"), "they are listed anywhere"
        assert len(boris.sees()) == before


async def test_a_callback_is_booked_on_the_customers_clock(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        assert "Договорено с клиентом" in await answer(s, "anna", "/callback завтра в 10", topic)
        await s.until(lambda: "завтра в 10:00" in boris.reads()[-1])
        assert "/callback [" in await answer(s, "anna", "/callback когда-нибудь", topic)
        assert "10:30" in await answer(s, "anna", "/callback завтра 10:07", topic)
        assert "предложено выбрать" in await answer(s, "anna", "/callback", topic)
        await s.until(lambda: boris.finds("slot:"))


async def test_what_was_found_is_sent_with_one_press(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s, "en", "talk to a human")
        anna, olga = s.operator("anna"), s.operator("olga")
        told = await answer(s, "anna", "/kb delivery to Estonia", topic)
        assert told.startswith("▸ Delivery abroad")
        assert (await olga.presses("send:1:answer:delivery_abroad", to=s.group).answered())["show_alert"]
        assert (await anna.presses("send:1:answer:delivery_abroad", to=s.group).answered())["text"] == "Отправлено."
        await s.until(lambda: "Estonia" in boris.reads()[-1])
        await s.until(lambda: s.group.reads(topic)[-1].startswith("Anna: "))
        await answer(s, "anna", "/kb late parcel", topic)
        assert not anna.finds("send:1:article:operators", to=s.group), "what is for operators has no button"
        forged = await anna.presses_data("send:1:article:operators/late-parcels", s.group.shows(topic)[-1]).answered()
        assert forged["show_alert"]


async def test_where_nobody_has_the_ticket_nothing_can_be_sent(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await s.wait_in_queue(s.api.person("Boris", language="ru"))
        await s.settled()
        assert "нет открытого" in await answer(s, "anna", "/callback 10", topic)
        await answer(s, "anna", "/kb доставка в Эстонию", topic)
        assert not s.operator("anna").finds("send:", to=s.group)
        forged = s.operator("anna").presses_data("send:1:answer:delivery_abroad", s.group.shows(topic)[-1])
        assert "никто не взял" in (await forged.answered())["text"]


async def test_earlier_tickets_are_told_newest_first(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        anna = s.operator("anna")
        assert await answer(s, "anna", "/history", topic) == "Прежних обращений нет."
        await anna.presses("close:1", to=s.group).answered()
        await s.until(lambda: s.group.topics[0].closed)
        s.group.chat.topics[topic].closed = False
        told = await answer(s, "anna", "/history", topic)
        assert told.startswith("#1 · 20")
        assert "Общие вопросы · Анна · решено" in told
        assert await answer(s, "anna", "/history 2", topic) == "Прежних обращений нет."


async def test_who_is_here_and_the_day_in_numbers(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        told = await answer(s, "olga", "/who")
        assert told.startswith("В сети никого нет.\nНе в сети: Анна, Ольга")
        await talking(s)
        await answer(s, "olga", "/pause 15")
        told = (await answer(s, "olga", "/who")).splitlines()
        assert told[0] == "🟢 Анна 1/3"
        assert told[1].startswith("⏸ Ольга 0/4 до ")
        told = await answer(s, "olga", "/stats")
        assert re.match(r"Сегодня: обращений 1, взято 1\.\nПоловина ждала меньше \d+ с\.\n👤 Анна: 1\n", told)
        assert re.search(r"\nпришло █.*\nвзято  .*█\n█ = 1$", told)
        assert [each["type"] for each in s.group.shows()[-1]["entities"]] == ["pre"]


async def test_the_day_tells_how_many_waits_were_as_promised(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.wait_in_queue(s.api.person("Boris", language="ru"))
        assert "обещали" not in await answer(s, "olga", "/stats")
        async with s.storage.work.begin() as tx:
            (ticket,) = await tx.open_tickets()
            told = [promised(ticket, (0, 5), s.clock()), promised(ticket, (2, 5), s.clock())]
            await tx.save(Changes(entries=told))
        await s.online("anna")
        await s.until(lambda: s.operator("anna").finds("accept", to=s.group))
        await s.operator("anna").presses("accept", to=s.group).answered()
        await s.settled()
        assert "\nЖдали столько, сколько мы обещали: 1 из 2.\n" in await answer(s, "olga", "/stats")


async def test_buttons_of_a_matter_that_is_over_say_so_and_go(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        anna = s.operator("anna")
        s.operator("anna").writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        assert anna.finds("close:1", to=s.group)
        assert (await anna.presses("close:1", to=s.group).answered())["show_alert"]
        await s.until(lambda: not anna.finds("close:1", to=s.group))
        assert "принимает" in s.group.reads(topic)[0], "the words stay"


async def test_closing_by_button_takes_the_buttons_away(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await talking(s)
        anna = s.operator("anna")
        await anna.presses("close:1", to=s.group).answered()
        await s.until(lambda: not anna.finds("close:1", to=s.group))


async def test_one_teaches_the_bot_by_a_reply_to_ones_answer(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        anna = s.operator("anna")
        boris.says("Чините самокаты?")
        await s.until(lambda: s.group.reads(topic)[-1] == "Чините самокаты?")
        said = anna.writes_in(topic, "Да, по будням", s.group)
        await s.until(lambda: boris.reads()[-1] == "Да, по будням")
        anna.writes_in(topic, "/learn", s.group, reply_to=said)
        await s.until(lambda: "Записано" in s.group.reads(topic)[-1])
        note = anna.writes_in(topic, "// раз", s.group)
        anna.writes_in(topic, "/learn", s.group, reply_to=note)
        await s.until(lambda: "Такого вашего сообщения нет" in s.group.reads(topic)[-1])
        [lesson] = await s.storage.lessons.since(s.clock() - timedelta(hours=1), 9)
        assert (lesson.question, lesson.answer) == ("Чините самокаты?", "Да, по будням")


async def test_who_has_put_a_talk_on_hold_is_told_in_private_when_it_goes_on(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        anna.says("/start")
        await s.until(anna.sees)
        boris, topic = await talking(s)
        await answer(s, "anna", "/hold", topic)
        before = len(anna.sees())
        boris.says("Нашёл чек")
        await s.until(lambda: len(anna.sees()) > before)
        assert anna.reads()[-1] == "№1: Boris пишет, разговор продолжается."
        boris.says("Вот он")
        await s.until(lambda: s.group.reads(topic)[-1] == "Вот он")
        assert len(anna.sees()) == before + 1, "once, and not for every message"


async def test_who_cannot_be_reached_in_private_is_not_called_in_general(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        await answer(s, "anna", "/hold", topic)
        boris.says("Нашёл чек")
        await s.until(lambda: s.group.reads(topic)[-1] == "Нашёл чек")
        await s.settled()
        assert s.group.reads() == []


async def test_an_offer_that_nobody_recorded_gets_its_buttons_all_the_same(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        await s.online("anna")
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept", to=s.group))
        await s.settled()
        await s.storage.topics.drop_offer_posts(1)  # as a kill between the post and its record leaves it
        await anna.presses("accept", to=s.group).answered()
        await s.until(lambda: anna.finds("close:1", to=s.group))
