"""Menus: what each may do, in their language."""

from dataclasses import replace
from pathlib import Path

from bot.dialog.content import Content
from intents.intent import Action
from tests.bot_api.refusals import bad
from tests.telegram.stage import GROUP, stage

OLGA = f"chat_member/{GROUP}/1002"


def names(menu: list[dict[str, str]]) -> set[str]:
    return {each["command"] for each in menu}


async def test_supervisors_see_more_than_operators(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.until(lambda: f"{OLGA}:lv" in s.api.commands)
        everybody, hers = s.api.commands["all_group_chats:"], s.api.commands[f"{OLGA}:"]
        assert names(hers) - names(everybody) == {"assign", "skills", "broadcast"}
        assert names(everybody) < names(hers)
        assert [each for each in s.api.commands if each.startswith("chat_member")] == [
            f"{OLGA}:{language}" for language in ("", "en", "lv")
        ]


async def test_a_menu_is_in_the_language_of_who_reads_it(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.until(lambda: f"{OLGA}:lv" in s.api.commands)
        for language, words in (("", "Отложить"), ("en", "Wait for the customer"), ("lv", "Atlikt")):
            menu = s.api.commands[f"all_group_chats:{language}"]
            assert next(each["description"] for each in menu if each["command"] == "hold").startswith(words)


async def test_who_supervises_no_more_has_the_menu_of_everybody(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.until(lambda: f"{OLGA}:lv" in s.api.commands)
        desk = s.content.desk
        operators = {**desk.operators, "olga": replace(desk.operators["olga"], role="operator")}
        s.served.content = replace(s.content, desk=replace(desk, operators=operators))
        s.service.renewed()
        await s.until(lambda: not any(each.startswith("chat_member") for each in s.api.commands))
        assert "all_group_chats:" in s.api.commands


async def test_a_supervisor_who_is_not_in_the_group_keeps_nobody_from_a_menu(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, run=False) as s:
        s.api.refuse("setMyCommands", bad("PARTICIPANT_ID_INVALID"), times=4)
        s.room.run(s.tasks)
        await s.until(lambda: f"{OLGA}:lv" in s.api.commands)


async def test_customers_see_what_the_workspace_can_do(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await s.until(lambda: f"{OLGA}:lv" in s.api.commands)
        menu = s.api.commands["all_private_chats:en"]
        assert [(each["command"], each["description"]) for each in menu] == [
            ("start", "Begin"),
            ("language", "Change the language"),
            ("cancel", "Cancel"),
        ]
        intents = {name: each for name, each in sample.intents.intents.items() if each.action is not Action.CANCEL}
        s.served.content = replace(s.content, intents=replace(sample.intents, intents=intents))
        s.service.renewed()
        await s.until(lambda: names(s.api.commands["all_private_chats:"]) == {"start", "language"})


async def test_an_operator_who_has_met_the_bot_sees_in_private_what_works_there(
    sample: Content, tmp_path: Path
) -> None:
    async with stage(sample, tmp_path) as s:
        olga, marta = s.operator("olga"), s.operator("marta")
        for each in (olga, marta):
            each.says("/start")
        await s.until(lambda: f"chat/{olga.id}:" in s.api.commands and f"chat/{marta.id}:" in s.api.commands)
        hers, theirs = s.api.commands[f"chat/{olga.id}:"], s.api.commands[f"chat/{marta.id}:"]
        assert names(hers) - names(theirs) == {"skills", "broadcast"}
        assert "queue" in names(theirs)
        assert not names(theirs) & {"close", "hold", "assign", "note"}
        assert {each["description"] for each in theirs if each["command"] == "offline"} == {"Beigt darbu"}
