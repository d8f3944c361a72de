"""Commands about who works here, and the invitation that makes somebody an operator."""

from datetime import timedelta

import pytest

from bot.dialog.operator_acts import Reskill, SetCapacity, SwitchBroadcast
from bot.dialog.records import Changes
from bot.telegram.enrolling import join_link
from bot.telegram.errors import UnreachableError
from handoff.roster import Invitation, Member
from tests.bot_api import BotApi
from tests.telegram.stage import stage


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("/capacity 5", SetCapacity("olga", 5)),
        ("/capacity", SetCapacity("olga", None)),
        ("/skills @anna +delivery=0,5 -general", Reskill("olga", "@anna", {"delivery": 0.5, "general": 0.0})),
        ("/skills Анна", Reskill("olga", "Анна", {})),
        ("/broadcast on", SwitchBroadcast("olga", True)),
        ("/broadcast OFF", SwitchBroadcast("olga", False)),
    ],
)
async def test_each_command_is_an_act(sample, tmp_path, words, act):
    async with stage(sample, tmp_path, scripted=True) as scene:
        scene.operator("olga").says(words, to=scene.group)
        assert await scene.told(1) == [act]


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("/capacity many", "/capacity 4"),
        ("/capacity -1", "/capacity 4"),
        ("/capacity 99999", "/capacity 4"),
        ("/skills", "/skills @оператор"),
        ("/skills +delivery", "/skills @оператор"),
        ("/skills anna +delivery=much", "/skills @оператор"),
        ("/broadcast", "/broadcast on или off"),
    ],
)
async def test_wrong_use_is_answered_with_the_right_form(sample, tmp_path, words, form):
    async with stage(sample, tmp_path, scripted=True) as scene:
        scene.operator("olga").says(words, to=scene.group)
        await scene.until(lambda: f"Правильно так: {form}" in str(scene.group.shows()))
        assert scene.acts == []


async def test_the_outcome_is_told_where_the_command_was_written(sample, tmp_path):
    async with stage(sample, tmp_path) as scene:
        scene.operator("olga").says("/skills Янис +Доставка=0.5", to=scene.group)
        await scene.until(lambda: "Янис: Мастерская 1, Общие вопросы 0.4, Доставка 0.5" in str(scene.group.shows()))
        assert scene.content.desk.operators["janis"].skills["delivery"] == 0.5
        scene.operator("anna").says("/broadcast on", to=scene.group)
        await scene.until(lambda: "только старший смены" in str(scene.group.shows()))
        scene.operator("anna").says("/capacity 1", to=scene.group)
        await scene.until(lambda: "до 1." in str(scene.group.shows()))


async def invite(scene, code="code", **more):
    """What `frontline operators invite` keeps for somebody new."""
    told = {"name": {"ru": "Мария"}, "skills": {"general": 1.0}, "locales": ("ru",), "joined": True} | more
    invitation = Invitation(code, scene.clock() + timedelta(days=1))
    async with scene.storage.work.begin(desk=True) as tx:
        roster = await tx.roster()
        await tx.save(Changes(roster=roster.with_member(Member("maria", invitation=invitation, **told))))
    async with scene.storage.work.read() as tx:
        scene.served.man(await tx.roster())


async def test_an_invitation_opened_in_private_makes_an_operator_and_no_conversation(sample, tmp_path):
    async with stage(sample, tmp_path) as scene:
        await invite(scene)
        maria = scene.api.person("Maria", 7001, "ru")
        maria.says("/start join_code")
        await scene.until(lambda: "Добро пожаловать в команду, Мария!" in str(maria.reads()))
        assert scene.content.desk.operators["maria"].telegram == 7001
        async with scene.storage.work.read() as tx:
            assert await tx.conversations([("telegram", "7001")]) == []
        maria.says("/online")
        await scene.until(lambda: "Вас нет в группе операторов" in str(maria.reads()))
        scene.group.admits(maria)
        maria.says("/online")
        await scene.until(lambda: "Вы в сети" in str(maria.reads()))
        boris = scene.api.person("Борис", 7002, "ru")
        boris.says("позовите оператора")
        await scene.until(lambda: maria.finds("accept:"))


async def test_an_invitation_opened_twice_or_too_late_says_so(sample, tmp_path):
    async with stage(sample, tmp_path) as scene:
        await invite(scene)
        scene.api.person("Maria", 7001, "ru").says("/start join_code")
        await scene.handled()
        other = scene.api.person("Other", 7003, "en")
        other.says("/start join_code")
        await scene.until(lambda: "used before" in str(other.reads()))
        other.says("/start join_strange")
        await scene.until(lambda: "not known" in str(other.reads()))
        await invite(scene, "second")
        scene.clock.ahead += timedelta(days=2)
        other.says("/start join_second")
        await scene.until(lambda: "expired" in str(other.reads()))
        assert 7003 not in {each.telegram for each in scene.content.desk.operators.values()}


async def test_a_customer_s_own_start_begins_a_talk_as_ever(sample, tmp_path):
    async with stage(sample, tmp_path) as scene:
        boris = scene.api.person("Борис", 7002, "ru")
        boris.says("/start join")
        await scene.until(boris.reads)
        async with scene.storage.work.read() as tx:
            assert len(await tx.conversations([("telegram", "7002")])) == 1


async def test_the_link_names_the_bot_and_carries_the_code():
    async with BotApi() as api:
        assert await join_link(api.token, api.url, "abc-_1") == "https://t.me/frontline_bot?start=join_abc-_1"
        with pytest.raises(UnreachableError) as told:
            await join_link("1:wrong", api.url, "abc")
        assert "1:wrong" not in str(told.value)
