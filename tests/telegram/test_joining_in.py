"""A visitor of the site who goes on in Telegram, a place that is kept, and a calendar file, as the bot shows them."""

from datetime import timedelta
from pathlib import Path

from bot.bridge import Bridge
from bot.dialog.acts import Pressed, Sender, Wrote
from bot.dialog.bridge import BOT
from bot.dialog.content import Content
from bot.dialog.operator_acts import Take
from tests.bot_api import Person
from tests.telegram.stage import Stage, stage
from tests.telegram.test_board import board

VISITOR = Sender("widget", "v1", language="ru", conversation="c1")


async def keeps_a_place(s: Stage) -> None:
    """While nobody is here."""
    await s.service.do(Wrote(VISITOR, "k1", "позовите оператора", s.clock()))
    await s.service.do(Pressed(VISITOR, "k2", "hold"))
    await s.until(lambda: s.group.topics and s.group.reads(s.last))


async def talks_in_both_places(s: Stage) -> tuple[Person, Person]:
    """The visitor goes on in Telegram and Anna has their ticket; returns both."""
    await keeps_a_place(s)
    maria, anna = s.api.person("Maria", language="ru"), s.operator("anna")
    maria.says(f"/start {link(s)}")
    await s.until(lambda: maria.finds("ready:yes"))
    await s.online("anna")
    await s.service.do(Take("anna", 1))
    return maria, anna


def link(s: Stage) -> str:
    bridge = s.service._tools.bridge
    address = bridge.link("c1", s.clock() + timedelta(days=1))
    assert address is not None
    return str(address.partition("=")[2])


async def test_the_talk_of_the_site_goes_on_in_the_chat_and_stays_in_its_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, bridge=Bridge("secret", "shop_bot")) as s:
        await keeps_a_place(s)
        maria, anna = s.api.person("Maria", language="lv"), s.operator("anna")
        maria.says(f"/start {link(s)}")
        await s.until(lambda: maria.finds("ready:yes"))
        assert maria.reads()[0].startswith("Теперь можно говорить и в Telegram")
        await s.until(lambda: any("Клиент продолжает в Telegram (Maria)" in each for each in s.group.reads(s.last)))
        await s.online("anna")
        await s.until(lambda: "Подошла ваша очередь" in maria.reads()[-1])
        await maria.presses("Да").answered()
        await s.until(lambda: anna.finds("accept:", to=s.group))
        await anna.presses("accept:", to=s.group).answered()
        await s.until(lambda: any("Анна" in each for each in maria.reads()))
        anna.writes_in(s.last, "Здравствуйте!", s.group)
        await s.until(lambda: maria.reads()[-1] == "Здравствуйте!")
        maria.says("Где мой велосипед?")
        await s.until(lambda: s.group.reads(s.last)[-1] == "Где мой велосипед?")
        assert len(s.group.topics) == 1
        assert await s.storage.keep.get(BOT) == "frontline_bot"


async def test_the_answer_to_what_was_asked_on_the_site_quotes_it_in_telegram(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, bridge=Bridge("secret", "shop_bot")) as s:
        maria, anna = await talks_in_both_places(s)
        await s.service.do(Wrote(VISITOR, "k3", "А самовывоз", s.clock()))
        await s.service.do(Wrote(VISITOR, "k4", "есть?", s.clock()))
        await s.until(lambda: s.group.reads(s.last)[-1].endswith("есть?"))
        asked = s.group.shows(s.last)[-1]
        said = anna.writes_in(
            s.last, "Да, на Бривибас.", s.group, entities=[{"type": "bold", "offset": 0, "length": 2}]
        )
        await s.until(lambda: maria.reads()[-1] == "А самовывоз есть?\nДа, на Бривибас.")
        quote = {"type": "blockquote", "offset": 0, "length": 17}
        assert maria.sees()[-1]["entities"] == [quote, {"type": "bold", "offset": 18, "length": 2}]
        anna.edits(said, "Да, у вокзала.")
        await s.until(lambda: maria.reads()[-1] == "А самовывоз есть?\nДа, у вокзала.")
        anna.writes_in(s.last, "Ждём вас.", s.group)
        await s.until(lambda: maria.reads()[-1] == "Ждём вас.")
        maria.says("Спасибо!")
        await s.until(lambda: s.group.reads(s.last)[-1] == "Спасибо!")
        anna.writes_in(s.last, "Не за что.", s.group)
        await s.until(lambda: maria.reads()[-1] == "Не за что.")
        anna.writes_in(s.last, "Есть, и доставка тоже.", s.group, reply_to=asked)
        await s.until(lambda: maria.reads()[-1].endswith("есть?\nЕсть, и доставка тоже."))
        anna.writes_in(s.last, "Заходите.", s.group, reply_to=said)
        await s.until(lambda: maria.reads()[-1] == "Заходите.")


async def test_an_answer_that_leaves_no_room_for_the_quote_goes_without_it_and_can_be_edited(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path, bridge=Bridge("secret", "shop_bot")) as s:
        maria, anna = await talks_in_both_places(s)
        await s.service.do(Wrote(VISITOR, "k5", "А фото есть?", s.clock()))
        await s.until(lambda: s.group.reads(s.last)[-1].endswith("фото есть?"))
        photo = anna.sends("photo", to=s.group, topic=s.last, caption="Вот")
        await s.until(lambda: maria.reads()[-1] == "Вот")
        anna.edits(photo, "Вот оно")
        await s.until(lambda: maria.reads()[-1] == "Вот оно")
        await s.service.do(Wrote(VISITOR, "k6", "А подробнее?", s.clock()))
        await s.until(lambda: s.group.reads(s.last)[-1].endswith("подробнее?"))
        said = anna.writes_in(s.last, "слово " * 681, s.group)
        await s.until(lambda: maria.reads()[-2:] == ["Вот оно", "слово " * 681])
        anna.edits(said, "Нет.")
        await s.until(lambda: maria.reads()[-2:] == ["Вот оно", "А подробнее?\nНет."])
        anna.edits(said, "д" * 4096)
        await s.until(lambda: maria.reads()[-2:] == ["Вот оно", "д" * 4096])


async def test_an_operator_who_looks_from_the_customers_side_is_a_customer(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, bridge=Bridge("secret", "shop_bot")) as s:
        await keeps_a_place(s)
        anna = s.operator("anna")
        anna.says(f"/start {link(s)}")
        await s.until(lambda: anna.finds("ready:yes"))


async def test_a_card_made_then_says_that_the_customer_is_in_both_places(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, bridge=Bridge("secret", "shop_bot")) as s:
        await keeps_a_place(s)
        maria = s.api.person("Maria")
        maria.says(f"/start {link(s)}")
        await s.until(lambda: maria.finds("ready:yes"))
        topic = s.last
        s.group.delete_topic(topic)
        maria.says("Алло?")
        await s.until(lambda: s.last != topic and s.group.reads(s.last))
        assert "\nсайт + Telegram · Русский · " in s.group.reads(s.last)[0]


async def test_a_talk_that_leaves_its_topic_is_said_to_and_the_topic_closed(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, bridge=Bridge("secret", "shop_bot")) as s:
        maria = s.api.person("Maria", language="ru")
        await s.online("anna")
        old = await s.talk(maria, s.operator("anna"))
        await s.service.do(Wrote(VISITOR, "k1", "хочу оставить сообщение", s.clock()))
        await s.service.do(Wrote(VISITOR, "k2", "почему моя доставка опаздывает", s.clock()))
        await s.until(lambda: len(s.group.topics) == 2)
        maria.says(f"/start {link(s)}")
        await s.until(lambda: s.group.topics[0].closed)
        await s.until(lambda: "№1 переехало" in s.group.reads(old)[-1])
        await s.until(lambda: any("#1 ·" in each for each in s.group.reads(s.last)))
        assert s.group.topics[0].name == "Maria", "what has left is not in its title"
        s.operator("anna").writes_in(s.last, "Я здесь.", s.group)
        await s.until(lambda: maria.reads()[-1] == "Я здесь.")


async def test_a_kept_place_is_called_so_on_the_card_the_title_the_board_and_in_the_queue(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path, board=0.05) as s:
        await keeps_a_place(s)
        assert "🔖 Место в очереди сохранено" in s.group.reads(s.last)[0]
        await s.until(lambda: s.group.topics[-1].name.startswith("🔖"))
        await s.until(lambda: "в очереди 1" in board(s) and "из них 1 с сохранённым местом" in board(s))
        s.operator("anna").says("/queue", to=s.group)
        await s.until(lambda: "место сохранено" in s.group.reads()[-1])
        await s.service.do(Pressed(VISITOR, "k3", "ready:yes"))
        await s.until(lambda: s.group.topics[-1].name.startswith("🟡"))


async def test_the_calendar_file_comes_as_a_document_with_a_line_in_the_customers_language(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path, calendar=lambda ticket: f"http://127.0.0.1/calendar/{ticket}.ics") as s:
        boris = s.api.person("Boris", language="ru")
        boris.says("перезвоните мне")
        await s.until(lambda: boris.finds("slot:"))
        await boris.presses("slot:").answered()
        await s.until(lambda: boris.finds("calendar:1"))
        await boris.presses("В календарь").answered()
        await s.until(lambda: "document" in boris.sees()[-1])
        shown = boris.sees()[-1]
        assert shown["caption"] == "Откройте этот файл, и звонок появится в вашем календаре."
        name, content = s.api.files[shown["document"]["file_id"]]
        assert "SUMMARY:Обратный звонок" in content.decode()
        assert name == "callback.ics"


async def test_a_number_is_read_in_groups_on_the_card_and_in_the_offer(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna = s.api.person("Boris", language="ru"), s.operator("anna")
        boris.says("перезвоните мне")
        await s.until(lambda: boris.finds("slot:"))
        await boris.presses("slot:").answered()
        await s.until(lambda: boris.finds("phone"))
        await boris.presses("phone").answered()
        await s.until(lambda: "По какому номеру" in boris.reads()[-1])
        boris.shares_contact("37129123456")
        await s.until(lambda: "позвоним по номеру +371 29 123 456" in boris.reads()[-1])
        await s.online("anna")
        while not s.group.topics:
            await s.ring()
            await s.settled()
        await s.until(lambda: anna.finds("accept", to=s.group))
        post = s.group.reads(s.last)[0]
        assert "Телефон: +371 29 123 456" in post
        assert post.endswith("+371 29 123 456")
