"""`frontline report callbacks`: from promises that were kept or not to a figure."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialog.acts import Pressed, Sender, Wrote
from bot.dialog.buttons import slot_id
from bot.dialog.operator_acts import Declare, Take
from bot.rehearsal.stage import open_stage
from handoff.operators import Presence

CLOCK = datetime(2025, 5, 5, 9, 0, tzinfo=UTC)  # noon in Riga
MAY = ("--from", "2025-05-05", "--to", "2025-05-05")


@pytest.fixture
def kept(sample, tmp_path):
    """Three promises for one o'clock: one kept, one never, one cancelled."""

    async def play():
        async with open_stage(sample, tmp_path / "frontline.db", CLOCK) as stage:
            for who in "abc":
                sender = Sender("widget", who, conversation=who)
                await stage.do(Wrote(sender, f"{who}1", "перезвоните мне", stage.now))
                await stage.do(Pressed(sender, f"{who}2", slot_id(stage.now + timedelta(hours=1 if who < "c" else 2))))
            await stage.do(Pressed(Sender("widget", "c", conversation="c"), "c3", "unbook"))
            await stage.move(CLOCK + timedelta(hours=1))
            await stage.do(Declare("anna", Presence.ONLINE))
            await stage.do(Take("anna", 1))
            await stage.move(CLOCK + timedelta(hours=2))

    asyncio.run(play())


def test_the_share_of_promises_kept_on_time_is_told_by_skill(frontline, kept):
    status, out, _ = frontline("report", "callbacks", *MAY)
    assert status == 0
    assert [line.split() for line in out.splitlines()] == [
        ["skill", "promised", "kept", "late", "missed", "withdrawn", "open", "share"],
        ["general", "3", "1", "0", "1", "1", "0", "50.0%"],
    ]


def test_machines_get_csv_or_json(frontline, kept):
    assert frontline("report", "callbacks", *MAY, "--format", "csv")[1] == (
        "skill,promised,kept,late,missed,withdrawn,open,share\ngeneral,3,1,0,1,1,0,0.5000\n"
    )
    [row] = json.loads(frontline("report", "callbacks", *MAY, "--format", "json")[1])
    assert row == {
        "skill": "general",
        "promised": 3,
        "kept": 1,
        "late": 0,
        "missed": 1,
        "withdrawn": 1,
        "open": 0,
        "share": 0.5,
    }


def test_days_without_promises_say_so(frontline, kept):
    out = frontline("report", "callbacks", "--from", "2025-05-06", "--to", "2025-05-07")[1]
    assert out == "No callback was promised for these days.\n"


def test_what_is_wrong_is_one_line_with_the_remedy(frontline, tmp_path):
    assert frontline("report", "callbacks", "--from", "may", "--to", "2025-05-07") == (
        1,
        "",
        '"may" is not a day; write it as 2026-05-01\n',
    )
    assert "frontline run" in frontline("report", "callbacks", *MAY)[2]
    (tmp_path / "frontline.db").touch()
    assert "not current" in frontline("report", "callbacks", *MAY)[2]
