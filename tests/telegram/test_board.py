"""The board in General: one pinned post that says who waits and who is on duty."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.operator_acts import Declare
from handoff.operators import Presence
from tests.bot_api import BotApi
from tests.bot_api.refusals import bad
from tests.telegram.stage import GROUP, Stage, stage

OFTEN = 0.05


def board(s: Stage) -> str:
    return (s.group.reads() or [""])[0]


async def test_it_says_who_waits_and_who_is_here_and_is_pinned(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, board=OFTEN) as s:
        await s.until(lambda: board(s) == "Очередь пуста.\n\nВ сети никого нет.")
        await s.until(lambda: s.api.called("pinChatMessage"))
        [pin] = s.api.called("pinChatMessage")
        assert pin.message_id == s.group.shows()[0]["message_id"]
        assert pin.disable_notification
        await s.wait_in_queue(s.api.person("Boris", language="ru"))
        await s.until(lambda: "Очередь\nОбщие вопросы: в очереди 1, дольше всех с " in board(s))
        await s.online("anna")
        await s.until(lambda: "🟢 Анна 1/3" in board(s))
        await s.service.do(Declare("olga", Presence.PAUSED, None))
        await s.until(lambda: board(s).endswith("⏸ Ольга 0/4"))
        assert len(s.group.reads()) == 1


async def test_what_has_not_changed_is_not_written_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, board=OFTEN) as s:
        await s.until(lambda: board(s))
        for _ in range(3):
            await s.online("anna")
        await s.until(lambda: "Анна" in board(s))
        await s.settled()
        edits = len(s.api.called("editMessageText"))
        s.room._moved.set()
        await s.until(lambda: not s.room._moved.is_set())
        await s.settled()
        assert len(s.api.called("editMessageText")) == edits


async def test_it_is_not_rewritten_before_its_time(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, board=600) as s:
        await s.until(lambda: board(s))
        await s.until(lambda: s.api.called("pinChatMessage"))
        await s.online("anna", "olga")
        await s.settled()
        assert "Анна" not in board(s)
        assert s.api.called("editMessageText") == []


async def test_after_a_restart_the_same_post_goes_on(sample: Content, tmp_path: Path) -> None:
    async with BotApi() as api:
        async with stage(sample, tmp_path, board=OFTEN, api=api) as s:
            await s.until(lambda: board(s))
            await s.until(lambda: s.api.called("pinChatMessage"))
            await s.settled()
        async with stage(sample, tmp_path, board=OFTEN, api=api) as s:
            await s.online("anna")
            await s.until(lambda: "Анна" in board(s))
            assert len(s.group.reads()) == 1


async def test_one_that_was_deleted_is_made_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, board=OFTEN) as s:
        await s.until(lambda: board(s))
        del s.group.chat.messages[s.group.shows()[0]["message_id"]]
        await s.online("anna")
        await s.until(lambda: "🟢 Анна 0/3" in board(s))
        await s.until(lambda: len(s.api.called("pinChatMessage")) == 2)


async def test_a_group_in_which_the_bot_may_not_pin_has_its_board(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, board=OFTEN, run=False) as s:
        s.api.refuse("pinChatMessage", bad("not enough rights to manage pinned messages in the chat"))
        s.room.run(s.tasks)
        await s.until(lambda: board(s))
        await s.online("anna")
        await s.until(lambda: "Анна" in board(s))
        await s.settled()
        assert s.room.fault() is None


async def test_it_tells_who_wraps_up_and_until_when(sample: Content, tmp_path: Path) -> None:
    routing = replace(sample.desk.routing, wrap_up=timedelta(minutes=30))
    resting = replace(sample, desk=replace(sample.desk, routing=routing))
    async with stage(resting, tmp_path, board=OFTEN) as s:
        await s.online("anna", "olga")
        await s.talk(s.api.person("Boris", language="ru"), s.operator("anna"))
        await s.operator("anna").presses("close:1", to=s.group).answered()
        await s.until(lambda: "🟠 Анна 0/3 завершает дела до " in board(s))
        assert board(s).index("🟢 Ольга 0/4") < board(s).index("🟠 Анна"), "those with room first"
        s.operator("anna").says("/who", to=s.group)
        await s.until(lambda: len(s.group.reads()) > 1)
        assert "🟠 Анна 0/3 завершает дела до " in s.group.reads()[-1]
        await s.service.do(Declare("anna", Presence.ONLINE))
        await s.until(lambda: "🟢 Анна 0/3" in board(s))


async def test_each_group_has_the_queue_of_its_own_skills(sample: Content, tmp_path: Path) -> None:
    other = GROUP - 1
    skills = {**sample.desk.skills, "workshop": replace(sample.desk.skills["workshop"], chat=other)}
    async with BotApi() as api:
        workshop = api.group("Workshop", other)
        parted = replace(sample, desk=replace(sample.desk, skills=skills))
        async with stage(parted, tmp_path, board=OFTEN, api=api) as s:
            await s.wait_in_queue(s.api.person("Boris", language="ru"))
            await s.until(lambda: "Общие вопросы: в очереди 1" in board(s))
            await s.online("janis")
            await s.until(lambda: "Янис" in "".join(workshop.reads()[:1]))
            assert workshop.reads()[0].startswith("Очередь пуста.\n")
