"""What operators write in the group, and what the customer sees of it."""

from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.messages import AuthorKind, Message
from tests.telegram.stage import Stage, stage


async def stored(s: Stage, author: AuthorKind) -> list[Message]:
    async with s.storage.work.read() as tx:
        return [each for each in await tx.messages("conversation-1") if each.author.kind is author]


async def notes(s: Stage) -> list[tuple[str, str]]:
    async with s.storage.work.read() as tx:
        return [(operator, text) for _, operator, text in await tx.notes("conversation-1") if operator]


async def test_words_go_to_the_customer_as_they_are(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        bold = {"type": "bold", "offset": 0, "length": 3}
        anna.writes_in(topic, "5 < 6 & <b>", s.group, entities=[bold])
        await s.until(lambda: boris.reads()[-1] == "5 < 6 & <b>")
        assert boris.sees()[-1]["entities"] == [bold]
        boris.says("a <i> b", entities=[{"type": "italic", "offset": 2, "length": 3}])
        await s.until(lambda: s.group.reads(topic)[-1] == "a <i> b")
        assert s.group.shows(topic)[-1]["entities"][0]["type"] == "italic"


async def test_a_plain_message_in_a_topic_is_a_reply_to_nothing(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.writes_in(topic, "Здравствуйте", s.group)
        await s.until(lambda: boris.reads()[-1] == "Здравствуйте")
        assert "reply_to_message" not in boris.sees()[-1]


async def test_replies_are_replies_on_both_sides(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        question = boris.says("Когда привезёте?")
        await s.until(lambda: s.group.reads(topic)[-1] == "Когда привезёте?")
        anna.writes_in(topic, "Завтра", s.group, reply_to=s.group.shows(topic)[-1])
        await s.until(lambda: boris.reads()[-1] == "Завтра")
        assert boris.sees()[-1]["reply_to_message"]["message_id"] == question["message_id"]
        boris.says("Спасибо", reply_to=boris.sees()[-1])
        await s.until(lambda: s.group.reads(topic)[-1] == "Спасибо")
        assert s.group.shows(topic)[-1]["reply_to_message"]["text"] == "Завтра"


async def test_files_go_both_ways(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        for kind in ("photo", "document", "voice", "sticker"):
            anna.sends(kind, to=s.group, topic=topic)
            await s.until(lambda kind=kind: kind in boris.sees()[-1])
            boris.sends(kind)
            await s.until(lambda kind=kind: kind in s.group.shows(topic)[-1])
        boris.sends_album("photo", "video", caption="Вот")
        await s.until(lambda: sum("media_group_id" in each for each in s.group.shows(topic)) == 2)
        assert s.group.shows(topic)[-2]["caption"] == "Вот"


async def test_edits_are_edits(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        said = anna.writes_in(topic, "Завтро", s.group)
        photo = anna.sends("photo", to=s.group, topic=topic, caption="Вот")
        await s.until(lambda: boris.reads()[-1] == "Вот")
        anna.edits(said, "Завтра")
        anna.edits(photo, "Вот оно")
        await s.until(lambda: boris.reads()[-2:] == ["Завтра", "Вот оно"])
        question = boris.says("Вапрос")
        await s.until(lambda: s.group.reads(topic)[-1] == "Вапрос")
        boris.edits(question, "Вопрос")
        await s.until(lambda: s.group.reads(topic)[-1] == "✏️ Вопрос")
        assert s.group.shows(topic)[-1]["reply_to_message"]["text"] == "Вапрос"


async def test_delete_takes_words_back(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        said = anna.writes_in(topic, "Ой", s.group)
        await s.until(lambda: boris.reads()[-1] == "Ой")
        anna.writes_in(topic, "/delete", s.group, reply_to=said)
        await s.until(lambda: "Ой" not in boris.reads())
        await s.until(lambda: "удалено" in s.group.reads(topic)[-1])


async def test_notes_and_what_others_write_stay_inside(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, olga = s.api.person("Boris", language="ru"), s.operator("anna"), s.operator("olga")
        stranger = s.api.person("Stranger")
        await s.online("anna")
        topic = await s.talk(boris, anna)
        before = len(boris.sees())
        anna.writes_in(topic, "// он уже звонил", s.group)
        olga.writes_in(topic, "предложи скидку", s.group)
        olga.sends("sticker", to=s.group, topic=topic)
        stranger.writes_in(topic, "а можно мне?", s.group)
        anna.says("всем привет", to=s.group)
        await s.handled()
        anna.writes_in(topic, "Да", s.group)
        await s.until(lambda: len(boris.sees()) > before)
        assert boris.reads()[before:] == ["Да"]
        assert await notes(s) == [("anna", "он уже звонил"), ("olga", "предложи скидку"), ("olga", "[sticker]")]


async def test_an_anonymous_admin_is_asked_once_to_write_as_themselves(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        before = len(boris.sees())
        anna.writes_in(topic, "Здравствуйте", s.group, anonymous=True)
        anna.writes_in(topic, "Есть кто?", s.group, anonymous=True)
        await s.handled()
        await s.settled()
        assert sum("анонимн" in text for text in s.group.reads(topic)) == 1
        assert len(boris.sees()) == before


async def test_the_bots_own_service_messages_are_no_acts(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        boris.says("позовите оператора")
        await s.until(lambda: not s.group.topics[0].closed)
        await s.handled()
        await s.settled()
        assert not s.group.topics[0].closed
        assert await s.storage.inbox.parked() == []
        assert await stored(s, AuthorKind.OPERATOR) == []


async def test_a_thread_of_replies_in_general_is_no_topic(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        before = len(boris.sees())
        root = s.group.chat.messages[topic] | {"message_id": topic}
        anna._post({"text": "это в общей теме"}, s.group, None, reply_to=root)
        await s.handled()
        assert len(boris.sees()) == before


async def test_a_mistyped_command_does_not_reach_the_customer(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        before = len(boris.sees())
        anna.writes_in(topic, "/clsoe", s.group)
        await s.until(lambda: "/clsoe" in s.group.reads(topic)[-1])
        anna.writes_in(topic, "/close@some_other_bot", s.group)
        await s.handled()
        assert len(boris.sees()) in (before, before + 1)
        assert not s.group.topics[0].closed


async def test_edits_of_what_never_went_out_change_nothing(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _boris, anna, topic = await s.talking()
        note = anna.writes_in(topic, "// раз", s.group)
        anna.edits(note, "// два")
        stranger = s.api.person("Stranger")
        stranger.edits(stranger.writes_in(topic, "раз", s.group), "два")
        await s.handled()
        assert await stored(s, AuthorKind.OPERATOR) == []
        assert await s.storage.inbox.parked() == []
