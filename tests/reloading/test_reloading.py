"""What was saved is served; what cannot be served is told; whoever waits and serves is brought in line with it."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.acts import Act, Outcome, Surveyed, Swept
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.operator_acts import Accept, Declare
from bot.reloading import Reloader
from bot.workspace.verdict import Verdict
from bot.workspace.watchman import Watchman
from handoff.operators import Presence
from handoff.ticket import Offered, Queued
from tests.patience import PATIENCE
from tests.reloading.stage import Stage, stage
from tests.reloading.workspaces import DESK, QUESTION, intents, make


def write(s: Stage, mark: int) -> None:
    s.file.write_text(intents(mark), encoding="utf-8")


def spoil(s: Stage, *lines: str) -> None:
    s.file.write_text(intents(0) + "".join(f"{line}: x\n" for line in lines), encoding="utf-8")


async def test_a_save_is_live_and_what_was_there_before_is_gone(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.start()
        write(s, 1)
        await s.until(lambda: s.mark == 1)
        answer = await s.answer(await s.ask("boris", QUESTION), "boris")
        assert answer.text == "It costs v1."
        assert s.figures.registry.get_sample_value("frontline_content_version", {"version": s.served().version}) == 1
        assert b"frontline_content_bad 0.0" in s.figures.render()


async def test_what_changed_before_anybody_watched_is_live_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        write(s, 1)
        s.start()
        await s.until(lambda: s.mark == 1)


async def test_a_bad_save_changes_nothing_and_is_told_in_the_log_and_to_the_supervisors(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(tmp_path) as s:
        s.start()
        before = s.served()
        spoil(s, *(f"mistake_{number}" for number in range(7)))
        await s.until(lambda: s.served.faults)
        assert s.served() is before
        assert s.served.remarks()["content"].startswith("the files have 7 errors")
        assert f"{s.file}:17: error: " in caplog.text
        assert f"content {before.version} goes on" in caplog.text
        assert b"frontline_content_bad 1.0" in s.figures.render()
        told = (await s.noticed(lambda told: told and not told[-1].over))[-1]
        assert told.text.splitlines()[1].startswith("intents/talk.yaml:17: ")
        assert "and 2 more" in told.text
        assert str(tmp_path) not in told.text

        write(s, 0)  # as it was
        await s.until(lambda: not s.served.faults)
        assert s.served() is before
        assert (await s.noticed(lambda told: told[-1].over))[-1].text == "The content is good again and in use."
        assert (s.reloads("bad"), s.reloads("good")) == (1, 0)


async def test_who_saves_every_second_floods_nobody(tmp_path: Path) -> None:
    async with stage(tmp_path, pace=3600) as s:
        s.start()
        for number in range(3):
            spoil(s, f"mistake_{number}")
            await s.until(lambda number=number: f"mistake_{number}" in str(s.served.faults))
            write(s, number)
            await s.until(lambda: not s.served.faults)
        notices = await s.notices()
        assert [each.over for each in notices] == [True, False]
        assert "mistake_0" in notices[1].text


async def test_whoever_waits_is_offered_to_whoever_may_serve_them_now(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.start()
        await s.do(Declare("anna", Presence.ONLINE))
        (s.folder / "handoff/desk.yaml").write_text(
            DESK.replace("general: 1.0", "other: 1.0").replace(
                "  general: {title: General, hours: always}\n",
                "  general: {title: General, hours: always}\n  other: {title: Other, hours: always}\n",
            ),
            encoding="utf-8",
        )
        await s.until(lambda: "other" in s.served().desk.skills)
        await s.ask("boris", "operator please")
        await s.press("boris", "wait")
        (ticket,) = await s.tickets()
        assert isinstance(ticket.state, Queued)
        (s.folder / "handoff/desk.yaml").write_text(DESK, encoding="utf-8")
        await s.ticketed(lambda tickets: isinstance(tickets[0].state, Offered) and tickets[0].operator == "anna")


async def test_talks_of_an_operator_who_is_no_longer_on_the_team_go_on_with_another(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.start()
        await s.do(Declare("anna", Presence.ONLINE))
        await s.ask("boris", "operator please")
        (ticket,) = await s.tickets()
        await s.do(Accept("anna", ticket.number))
        await s.do(Declare("olga", Presence.ONLINE))
        desk = "".join(line for line in DESK.splitlines(keepends=True) if "anna" not in line)
        (s.folder / "handoff/desk.yaml").write_text(desk, encoding="utf-8")
        await s.ticketed(lambda tickets: tickets[0].operator == "olga")


async def test_without_a_watch_the_signal_is_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with stage(tmp_path, watch="off") as s:
        caplog.set_level("INFO")
        s.start()
        await s.noticed(lambda told: told)
        write(s, 1)
        os.kill(os.getpid(), signal.SIGHUP)
        await s.until(lambda: s.mark == 1)
        os.kill(os.getpid(), signal.SIGHUP)
        await s.eventually(lambda: "is served, as before" in caplog.text)


async def test_the_signal_has_a_bad_save_told_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with stage(tmp_path) as s:
        s.start()
        spoil(s, "mistake")
        await s.until(lambda: s.served.faults)
        os.kill(os.getpid(), signal.SIGHUP)
        await s.until(lambda: s.reloads("bad") == 2)


async def test_a_watchman_that_was_killed_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reloading.AGAIN", 0.01)
    async with stage(tmp_path) as s:
        s.start()
        write(s, 1)
        await s.until(lambda: s.mark == 1)
        process: Any = s.reloader._watchman
        os.kill(process._process.pid, signal.SIGKILL)
        write(s, 2)
        await s.until(lambda: s.mark == 2)


async def test_a_link_that_leads_elsewhere_is_a_save(tmp_path: Path) -> None:
    make(tmp_path / "one", 1)
    make(tmp_path / "two", 2)
    (tmp_path / "current").symlink_to("one")
    async with stage(tmp_path, workspace=tmp_path / "current") as s:
        s.start()
        assert s.mark == 1
        (tmp_path / "next").symlink_to("two")
        (tmp_path / "next").replace(tmp_path / "current")
        await s.until(lambda: s.mark == 2)
        (tmp_path / "two/intents/talk.yaml").write_text(intents(3), encoding="utf-8")
        await s.until(lambda: s.mark == 3)


async def test_a_folder_that_goes_and_comes_back_is_followed(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.start()
        s.folder.rename(tmp_path / "away")
        await s.until(lambda: s.served.faults)
        assert s.mark == 0
        (tmp_path / "away").rename(s.folder)
        await s.until(lambda: not s.served.faults)
        write(s, 1)
        await s.until(lambda: s.mark == 1)


async def test_a_cache_that_cannot_be_written_keeps_nobody_from_reloading(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    async with stage(tmp_path, cache=tmp_path / "file/cache") as s:
        s.start()
        write(s, 1)
        await s.until(lambda: s.mark == 1)


@pytest.mark.parametrize("kind", [Swept, Surveyed])
async def test_what_the_database_did_not_take_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Act]
) -> None:
    monkeypatch.setattr("bot.reloading.AGAIN", 0.01)
    refusals = [StoreUnavailableError("it sleeps"), StoreUnavailableError("it sleeps")]
    done: list[Act] = []
    async with stage(tmp_path) as s:
        handled = s.service.do

        async def asleep(act: Act) -> Outcome:
            if isinstance(act, kind) and refusals:
                raise refusals.pop()
            done.append(act)
            return await handled(act)

        monkeypatch.setattr(s.service, "do", asleep)
        s.start()
        write(s, 1)
        await s.until(lambda: s.mark == 1)
        await s.eventually(lambda: any(isinstance(act, kind) for act in done))
        assert not refusals


async def test_what_has_changed_since_it_was_judged_is_not_served(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        before = s.served()
        write(s, 1)
        await s.reloader._act_on(Verdict("of an earlier save"), tmp_path / "cache")
        spoil(s, "mistake")
        await s.reloader._act_on(Verdict("of an earlier save"), tmp_path / "cache")
        assert s.served() is before


async def test_a_watchman_that_talks_nonsense_or_cannot_start_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.reloading.AGAIN", 0.0)
    troubles = [OSError("no memory"), ValueError("no verdict: Hello")]

    async def troubled(watchman: Watchman) -> Any:
        if troubles:
            raise troubles.pop()
        async for verdict in verdicts(watchman):
            yield verdict

    verdicts = Watchman.verdicts
    monkeypatch.setattr(Watchman, "verdicts", troubled)
    async with stage(tmp_path) as s:
        s.start()
        write(s, 1)
        await s.until(lambda: s.mark == 1)
    assert "no verdict: Hello" in caplog.text
    assert "no memory" in caplog.text


async def test_content_that_cannot_be_loaded_after_all_leaves_the_old_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise MemoryError("no more")

    async with stage(tmp_path) as s:
        before = s.served()
        monkeypatch.setattr("bot.reloading.content_of", full)
        s.start()
        write(s, 1)
        await s.until(lambda: s.served.faults)
        assert s.served() is before
        assert "MemoryError: no more" in str(s.served.faults)
        assert "cannot be loaded" in caplog.text
        monkeypatch.undo()
        write(s, 2)
        await s.until(lambda: s.mark == 2)
        assert not s.served.faults


async def test_what_goes_wrong_after_the_content_is_in_use_leaves_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def tired(self: Reloader) -> None:
        raise ZeroDivisionError

    async with stage(tmp_path) as s:
        monkeypatch.setattr(Reloader, "_sweep", tired)
        s.start()
        for mark in (1, 2):
            write(s, mark)
            await s.until(lambda mark=mark: s.mark == mark)
        assert not s.served.faults
        assert "is not brought into use" in caplog.text


async def test_closing_the_terminal_stops_and_is_no_wish_to_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, stopped = [True], asyncio.Event()
    monkeypatch.setattr("bot.reloading._has_terminal", lambda: bool(terminal))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with stage(tmp_path, watch="off") as s:
        s.start()
        await s.noticed(lambda told: told)
        write(s, 1)
        os.kill(os.getpid(), signal.SIGHUP)
        await s.until(lambda: s.mark == 1)
        assert not stopped.is_set()
        terminal.clear()
        os.kill(os.getpid(), signal.SIGHUP)
        async with asyncio.timeout(PATIENCE):
            await stopped.wait()
    asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
