"""Conversations and messages come back as they were, once each, locked while they are decided about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from bot.dialog.conversation import Awaiting, FormProgress, Mode, Owner, Shown, Talk
from bot.dialog.errors import ConflictError
from bot.dialog.messages import Attachment, Author, AuthorKind, Button, ButtonKind, Entity, Ref
from bot.storage.storage import Storage
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, message, save


async def test_a_conversation_comes_back_as_it_was(storage: Storage) -> None:
    full = conversation(
        name="Анна-Мария",
        username="anna",
        locale="lv",
        locale_chosen=True,
        zone="Europe/Riga",
        page="https://example.com/a?b=c",
        phone="+37120000000",
        owner=Owner.OPERATOR,
        blocked=True,
        barred=True,
        continued="telegram:12345",
        last_seq=7,
        read_seq=5,
        operator_read_seq=6,
        talk=Talk(
            misses=1,
            intent="delivery_cost",
            repeats=2,
            awaiting=Awaiting.FORM,
            subject=12,
            form=FormProgress("order_status", ("order_number", "phone")),
            noticed=NOW,
        ),
        shown=Shown(Mode.QUEUED, 3, "Ольга", NOW - MINUTE),
    )
    await begin_with(storage, full, conversation("plain"))
    async with storage.work.read() as look:
        assert await look.conversations_by_id(["plain", "c1", "nobody"]) == [full, conversation("plain")]
        assert await look.conversations([("widget", "visitor-c1"), ("telegram", "visitor-c1")]) == [full]


async def test_a_conversation_that_goes_on_keeps_what_it_was_born_with(storage: Storage) -> None:
    await begin_with(storage)
    later = conversation(touched=NOW + MINUTE, last_seq=2, talk=Talk(misses=1), name="Jānis")
    await save(storage, conversations={"c1": (later, False)})
    async with storage.work.read() as look:
        assert await look.conversations_by_id(["c1"]) == [later]


async def test_a_conversation_that_is_continued_in_a_chat_is_found_by_it_with_the_chats_own(storage: Storage) -> None:
    own = conversation("own", channel="telegram", address="7", continued="conversation:c1")
    goes_on = conversation(continued="telegram:7")
    await begin_with(storage, own, goes_on)
    async with storage.work.read() as look:
        assert await look.conversations([("telegram", "7")]) == [own, goes_on]
        assert await look.conversations([("widget", "7")]) == []


async def test_a_chat_continues_one_conversation_and_may_go_over_to_another(storage: Storage) -> None:
    one, other = conversation(continued="telegram:7"), conversation("c2")
    await begin_with(storage, one, other)
    with pytest.raises(ConflictError):
        await save(storage, conversations={"c2": (replace(other, continued="telegram:7"), False)})
    given_up = {"c1": (replace(one, continued="conversation:c2"), False)}
    await save(storage, conversations=given_up | {"c2": (replace(other, continued="telegram:7"), False)})


async def test_the_same_customer_cannot_begin_twice(storage: Storage) -> None:
    await begin_with(storage)
    with pytest.raises(ConflictError):
        await begin_with(storage, conversation("c2", address="visitor-c1"))


async def test_a_message_comes_back_as_it_was(storage: Storage) -> None:
    await begin_with(storage)
    full = message(
        author=Author(AuthorKind.OPERATOR, "Анна"),
        text="Здравствуйте! 😀",
        markdown="**Здравствуйте!** 😀",
        entities=(Entity("bold", 0, 13), Entity("text_link", 14, 2, url="https://example.com")),
        buttons=(Button("fb:yes", "Помогло"), Button("u", "Тарифы", ButtonKind.URL, "https://example.com")),
        attachments=(Attachment("photo", "file-1"), Attachment("document", "file-2", "чек.pdf", "application/pdf", 9)),
        reply_to=1,
        edited=True,
        deleted=True,
        key="k-1",
    )
    await save(storage, messages=[full, message(2)])
    async with storage.work.read() as look:
        assert await look.message("c1", 1) == full
        assert await look.message("c1", 2) == message(2)
        assert await look.message("c1", 3) is None


async def test_messages_are_read_in_order_from_where_one_was(storage: Storage) -> None:
    await begin_with(storage, conversation(), conversation("c2"))
    every = [message(seq) for seq in range(1, 12)]
    await save(storage, messages=[*reversed(every), message(1, "c2")])
    async with storage.work.read() as look:
        assert await look.messages("c1") == every
        assert await look.messages("c1", after=8) == every[8:]
        assert await look.messages("c1", after=2, limit=3) == every[2:5]


async def test_an_edit_changes_the_words_and_nothing_that_places_them(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(key="k", entities=(Entity("bold", 0, 2),)), message(2)])
    await save(storage, edits=[message(text="better", edited=True, at=NOW + MINUTE, key="another")])
    async with storage.work.read() as look:
        assert await look.messages("c1") == [message(text="better", edited=True, key="k"), message(2)]


async def test_a_key_is_known_in_its_own_conversation_only(storage: Storage) -> None:
    await begin_with(storage, conversation(), conversation("c2"))
    await save(storage, messages=[message(1, key="a"), message(2, key="b"), message(3), message(4), message(1, "c2")])
    async with storage.work.read() as look:
        assert await look.seqs_of([("c1", "a"), ("c1", "b"), ("c1", "z"), ("c2", "a")]) == {
            ("c1", "a"): 1,
            ("c1", "b"): 2,
        }


async def test_the_same_key_twice_is_refused(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(1, key="a")])
    with pytest.raises(ConflictError):
        await save(storage, messages=[message(2, key="a")])


async def test_the_same_number_twice_is_refused(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(1)])
    with pytest.raises(ConflictError):
        await save(storage, messages=[message(1)])


async def test_a_message_is_found_by_every_place_where_it_stands(storage: Storage) -> None:
    await begin_with(storage)
    here, there = Ref("telegram:5", "10"), Ref("telegram:-100", "77")
    await save(storage, messages=[message(1)], refs=[(here, "c1", 1), (there, "c1", 1)])
    async with storage.work.read() as look:
        assert await look.find([here, there, Ref("telegram:5", "77")]) == {here: ("c1", 1), there: ("c1", 1)}
        assert set(await look.refs_of("c1", 1)) == {here, there}
        assert await look.refs_of("c1", 2) == []


async def test_a_place_holds_the_message_that_was_put_there_last(storage: Storage) -> None:
    await begin_with(storage)
    place = Ref("telegram:5", "10")
    await save(storage, messages=[message(1), message(2)], refs=[(place, "c1", 1)])
    await save(storage, refs=[(place, "c1", 2)])
    async with storage.work.read() as look:
        assert await look.find([place]) == {place: ("c1", 2)}


async def test_one_post_can_hold_several_messages(storage: Storage) -> None:
    await begin_with(storage)
    first, last = Ref("telegram:-100", "77+1"), Ref("telegram:-100", "77")
    await save(storage, messages=[message(1), message(2)])
    await storage.outbox.sent([], [(first, "c1", 1), (last, "c1", 2)])
    await storage.topics.migrate(-100, -1001)
    async with storage.work.read() as look:
        assert await look.refs_of("c1", 1) == [Ref("telegram:-1001", "77+1")]
        assert await look.find([Ref("telegram:-1001", "77")]) == {Ref("telegram:-1001", "77"): ("c1", 2)}


async def test_notes_are_kept_in_order(storage: Storage) -> None:
    await begin_with(storage, conversation(), conversation("c2"))
    await save(storage, notes=[("c1", NOW, "anna", "one"), ("c2", NOW, "anna", "other"), ("c1", NOW, "olga", "two")])
    async with storage.work.read() as look:
        assert await look.notes("c1") == [(NOW, "anna", "one"), (NOW, "olga", "two")]


async def test_nothing_is_asked_for_nothing(storage: Storage) -> None:
    async with storage.work.read() as look:
        assert await look.conversations([]) == []
        assert await look.conversations_by_id([]) == []
        assert await look.tickets_of([]) == []
        assert await look.seqs_of([]) == {}
        assert await look.find([]) == {}


async def test_an_hour_in_any_zone_comes_back_in_utc_to_the_microsecond(storage: Storage) -> None:
    riga = datetime(2026, 10, 25, 3, 30, 0, 654321, tzinfo=timezone(timedelta(hours=2)))
    await begin_with(storage, conversation(created=riga, touched=datetime(1969, 12, 31, 23, tzinfo=UTC)))
    async with storage.work.read() as look:
        (found,) = await look.conversations_by_id(["c1"])
    assert found.created == riga
    assert found.created.utcoffset() == timedelta(0)
    assert found.touched.year == 1969


async def test_a_time_without_a_zone_is_refused(storage: Storage) -> None:
    with pytest.raises((StatementError, TypeError), match="naive"):
        await begin_with(storage, conversation(touched=NOW.replace(tzinfo=None)))


async def test_text_that_no_database_can_hold_is_held_as_well_as_can_be(storage: Storage) -> None:
    await begin_with(storage, conversation(name="a\0b", talk=Talk(intent="\ud800")))
    await save(storage, messages=[message(text="x\ud83d\ude00y\udfffz\0", entities=(Entity("bold", 0, 6),))])
    async with storage.work.read() as look:
        found = await look.message("c1", 1)
    assert found is not None
    assert found.text == "x😀y\ufffdz\ufffd"
