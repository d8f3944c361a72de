"""The card: what an operator should know of a ticket at a glance."""

from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.conversation import Conversation
from bot.dialog.messages import Author, AuthorKind, Message
from bot.dialog.orders import Introduce
from bot.dialog.records import Changes, Published
from bot.telegram.cards import card
from bot.telegram.cases import Case
from bot.telegram.texts import TEXT_LIMIT
from kb.split import units
from tests.telegram.stage import GROUP, stage
from tests.telegram.test_console import talking


async def test_it_says_why_it_came_here_and_what_the_bot_took_it_for(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="ru")
        await s.online("anna", "olga", "janis", "marta")
        boris.says("сколько стоит доставка")
        await s.until(lambda: boris.finds("unhelped:"))
        boris.presses("unhelped:")
        await s.until(lambda: s.group.topics and s.group.reads(s.last))
        shown = s.group.reads(s.last)[0]
        assert "\nПочему здесь: ответ не помог (Стоимость доставки)\n" in shown
        assert "\nВопрос: сколько стоит доставка\n" in shown
        assert "Boris: сколько стоит доставка\nБот: " in shown, "and what was said, the bot's answer too"


async def test_what_colleagues_noted_stands_on_a_card_that_is_made_anew(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        s.operator("anna").writes_in(topic, "// ждёт <b>фото</b>", s.group)
        await s.handled()
        s.group.delete_topic(topic)
        boris.says("Алло?")
        await s.until(lambda: s.last != topic and s.group.reads(s.last))
        assert "\n📝 Анна: ждёт <b>фото</b>\n" in s.group.reads(s.last)[0]


async def test_the_next_operator_is_called_by_a_post_of_its_own_and_the_card_stays(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, olga = s.api.person("Boris", language="ru"), s.operator("anna"), s.operator("olga")
        await s.online("anna")
        boris.says("позовите оператора")
        await s.until(lambda: anna.finds("accept:1", to=s.group))
        boris.says("и побыстрее")
        await s.until(lambda: s.group.topics and s.group.reads(s.last)[-1] == "и побыстрее")
        await anna.presses("decline:1", to=s.group).answered()
        await s.online("olga")
        await s.until(lambda: olga.finds("accept:1", to=s.group))
        await s.settled()
        first, words, offer = s.group.shows(s.last)
        assert first["text"].endswith("\n\n№1: Анна не берёт.")
        assert "Boris: позовите оператора\nБот: " in first["text"]
        assert "reply_markup" not in first
        assert words["text"] not in first["text"], "it stands below"
        assert offer["text"] == "Ольга: чат №1, Общие вопросы."
        assert offer["entities"][0]["user"]["id"] == olga.id, "so Telegram tells her"


async def test_a_long_talk_leaves_room_for_the_offer_below_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        now = s.clock()
        said = [Message("c", seq, now, Author(AuthorKind.CUSTOMER, "Boris"), "🙂 да " * 90) for seq in range(1, 20)]
        case = Case(Conversation("c", "telegram", "1", now, now), None, tuple(said), None, ())
        for offer in (0, 1000):
            text = card(s.room._around, case, 19, offer).as_kwargs()["text"]
            assert TEXT_LIMIT - 700 < units(text) + offer <= TEXT_LIMIT
            assert "\n…\n" in text, "the oldest of the talk is left out"


async def test_a_card_that_was_posted_with_an_offer_is_not_posted_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[(f"telegram:{GROUP}", Introduce(1, 2))]))
        s.room.publish(Published(orders=True))
        await s.settled()
        assert len(s.group.shows(topic)) == 1
