"""What operators are told beside what they asked for: hints, ways on, and what becomes of their work."""

import re
from dataclasses import replace
from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.operator_acts import Declare
from bot.dialog.orders import Post
from bot.dialog.records import Changes, Published
from bot.telegram.keyboards import send_button
from handoff.operators import Presence
from handoff.ticket import Kind, Ticket
from tests.telegram.stage import GROUP, stage
from tests.telegram.test_commands import answer
from tests.telegram.test_console import talking
from tests.telegram.test_operators import notes


async def test_who_writes_where_nobody_has_the_ticket_is_told_once_that_it_stays_a_note(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        topic = await s.wait_in_queue(boris)
        await s.settled()
        before = len(boris.sees())
        anna.writes_in(topic, "// посмотрю", s.group)
        anna.writes_in(topic, "Здравствуйте!", s.group)
        anna.writes_in(topic, "Вы здесь?", s.group)
        await s.until(lambda: anna.finds("take:1", to=s.group))
        await s.handled()
        await s.settled()
        [hint] = [each for each in s.group.shows(topic) if "осталось заметкой" in each["text"]]
        assert hint["reply_to_message"]["text"] == "Здравствуйте!"
        assert await notes(s) == [("anna", "посмотрю"), ("anna", "Здравствуйте!"), ("anna", "Вы здесь?")]
        assert len(boris.sees()) == before
        await s.online("olga")
        await s.until(lambda: s.operator("olga").finds("accept:1", to=s.group))
        s.operator("olga").writes_in(topic, "Я возьму", s.group)
        await anna.presses("take:1", to=s.group).answered()
        await s.handled()
        await s.settled()
        assert sum("осталось заметкой" in text for text in s.group.reads(topic)) == 1


async def test_a_colleagues_remark_beside_an_offer_to_another_is_no_reason_for_a_hint(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        await s.online("anna")
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(lambda: s.operator("anna").finds("accept:1", to=s.group))
        s.operator("olga").writes_in(s.last, "Это постоянный клиент", s.group)
        await s.handled()
        await s.settled()
        assert not s.operator("olga").finds("take:1", to=s.group)
        s.operator("anna").writes_in(s.last, "Здравствуйте!", s.group)
        await s.until(lambda: s.operator("anna").finds("take:1", to=s.group))


async def test_what_is_said_in_lines_is_shown_in_lines(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        said = boris.says("Адрес:")
        await s.until(lambda: s.group.reads(topic)[-1] == "Адрес:")
        boris.edits(said, "Адрес:\nРига, Бривибас 1")
        await s.until(lambda: s.group.reads(topic)[-1] == "✏️ Адрес:\nРига, Бривибас 1")
        await s.online("olga")
        s.operator("anna").writes_in(topic, "/transfer @olga знает его\nи заказ", s.group)
        await s.until(lambda: s.group.reads(topic)[-1] == "Анна передаёт №1: Ольга.\nзнает его\nи заказ")


async def test_an_answer_reaches_who_has_just_closed_the_topic_by_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        await s.operator("anna").presses("close:1", to=s.group).answered()
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        s.group.chat.topics[topic].closed = False  # an administrator may write in a closed one
        said = s.operator("anna").writes_in(topic, "/history x", s.group)
        s.group.chat.topics[topic].closed = True
        await s.until(lambda: s.group.shows(topic)[-1]["text"].startswith("Правильно так: /history"))
        assert s.group.shows(topic)[-1]["reply_to_message"]["message_id"] == said["message_id"]
        await s.until(lambda: s.group.topics[0].closed)


async def test_who_goes_with_work_in_hand_learns_what_becomes_of_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await talking(s)
        told = await answer(s, "anna", "/offline")
        assert told == "Вы не в сети. Через 60 с ваши обращения (1) вернутся в очередь. Передумали? /online"
        assert await answer(s, "olga", "/offline") == "Вы не в сети. Хорошего отдыха!"
        paused = await answer(s, "olga", "/pause 15")
        at = r"(\d\d\.\d\d\. )?\d\d:\d\d"  # the day is told when midnight comes before
        assert re.fullmatch(rf"Вы на паузе до {at}\. Вернуться раньше: /online\.", paused)


async def test_a_ticket_is_closed_in_ones_own_words(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        assert "/close [решено" in await answer(s, "anna", "/close потом", topic)
        s.operator("anna").writes_in(topic, "/close Не ответил", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        async with s.storage.work.read() as tx:
            assert [entry.reason for entry in await tx.log(1)][-1] == "no_answer"


async def test_who_takes_by_command_gets_the_buttons_and_elsewhere_the_way_to_the_topic(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await s.wait_in_queue(s.api.person("Boris", language="ru"))
        await s.settled()
        await s.service.do(Declare("anna", Presence.PAUSED))
        assert await answer(s, "anna", "/take 1") == "Обращение ваше."
        rows = s.group.shows()[-1]["reply_markup"]["inline_keyboard"]
        assert [each["callback_data"] for each in rows[0]] == ["close:1", "hold:1", "transfer:1"]
        assert rows[1] == [{"text": "Открыть тему", "url": f"https://t.me/c/1234567890/{topic}"}]


async def test_the_queue_tells_of_the_promised_calls_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        await answer(s, "anna", "/callback завтра в 10", topic)
        told = await answer(s, "olga", "/queue")
        assert re.search(r"\nОбещано звонков: 1, ближайший — \d\d\.\d\d\. 10:00\.$", told)


async def test_in_private_the_way_to_the_topic_stays_beside_the_buttons(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna, boris = s.operator("anna"), s.api.person("Boris", language="ru")
        anna.says("/start")
        await s.until(anna.sees)
        await s.online("anna")
        boris.says("сколько стоит доставка")
        await s.until(lambda: boris.finds("handoff"))
        await boris.presses("handoff").answered()
        await s.until(lambda: anna.finds("accept:"))
        offer = anna.sees()[-1]
        link = [{"text": "Открыть тему", "url": f"https://t.me/c/1234567890/{s.last}"}]
        assert offer["text"] == "Чат №1, Доставка.\nBoris\nсколько стоит доставка"
        assert offer["reply_markup"]["inline_keyboard"][-1] == link
        await anna.presses("accept:").answered()
        await s.until(lambda: anna.finds("close:1"))
        assert anna.sees()[-1]["reply_markup"]["inline_keyboard"][-1] == link
        for press in ("transfer:1", "transfer:1:back", "hold:1", "hold:1:off"):
            await s.settled()
            await anna.presses(press).answered()
        await s.settled()
        assert anna.sees()[-1]["reply_markup"]["inline_keyboard"][-1] == link


async def test_what_is_told_of_a_ticket_elsewhere_opens_its_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        link = f"https://t.me/c/1234567890/{topic}"
        await s.online("olga", "marta")
        await answer(s, "olga", "/who")
        s.operator("olga").writes_in(topic, "/assign @marta", s.group)
        await s.until(lambda: any("Pieteikums Nr. 1 tagad ir jūsu" in text for text in s.group.reads()))
        [told] = [each for each in s.group.shows() if "tagad ir jūsu" in each["text"]]
        assert told["reply_markup"]["inline_keyboard"][0][0]["url"] == link
        marta = s.operator("marta")
        marta.says("/start")
        await s.until(marta.sees)
        marta.writes_in(topic, "/hold", s.group)
        await s.until(lambda: s.group.topics[0].name.startswith("⏸"))
        boris.says("я здесь")
        await s.until(lambda: len(marta.sees()) == 2)
        assert marta.sees()[-1]["reply_markup"]["inline_keyboard"][0][0]["url"] == link


async def test_what_is_too_long_for_a_button_has_none(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        around, anna = s.room._around, sample.desk.operators["anna"]
        ticket = Ticket(1, "c", Kind.CHAT, "general", s.clock())
        fits = f"article:{'a' * 49}"
        assert send_button(around, anna, ticket, "Title", fits) == ("Отправить: Title", f"send:1:{fits}")
        assert send_button(around, anna, ticket, "Title", f"{fits}a") is None
        assert send_button(around, anna, None, "Title", fits) is None


async def test_of_an_answer_that_is_too_long_the_beginning_is_told(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", Post("строка " * 1000))]))
        s.room.publish(Published(orders=True))
        await s.until(s.group.shows)
        assert s.group.reads()[0].startswith("строка строка")


async def test_a_beginning_that_several_canned_replies_share_sends_none(sample: Content, tmp_path: Path) -> None:
    hello = sample.replies["hello"]
    several = {**sample.replies, "help": replace(hello, name="help")}
    async with stage(replace(sample, replies=several), tmp_path) as s:
        boris, topic = await talking(s)
        before = len(boris.sees())
        assert await answer(s, "anna", "/c he", topic) == "Шаблона he нет. Есть: help, hello."
        s.operator("anna").writes_in(topic, "/c hell", s.group)
        await s.until(lambda: len(boris.sees()) > before)
        assert boris.reads()[-1].startswith("Здравствуйте, Boris!")


async def test_the_card_of_a_later_ticket_has_the_words_since_the_earlier_one(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        boris.says("Заказ 4711 не пришёл")
        await s.until(lambda: s.group.reads(topic)[-1] == "Заказ 4711 не пришёл")
        await s.operator("anna").presses("close:1", to=s.group).answered()
        await s.until(lambda: s.group.topics[0].closed)
        boris.says("позовите оператора")
        await s.until(lambda: s.operator("anna").finds("accept:2", to=s.group))
        await s.settled()
        [card] = [text for text in s.group.reads(topic) if text.startswith("Boris\n#2 · ")]
        assert "Раньше: #1 · " in card
        assert "Boris: позовите оператора" in card
        assert "4711" not in card
