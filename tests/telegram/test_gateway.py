"""What Telegram refuses, limits, drops or changes: nothing is lost, nothing is sent twice."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.acts import Act, Outcome, Undelivered
from bot.dialog.content import Content
from bot.dialog.messages import Author, AuthorKind, Message
from bot.dialog.orders import Outgoing, Post, ShowMessage, TellOperator
from bot.dialog.records import Changes
from bot.telegram.pacing import Pace, Paces
from tests.bot_api import Person
from tests.bot_api.refusals import RefusalError, too_many
from tests.patience import PATIENCE
from tests.telegram.stage import GROUP, Stage, recorded_late, stage


async def say(s: Stage, to: Person, *texts: str, markdown: bool = False) -> None:
    """The bot says something of its own accord to a customer it knows."""
    async with s.storage.work.begin() as tx:
        [known] = await tx.conversations([("telegram", str(to.id))])
        changes = Changes()
        for seq, text in enumerate(texts, known.last_seq + 1):
            marked = text if markdown else None
            message = Message(known.id, seq, s.clock(), Author(AuthorKind.BOT), text, markdown=marked)
            changes.messages.append(message)
            changes.orders.append((f"telegram:{to.id}", ShowMessage(known.id, seq)))
        await tx.save(changes)
    s.room._gateway.wake()


async def meet(s: Stage, name: str = "Boris") -> Person:
    """A customer who has been greeted."""
    person = s.api.person(name, language="ru")
    person.says("/start")
    await s.until(person.sees)
    await s.settled()
    return person


async def test_a_limit_is_waited_out_as_told_and_holds_up_nobody_else(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, vera = await meet(s), await meet(s, "Vera")
        s.api.refuse("sendMessage", too_many(30), chat=boris.id)
        await say(s, boris, "one", "two")
        await s.until(lambda: not s.api._refusals)
        await say(s, vera, "hello")
        await s.until(lambda: vera.reads()[-1] == "hello")
        assert len(boris.sees()) == 1
        assert s.room.limited == 1
        due = await s.storage.outbox.next_due()
        assert due is not None
        assert 25 < (due - s.clock()).total_seconds() <= 30
        s.clock.ahead += due - s.clock()
        s.room._gateway.wake()
        await s.until(lambda: boris.reads()[1:] == ["one", "two"])


async def test_whoever_cannot_be_told_of_a_refusal_holds_up_nobody(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, vera = await meet(s), await meet(s, "Vera")
        handled = s.service.do

        async def broken(act: Act, **more: Any) -> Outcome:
            match act:
                case Undelivered():
                    raise ArithmeticError(f"at {s.api.token}")
                case _:
                    return await handled(act, **more)

        s.service.do = broken
        s.api.refuse("sendMessage", RefusalError(400, "Bad Request: wrong"), chat=boris.id, times=5)
        await say(s, boris, "one", "two")
        await say(s, vera, "hello")
        await s.until(lambda: vera.reads()[-1] == "hello")
        await s.until(lambda: boris.reads()[1:] == ["two"])  # the one before it is parked after some tries
        await s.settled()
        assert "ArithmeticError: at [token]" in caplog.text
        assert s.api.token not in caplog.text


async def test_an_order_that_nobody_can_read_holds_up_no_other_destination(
    sample: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(sample, tmp_path) as s:
        boris, vera = await meet(s), await meet(s, "Vera")
        head = s.storage.outbox.head

        async def unreadable(destination: str, now: datetime, limit: int = 1) -> list[Outgoing]:
            if destination == f"telegram:{boris.id}":
                raise KeyError("of another version")
            return await head(destination, now, limit)

        s.storage.outbox.head = unreadable  # a row that a later version left
        await say(s, boris, "one")
        await s.until(lambda: "deliveries to" in caplog.text)
        await say(s, vera, "hello")
        await s.until(lambda: vera.reads()[-1] == "hello")


async def test_after_each_failure_it_waits_twice_as_long_and_a_minute_at_most(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = await meet(s)
        s.room._gateway._delivery._tempo = replace(s.room._tempo, again=20.0)
        s.api.refuse("sendMessage", RefusalError(502, "Bad Gateway"), times=4, chat=boris.id)
        await say(s, boris, "one")
        for pause in (20, 40, 60, 60):
            due = await waits(s)
            assert pause - 5 < (due - s.clock()).total_seconds() <= pause
            s.clock.ahead += due - s.clock()
            s.room._gateway.wake()
        await s.until(lambda: boris.reads()[-1] == "one")


async def waits(s: Stage) -> datetime:
    """When what waits may be tried again."""
    async with asyncio.timeout(PATIENCE):
        while True:
            due = await s.storage.outbox.next_due()
            if due is not None and due > s.clock():
                return due
            await asyncio.sleep(0.01)


async def test_at_the_end_what_is_being_sent_is_recorded_and_nothing_is_begun(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, gateway, (begun, ends) = await meet(s), s.room._gateway, recorded_late(s)
        await say(s, boris, "one", "two")
        await begun.wait()
        gateway.stop()
        assert not gateway.finished.is_set()
        ends.set()
        await gateway.finished.wait()
        assert boris.reads()[-1] == "one"
        assert await s.storage.outbox.length() == 1


@pytest.mark.parametrize("trouble", [RefusalError(502, "Bad Gateway"), RefusalError(500, "restart"), None])
async def test_trouble_of_the_network_keeps_the_order(
    sample: Content, tmp_path: Path, trouble: RefusalError | None
) -> None:
    async with stage(sample, tmp_path) as s:
        boris = await meet(s)
        s.api.refuse("sendMessage", trouble)
        await say(s, boris, "one", "two", "three")
        await s.settled()
        await s.until(lambda: boris.reads()[-1] == "three")
        sent = boris.reads()[1:]
        assert list(dict.fromkeys(sent)) == ["one", "two", "three"]
        assert len(sent) == (4 if trouble is None else 3)  # a dropped connection is the one ambiguous case


async def test_a_long_text_that_broke_off_goes_on_where_it_stopped(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = await meet(s)
        text = "\n\n".join(f"{name} " + "слово " * 500 for name in ("A", "B", "C"))
        await say(s, boris, text, markdown=True)
        await s.until(lambda: len(boris.sees()) == 2)
        s.api.refuse("sendMessage", RefusalError(502, "Bad Gateway"))
        await s.settled()
        await s.until(lambda: len(boris.sees()) == 4)
        assert [text[0] for text in boris.reads()[1:]] == ["A", "B", "C"]


async def test_our_markdown_is_shown_with_its_marks(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = await meet(s)
        await say(s, boris, "In town **€3** & [more](https://shop.example/rates) <b>", markdown=True)
        await s.until(lambda: len(boris.sees()) == 2)
        shown = boris.sees()[-1]
        assert shown["text"] == "In town €3 & more <b>"
        assert [each["type"] for each in shown["entities"]] == ["bold", "text_link"]


async def test_words_whose_formatting_is_refused_go_without_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        s.api.refuse("sendMessage", RefusalError(400, "ENTITY_TEXTURL_INVALID"), chat=GROUP)
        boris.says("hi", entities=[{"type": "text_link", "offset": 0, "length": 2, "url": "odd:odd"}])
        await s.until(lambda: s.group.reads(topic)[-1] == "hi")
        assert "entities" not in s.group.shows(topic)[-1]


async def test_who_blocked_the_bot_is_left_alone_and_the_operator_learns_of_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        boris.chat.open = False  # and no update told it
        said = anna.writes_in(topic, "Вы здесь?", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        mark = next(each for each in s.group.shows(topic) if "заблокировал" in each["text"])
        assert mark["reply_to_message"]["message_id"] == said["message_id"]
        async with s.storage.work.read() as tx:
            [entry] = [each for each in await tx.log(1) if each.event == "WasClosed"]
            [known] = await tx.conversations_by_id(["conversation-1"])
        assert entry.reason == "customer_blocked"
        assert known.blocked


async def test_a_reply_that_telegram_refuses_is_sent_without_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, _anna, topic = await s.talking()
        first = boris.says("Раз")
        await s.until(lambda: s.group.reads(topic)[-1] == "Раз")
        s.api.refuse("sendMessage", RefusalError(400, "message to be replied not found"), chat=GROUP)
        boris.says("Два", reply_to=first)
        await s.until(lambda: s.group.reads(topic)[-1] == "Два")
        assert s.group.shows(topic)[-1]["reply_to_message"]["message_id"] == topic


async def test_a_bot_without_rights_waits_until_it_has_them(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        s.group.chat.admins[42]["can_manage_topics"] = False
        await s.online("anna")
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(s.room.fault)
        s.group.chat.admins[42]["can_manage_topics"] = True
        await s.until(lambda: s.group.topics and s.group.shows(s.last))


async def test_what_cannot_be_copied_is_named(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        s.api.refuse("copyMessage", RefusalError(400, "message can't be copied"))
        boris.sends("voice")
        await s.until(lambda: s.group.reads(topic)[-1] == "[voice]")
        parts = anna.sends_album("photo", "photo", to=s.group, topic=topic)
        s.group.chat.messages.pop(parts[1]["message_id"])  # deleted before it was copied
        await s.until(lambda: anna.finds("retry:", to=s.group))
        assert sum("photo" in each for each in boris.sees()) == 1


async def test_an_edit_that_changes_nothing_is_no_failure(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        said = anna.writes_in(topic, "Да", s.group)
        await s.until(lambda: boris.reads()[-1] == "Да")
        anna.edits(said, "Да")
        await s.handled()
        await s.settled()
        assert anna.finds("retry:", to=s.group) is None


async def test_lines_to_operators_reach_them_in_private_or_in_general(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        olga = s.operator("olga")
        orders = [(f"telegram:{GROUP}", TellOperator("olga", "Вы на паузе"))]
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=list(orders)))
        s.room._gateway.wake()
        await s.until(s.group.shows)
        assert s.group.reads()[0].endswith(": Вы на паузе")
        olga.says("/start")
        await s.until(olga.sees)
        async with s.storage.work.begin() as tx:
            await tx.save(Changes(orders=[*orders, ("web:1", Post("not ours"))]))
        s.room._gateway.wake()
        await s.until(lambda: olga.reads()[-1] == "Вы на паузе")
        assert len(s.group.shows()) == 1


async def test_posts_to_a_full_group_keep_the_pace(sample: Content, tmp_path: Path) -> None:
    paces = Paces(group=Pace(0.05, 3), private=Pace(0.0), overall=Pace(0.0))
    async with stage(sample, tmp_path, paces=paces) as s:
        anna, begun = s.operator("anna"), s.api.now()
        for _ in range(8):
            anna.says("/queue", to=s.group)
        await s.until(lambda: len(s.group.shows()) == 8)
        assert s.api.now() - begun >= 0.05 * 5


async def test_a_group_at_its_limit_gets_everything_in_the_end(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        s.api.per_minute = 20
        anna = s.operator("anna")
        for _ in range(25):
            anna.says("/queue", to=s.group)
        await s.handled()
        await s.until(lambda: len(s.group.shows()) == 20)
        s.api.shift = 61
        s.clock.ahead += timedelta(seconds=61)
        await s.until(lambda: len(s.group.shows()) == 25, 10)
