"""Commands and buttons of operators: what they do, and what wrong use is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialog.content import Content
from bot.dialog.records import Duty
from handoff.operators import Presence
from handoff.ticket import Kind
from tests.bot_api.refusals import RefusalError
from tests.telegram.stage import GROUP, Stage, stage


async def duty(s: Stage, operator: str) -> Duty:
    async with s.storage.work.read() as tx:
        return next(each for each in await tx.duties() if each.operator == operator)


async def answer(s: Stage, who: str, command: str, topic: int | None = None) -> str:
    """What the bot answers to the command in the same place."""
    before = len(s.group.shows(topic))
    s.operator(who).says(command, to=s.group, topic=topic)
    await s.until(lambda: len(s.group.shows(topic)) > before)
    assert s.group.shows(topic)[before]["reply_to_message"]["text"] == command
    return s.group.reads(topic)[before]


async def test_presence_is_declared_in_the_group(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        assert "Вы в сети" in await answer(s, "anna", "/online")
        assert (await duty(s, "anna")).presence is Presence.ONLINE
        assert "паузе" in await answer(s, "anna", "/pause 15")
        paused = await duty(s, "anna")
        assert paused.presence is Presence.PAUSED
        assert paused.until is not None
        assert abs(paused.until - s.clock() - timedelta(minutes=15)) < timedelta(minutes=1)
        await answer(s, "anna", "/pause")
        assert (await duty(s, "anna")).until is None
        await answer(s, "anna", "/offline@frontline_bot")
        assert (await duty(s, "anna")).presence is Presence.OFFLINE


@pytest.mark.parametrize(
    ("command", "form"),
    [
        ("/pause soon", "/pause ["),
        ("/pause 0", "/pause ["),
        ("/pause 99999", "/pause ["),
        ("/take", "/take в теме"),
        ("/take it", "/take в теме"),
        ("/close", "/close ["),
        ("/delete", "/delete в ответ"),
        ("/kb", "/kb слова"),
        ("/hold", "/hold в теме"),
        ("/callback", "/callback ["),
        ("/note", "/note слова"),
        ("/c hello", "/c название"),
        ("/learn", "/learn в ответ"),
        ("/transfer", "/transfer отдел"),
        ("/merge 3", "/merge 12"),
        ("/block", "/block ["),
        ("/assign", "/assign @оператор"),
        ("/history", "/history ["),
    ],
)
async def test_wrong_use_is_told_the_right_form(sample: Content, tmp_path: Path, command: str, form: str) -> None:
    async with stage(sample, tmp_path) as s:
        assert form in await answer(s, "anna", command)


async def test_help_lists_every_command_and_the_menu_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        told = await answer(s, "anna", "/help")
        menu = s.api.commands["all_group_chats:"]
        assert all(f"/{command['command']}" in told for command in menu)
        assert s.api.commands["all_group_chats:en"][0]["description"] == "Take tickets"


async def test_a_stranger_gets_one_clear_line(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        stranger = s.api.person("Stranger", 4242)
        stranger.says("/online", to=s.group)
        await s.until(s.group.shows)
        assert "4242" in s.group.reads()[0]
        assert "desk.yaml" in s.group.reads()[0]
        await s.wait_in_queue(s.api.person("Boris", language="ru"))
        query = stranger.presses_data("take:1", s.group.shows()[0])
        assert (await query.answered())["show_alert"]
        async with s.storage.work.read() as tx:
            assert not any(ticket.engaged for ticket in await tx.open_tickets())


async def test_the_queue_is_shown(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        assert "Очередь пуста" in await answer(s, "anna", "/queue")
        await s.wait_in_queue(s.api.person("Boris", language="ru"))
        await answer(s, "olga", "/pause")
        told = await answer(s, "olga", "/queue")
        assert "№1 · Общие вопросы · ждёт" in told


async def test_answers_and_articles_are_looked_up(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        assert await answer(s, "anna", "/kb жираф") == "Ничего не найдено."
        told = await answer(s, "anna", "/kb доставка в Эстонию")
        assert told.startswith("▸ Доставка за границу\nДа. В Эстонию и Литву посылка стоит 7 €")
        assert "За пределы ЕС пока не доставляем." in told, "a short answer is there as a whole"
        assert await answer(s, "anna", "/kb ljcnfdrf d 'cnjyb.") == told, "the other keyboard layout was on"
        told = await answer(s, "anna", "/kb опоздала посылка")
        assert told.startswith("▸ Посылка опаздывает — что делать (только для операторов)\n")
        assert "1. " not in told.split("\n")[1], "of a long article there is the sentence that fits"


async def test_in_a_topic_answers_are_looked_up_in_the_customers_language(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="en")
        boris.says("talk to a human")
        await s.until(lambda: boris.finds("wait"))
        await boris.presses("wait").answered()
        await s.until(lambda: s.last and s.group.shows(s.last))
        await s.settled()
        topic = s.last
        assert (await answer(s, "anna", "/kb delivery to Estonia", topic)).startswith("▸ Delivery abroad\nYes")
        assert (await answer(s, "anna", "/kb самовывоз", topic)).startswith("▸"), "else in the operator's own"


async def test_a_waiting_ticket_is_taken_in_its_topic_or_by_number(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        for name in ("Boris", "Vera"):
            await s.wait_in_queue(s.api.person(name, language="ru"))
        await s.online("anna", "olga")
        await s.settled()
        await answer(s, "anna", "/take", s.group.topics[0].id)
        await answer(s, "olga", "/take #2")
        await s.until(lambda: all(topic.name.startswith("🟢") for topic in s.group.topics))
        refused = await answer(s, "olga", "/take", s.group.topics[0].id)
        assert "Анна" in refused
        topic = s.group.topics[0].id
        assert "/close [" in await answer(s, "anna", "/close whenever", topic)
        s.operator("anna").writes_in(topic, "/close no_answer", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        async with s.storage.work.read() as tx:
            assert [entry.reason for entry in await tx.log(1)][-1] == "no_answer"


async def test_a_topic_without_a_ticket_says_so(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="ru")
        await s.wait_in_queue(boris)
        await s.until(lambda: boris.finds("leave:"))
        await boris.presses("leave:").answered()
        await s.until(lambda: s.group.topics[0].closed)
        s.group.chat.topics[s.last].closed = False
        assert "нет открытого" in await answer(s, "anna", "/take", s.last)
        assert "нет открытого" in await answer(s, "anna", "/close", s.last)


async def test_an_offer_is_shown_in_private_to_who_has_met_the_bot(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        anna.says("/start")
        await s.until(anna.sees)
        assert (await duty(s, "anna")).private_chat == f"telegram:{anna.id}"
        anna.says("/online")
        await s.until(lambda: len(anna.sees()) == 2)
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(lambda: anna.finds("decline:"))
        await s.until(lambda: anna.finds("decline:", to=s.group))
        assert (await anna.presses("decline:").answered())["text"] == "Отклонено."
        await s.until(lambda: not anna.finds("decline:", to=s.group))
        await s.until(lambda: not anna.finds("decline:"))
        assert s.group.reads(s.last)[0].endswith("\n\n№1: Анна не берёт.")


async def test_an_operator_can_try_the_bot_as_a_customer(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        anna.says("сколько стоит доставка")
        await s.until(lambda: anna.finds("helped:"))
        assert (await anna.presses("helped:").answered())["show_alert"] is False


async def test_of_two_who_accept_one_wins_and_the_other_learns_who(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, olga = s.api.person("Boris", language="ru"), s.operator("anna"), s.operator("olga")
        await s.online("anna")
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept:", to=s.group))
        data, message = anna.finds("accept:", to=s.group) or ("", {})
        assert not (await anna.presses_data(data, message).answered())["show_alert"]
        late = await olga.presses_data(data, message).answered()
        assert late["show_alert"]
        assert "Анна" in late["text"]
        nonsense = await olga.presses_data("result:1:whatever", message).answered()
        assert nonsense["show_alert"]


async def test_a_callback_is_closed_with_its_result(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        boris.says("перезвоните мне")
        await s.until(lambda: boris.finds("slot:"))
        boris.presses("slot:")
        await s.until(lambda: boris.finds("phone"))
        boris.presses("phone")
        await s.until(lambda: any("keyboard" in each.get("_keyboard", {}) for each in boris.sees()))
        boris.shares_contact("+37129123456")
        await s.until(lambda: "remove_keyboard" in str(boris.sees()))
        await s.settled()
        await s.online("anna")
        async with s.storage.work.read() as tx:
            [ticket] = await tx.tickets_of(["conversation-1"])
            assert ticket.kind is Kind.CALLBACK
        while not anna.finds("accept:", to=s.group):
            await s.ring()
            await s.settled()
        card = s.group.reads(s.last)[0]
        assert "\nТелефон: +371 29 123 456\n" in card
        assert card.endswith("\n\nАнна: обратный звонок №1, Общие вопросы. +371 29 123 456")
        await anna.presses("accept:", to=s.group).answered()
        await s.until(lambda: anna.finds("result:1:no_answer", to=s.group))
        assert (await anna.presses("result:1:no_answer", to=s.group).answered())["text"] == "Записано."
        async with s.storage.work.read() as tx:
            [again] = await tx.tickets_of(["conversation-1"])
        assert again.attempts == 1
        assert again.state_name == "scheduled"


async def test_what_failed_is_marked_and_sent_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        s.api.refuse("sendMessage", RefusalError(400, "something about this text"), chat=boris.id)
        said = anna.writes_in(topic, "Здравствуйте", s.group)
        await s.until(lambda: anna.finds("retry:", to=s.group))
        mark = s.group.shows(topic)[-1]
        assert "something about this text" in mark["text"]
        assert mark["reply_to_message"]["message_id"] == said["message_id"]
        data, _ = anna.finds("retry:", to=s.group) or ("", {})
        anna.presses_data(data, mark)
        await s.until(lambda: boris.reads()[-1] == "Здравствуйте")
        await s.until(lambda: not anna.finds("retry:", to=s.group))
        await anna.presses_data(data, mark).answered()
        await s.handled()
        await s.settled()
        assert boris.reads().count("Здравствуйте") == 1
        assert s.group.id == GROUP
