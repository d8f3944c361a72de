"""Each chat in order, many chats at once, albums whole, and one bad update harms no other."""

import asyncio
from pathlib import Path

import pytest

from bot.dialog.acts import Act, Done, Outcome, Wrote
from bot.dialog.content import Content
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.operator_acts import Say
from bot.telegram import dispatcher
from tests.telegram.stage import Stage, stage


def texts(s: Stage) -> list[str]:
    return [act.text for act in s.acts if isinstance(act, Wrote)]


def slow_until_opened(s: Stage) -> asyncio.Event:
    """The service is not done with "slow" before the gate is set."""
    gate = asyncio.Event()

    async def slow(act: Act) -> Outcome:
        if isinstance(act, Wrote) and act.text == "slow":
            await gate.wait()
        return Done()

    s.service.outcome = slow
    return gate


async def test_one_chat_keeps_its_order_and_waits_for_no_other(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        gate = slow_until_opened(s)
        boris, vera = s.api.person("Boris"), s.api.person("Vera")
        boris.says("slow")
        boris.says("after it")
        vera.says("quick")
        await s.told(1)
        assert texts(s) == ["quick"]
        gate.set()
        await s.told(3)
        assert texts(s) == ["quick", "slow", "after it"]


async def test_one_chat_that_has_written_a_lot_hides_nobody(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "FETCH", 3)
    async with stage(sample, tmp_path, scripted=True) as s:
        gate = slow_until_opened(s)
        boris, vera = s.api.person("Boris"), s.api.person("Vera")
        for _ in range(5):
            boris.says("slow")
        vera.says("quick")
        await s.told(1)
        assert texts(s) == ["quick"]
        gate.set()
        await s.told(6)


async def test_an_album_is_one_message_with_its_parts_in_order(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        parts = boris.sends_album("photo", "video", "photo", caption="Look")
        boris.says("after it")
        album, after = await s.told(2)
        assert isinstance(album, Wrote)
        assert [each.kind for each in album.attachments] == ["photo", "video", "photo"]
        assert [ref.id for ref in album.refs] == [str(part["message_id"]) for part in parts]
        assert album.text == "Look"
        assert isinstance(after, Wrote)
        assert after.text == "after it"
        assert [len(rows) for rows in s.service.rows] == [3, 1]  # all its rows end with its one act


async def test_an_album_that_arrives_in_pieces_is_still_one(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True, settle=0.4) as s:
        boris = s.api.person("Boris")
        first, second = boris.sends("photo", media_group_id="1"), None
        await s.until(lambda: not s.api.updates.waiting)
        second = boris.sends("photo", media_group_id="1")
        [album] = await s.told(1)
        assert isinstance(album, Wrote)
        assert [ref.id for ref in album.refs] == [str(first["message_id"]), str(second["message_id"])]


async def test_a_poisonous_update_is_parked_after_five_tries_and_harms_no_other(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        tries = 0

        def poison(act: Act) -> Outcome:
            nonlocal tries
            if isinstance(act, Wrote) and act.text == "poison":
                tries += 1
                raise ZeroDivisionError
            return Done()

        s.service.outcome = poison
        boris = s.api.person("Boris")
        boris.says("poison")
        boris.says("fine")
        await s.told(1)
        assert texts(s) == ["fine"]
        assert tries == 5
        [(parked, error)] = await s.storage.inbox.parked()
        assert parked.payload["message"]["text"] == "poison"
        assert "ZeroDivisionError" in error


async def test_an_update_that_nobody_understands_is_parked(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        s.api.tell("message", {"chat": {"id": 5}, "nonsense": True}, 5)
        s.api.person("Boris").says("fine")
        await s.told(1)
        await s.handled()
        [(_, error)] = await s.storage.inbox.parked()
        assert "UnknownUpdateError" in error


async def test_a_store_that_is_away_counts_no_try(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        failures = [StoreUnavailableError("it is away")] * 6

        def flaky(_act: Act) -> Outcome:
            if failures:
                raise failures.pop()
            return Done()

        s.service.outcome = flaky
        s.api.person("Boris").says("hello")
        await s.until(lambda: len(s.service.acts) == 1, 15)
        assert await s.storage.inbox.parked() == []


async def test_what_was_left_in_the_inbox_is_handled_after_a_restart(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True, run=False) as s:
        s.api.person("Boris").says("hello")
        rows = [(str(each.update["update_id"]), each.update) for each in s.api.updates.waiting]
        await s.storage.inbox.put("telegram", rows, s.clock())
        s.api.updates.waiting.clear()
        s.room.run(s.tasks)
        await s.told(1)
        assert texts(s) == ["hello"]


async def test_albums_of_operators_are_whole_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.sends_album("photo", "photo", caption="Смотрите", to=s.group, topic=topic)
        await s.until(lambda: sum("photo" in message for message in boris.sees()) == 2)
        shown = [message for message in boris.sees() if "photo" in message]
        assert len({message["media_group_id"] for message in shown}) == 1
        assert shown[0]["caption"] == "Смотрите"
        assert Say  # the service kept it as one
        async with s.storage.work.read() as tx:
            [message] = [each for each in await tx.messages("conversation-1") if each.attachments]
        assert len(message.attachments) == 2


async def test_an_update_of_no_known_shape_is_parked_and_holds_up_nobody(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        strange = [
            {"message": {"chat": 7}},
            {"message": {"chat": {"id": 1}, "media_group_id": "a", "message_id": []}},
            {"callback_query": {"message": "?", "from": []}},
        ]
        await s.storage.inbox.put("telegram", [(str(n), each) for n, each in enumerate(strange)], s.clock())
        s.api.person("Vera").says("quick")
        await s.told(1)
        assert texts(s) == ["quick"]
        await s.handled()
        assert sorted(row.key for row, _ in await s.storage.inbox.parked()) == ["0", "1", "2"]
