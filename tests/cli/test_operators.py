"""`frontline operators …`: the team is changed from the command line, and each change is kept."""

import asyncio
import re
import shlex
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer

from bot.cli.operators import group
from bot.dialog.records import Changes, Duty
from bot.storage.storage import Storage
from bot.telegram.supervising import COMMANDS
from handoff.operators import Presence
from handoff.roster import Roster
from tests.bot_api import BotApi

DATABASE = "sqlite+aiosqlite:///frontline.db"


def lines(out):
    return {line.split("\t")[0]: line for line in out.splitlines() if "\t" in line}


def listed(frontline):
    status, out, _ = frontline("operators", "list")
    assert status == 0
    return lines(out)


async def _kept():
    async with Storage.open(DATABASE) as storage:
        await storage.upgrade()
        async with storage.work.read() as tx:
            return await tx.roster(), {each.operator: each for each in await tx.duties()}


async def _keep(changes):
    async with Storage.open(DATABASE) as storage:
        await storage.upgrade()
        async with storage.work.begin() as tx:
            await tx.save(changes)


def on_duty(who, capacity=None):
    now = datetime.now(UTC)
    asyncio.run(_keep(Changes(duties={who: Duty(who, Presence.ONLINE, now, now, capacity=capacity)})))


def test_operators_are_listed_and_invited(frontline):
    assert listed(frontline)["anna"] == (
        "anna\tAnna\toperator\toffline\tcapacity 3\tdelivery 1, general 0.8\tTelegram 1001\tdesk.yaml"
    )
    status, out, _ = frontline("operators", "invite", "anna")
    assert status == 0
    assert out.startswith("http://127.0.0.1:8080/desk?key=")
    assert len(out.splitlines()) == 1


def test_somebody_new_is_invited_with_everything_that_can_be_said(frontline):
    words = ("--name", "Мария", "--skills", "delivery=1,Общие вопросы=0.5", "--capacity", "5")
    status, out, _ = frontline("operators", "invite", "maria", *words, "--role", "supervisor", "--locales", "ru,en")
    assert (status, out[:31]) == (0, "http://127.0.0.1:8080/desk?key=")
    assert listed(frontline)["maria"] == (
        "maria\tМария\tsupervisor\toffline\tcapacity 5\tdelivery 1, general 0.5\tno Telegram\tjoined"
    )
    assert asyncio.run(_kept())[0].members["maria"].locales == ("ru", "en")


def test_somebody_new_without_skills_has_all_of_them_and_a_second_invitation_changes_nothing(frontline):
    frontline("operators", "invite", "zoe", "--name", "Zoe")
    before = listed(frontline)["zoe"]
    assert "general 1, delivery 1, workshop 1" in before
    assert frontline("operators", "invite", "Zoe")[0] == 0
    assert listed(frontline)["zoe"] == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("invite", "ann"), 'There is no operator "ann" (for somebody new, add --name); did you mean "anna"?'),
        (("invite", "мария", "--name", "x"), '"мария" cannot be an id; write letters without accents, digits, _ and .'),
        (("invite", "zoe", "--name", "Zoe", "--locales", "de"), 'The desk does not speak "de"; known are: en, lv, ru'),
        (
            ("invite", "zoe", "--name", "Zoe", "--skills", "generalz"),
            'There is no skill "generalz"; did you mean "general"?',
        ),
        (("invite", "zoe", "--name", "Zoe", "--skills", "general=x"), '"general=x" is not a list of skills; write it'),
        (("skills", "ann", "+general"), 'There is no operator "ann"; did you mean "anna"?'),
        (("skills", "anna", "general"), "Write +SKILL, +SKILL=0.5 or -SKILL for each change"),
        (("skills", "anna", "+general=2"), "general=2 is no level; write a number from 0 to 1."),
        (("capacity", "ann", "2"), 'There is no operator "ann"; did you mean "anna"?'),
        (("remove", "ann"), 'There is no operator "ann"; did you mean "anna"?'),
    ],
)
def test_what_cannot_be_meant_is_one_line_with_the_remedy_and_changes_nothing(frontline, words, told):
    status, out, err = frontline("operators", *words)
    assert (status, out) == (1, "")
    assert err.startswith(told)
    assert err.count("\n") == 1
    assert asyncio.run(_kept())[0] == Roster()


def test_skills_are_given_taken_shown_and_reset(frontline):
    status, out, _ = frontline("operators", "skills", "anna", "+workshop=0.5", "-general")
    assert (status, "\tdelivery 1, workshop 0.5\t" in out) == (0, True)
    assert frontline("operators", "skills", "Анна")[1] == out
    reset = frontline("operators", "skills", "anna", "--reset", "+workshop")[1]
    assert "\tdelivery 1, general 0.8, workshop 1\t" in reset
    assert listed(frontline)["anna"] == reset.rstrip("\n")


def test_a_capacity_goes_before_the_operator_s_own_until_desk_yaml_s_is_asked_for(frontline):
    frontline("operators", "list")
    on_duty("anna", capacity=1)
    assert "online\tcapacity 1 (own; the desk says 3)" in listed(frontline)["anna"]
    assert "\tcapacity 5\t" in frontline("operators", "capacity", "anna", "5")[1]
    assert "\tcapacity 3\t" in frontline("operators", "capacity", "anna")[1]
    assert "\tcapacity 2\t" in frontline("operators", "capacity", "olga", "2")[1]
    assert frontline("operators", "capacity", "anna", "0")[0] == 2


def test_whoever_is_removed_is_offline_and_comes_back_by_invitation(frontline):
    frontline("operators", "list")
    on_duty("anna", capacity=1)
    status, out, _ = frontline("operators", "remove", "Анна")
    assert (status, out) == (0, "Анна is off the team. On it: olga, janis, marta.\n")
    assert "anna" not in listed(frontline)
    frontline("operators", "remove", "olga")
    assert frontline("operators", "invite", "anna")[0] == 0
    assert "\toffline\tcapacity 3\t" in listed(frontline)["anna"]


def test_the_list_says_when_broadcast_is_on(frontline):
    asyncio.run(_keep(Changes(roster=Roster(broadcast=True))))
    assert "Broadcast is on" in frontline("operators", "list")[1]


@contextmanager
def _telegram():
    """The emulated Bot API, served by another thread while a command runs."""
    ready, done = threading.Event(), threading.Event()
    found = []

    async def serve():
        async with BotApi() as api:
            found.append(api)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait()
    try:
        yield found[0]
    finally:
        done.set()
        thread.join()


def test_with_telegram_there_is_a_link_to_the_bot_too(frontline, monkeypatch):
    with _telegram() as api:
        monkeypatch.setenv("FRONTLINE_TELEGRAM_TOKEN", api.token)
        monkeypatch.setenv("FRONTLINE_TELEGRAM_API", api.url)
        status, out, _ = frontline("operators", "invite", "anna")
    invitation = asyncio.run(_kept())[0].members["anna"].invitation
    assert status == 0
    assert out.splitlines()[1] == f"https://t.me/frontline_bot?start=join_{invitation.code}"
    assert len(f"join_{invitation.code}") <= 64
    assert timedelta(hours=23) < invitation.until - datetime.now(UTC) <= timedelta(hours=24)


def test_when_telegram_does_not_answer_the_code_is_told_all_the_same(frontline, monkeypatch):
    monkeypatch.setenv("FRONTLINE_TELEGRAM_TOKEN", "42:secret")
    monkeypatch.setenv("FRONTLINE_TELEGRAM_API", "http://127.0.0.1:9")
    status, out, _ = frontline("operators", "invite", "anna")
    invitation = asyncio.run(_kept())[0].members["anna"].invitation
    assert status == 0
    assert f"/start join_{invitation.code}" in out
    assert "42:secret" not in out


def test_the_page_about_operators_shows_every_command_as_it_works(frontline):
    page = (Path(__file__).parents[2] / "docs/team.md").read_text(encoding="utf-8")
    shown = [shlex.split(line) for line in re.findall(r"^    frontline (operators .+)$", page, re.MULTILINE)]
    assert {words[1] for words in shown} == set(typer.main.get_command(group).commands)
    for words in shown:
        assert (words, frontline(*words)[0]) == (words, 0)
    for command in COMMANDS:
        assert f"`/{command} " in page
