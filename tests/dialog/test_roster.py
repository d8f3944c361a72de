"""Who works here changes while the product runs, and the floor is served by it at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.acts import Done, Refused, Swept
from bot.dialog.operator_acts import (
    Accept,
    Dismiss,
    Enlist,
    Reskill,
    SetCapacity,
    SwitchBroadcast,
)
from bot.dialog.records import Changes
from handoff.operators import Presence
from handoff.roster import MOST, Invitation, Member, Roster
from handoff.ticket import Active, Offered, Queued
from tests.dialog.shop import DESK, OPERATORS, Crowd, desk, online, open_shop
from tests.dialog.wares import named

BOSS = replace(OPERATORS["olga"], role="supervisor", locales=("en",))
TEAM = desk(operators={"anna": OPERATORS["anna"], "olga": BOSS})
DAY = timedelta(days=1)


async def keep(shop, *members, broadcast=False):
    """What a command in another process writes."""
    async with shop.storage.work.begin(desk=True) as tx:
        await tx.save(Changes(roster=Roster({each.operator: each for each in members}, broadcast)))


async def roster(shop):
    async with shop.read() as tx:
        return await tx.roster()


async def duty(shop, who):
    async with shop.read() as tx:
        return next(each for each in await tx.duties() if each.operator == who)


def maria(shop, **more):
    told = {"skills": {"general": 1.0}, "joined": True, "invitation": Invitation("code", shop.now + DAY)} | more
    return Member("maria", **told)


def enlist(code="code", telegram=77, **more):
    return Enlist(code, telegram, f"telegram:{telegram}", **more)


async def test_an_operator_s_own_capacity_is_kept_until_it_is_reset(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        assert await shop.do(SetCapacity("anna", 5)) == Done(text="From now on you take up to 5 at once.")
        assert (await duty(shop, "anna")).capacity == 5
        assert await shop.do(SetCapacity("anna", None)) == Done(text="As the desk says again: up to 2 at once.")
        assert (await duty(shop, "anna")).capacity is None


@pytest.mark.parametrize("wrong", [0, -1, MOST + 1])
async def test_a_capacity_that_nobody_has_is_refused(tmp_path, wrong):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        assert await shop.do(SetCapacity("anna", wrong)) == Refused("unsupported", f"From 1 to {MOST} tickets at once.")
        assert (await duty(shop, "anna")).capacity is None


async def test_a_new_skill_is_served_at_once_and_kept(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        await online(shop, "anna")
        for word in ("repair", "city", "broken"):
            await shop.say(word)
        await shop.press("form:skip")
        await shop.press("wait")
        ticket = (await shop.tickets())[0]
        assert (ticket.skill, ticket.state) == ("workshop", Queued())
        done = await shop.do(Reskill("olga", "Anna", {"workshop": 0.5}))
        assert done == Done(text="Anna: General 1, Delivery 1, Workshop 0.5.")
        assert (await shop.ticket(ticket.number)).operator == "anna"
        assert (await roster(shop)).members["anna"].skills == {"workshop": 0.5}


async def test_an_offer_of_a_lost_skill_is_withdrawn_and_others_stay(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        await online(shop, "anna")
        await shop.say("person", "v")
        await shop.say("person", "w")
        await shop.do(Accept("anna", 1))
        assert isinstance((await shop.ticket(2)).state, Offered)
        lost = await shop.do(Reskill("olga", "anna", {"general": 0, "delivery": 0}))
        assert lost == Done(text="Anna has no skill now and is offered nothing.")
        assert (await shop.ticket(2)).state == Queued()
        assert (await shop.ticket(1)).state == Active("anna")


async def test_without_changes_a_supervisor_is_told_how_things_stand(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        assert await shop.do(Reskill("olga", "anna", {})) == Done(text="Anna: General 1, Delivery 1.")
        assert await roster(shop) == Roster()


async def test_a_level_outside_of_its_bounds_is_refused(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        outcome = await shop.do(Reskill("olga", "anna", {"general": 1.5}))
        assert outcome == Refused("unsupported", "A level is a number from 0 to 1, for example +general=0.5.")
        assert (await roster(shop)) == Roster()


@pytest.mark.parametrize(
    ("whom", "skill", "text"),
    [
        ("ana", "general", 'There is nobody called "ana" on the team. There is: Anna (@anna).'),
        ("zzz", "general", 'There is nobody called "zzz" on the team. There is: Anna (@anna), Olga (@olga).'),
        ("anna", "generalz", 'There is no skill "generalz". There is: General (general).'),
        (
            "anna",
            "zzz",
            'There is no skill "zzz". There is: General (general), Delivery (delivery), Workshop (workshop).',
        ),
    ],
)
async def test_a_wrong_name_is_answered_with_the_nearest(tmp_path, whom, skill, text):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        assert await shop.do(Reskill("olga", whom, {skill: 1.0})) == Refused("not_found", text)


async def test_only_a_supervisor_changes_the_team(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        for act in (Reskill("anna", "olga", {"general": 0}), SwitchBroadcast("anna", True), Dismiss("anna", "olga")):
            assert await shop.do(act) == Refused("unauthorized", "Only a supervisor may do this.")
        stranger = await shop.do(Dismiss("stranger", "olga"))
        assert stranger == Refused("unauthorized", "You are not on the team here. Ask the admin for an invitation.")
        assert await roster(shop) == Roster()


async def test_broadcast_stays_on_over_a_restart_until_it_is_off(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        crowd = Crowd()
        shop.service.attend(crowd)
        on = await shop.do(SwitchBroadcast("olga", True))
        assert on.text.startswith("Broadcast is on")
        assert crowd.heard[-1].roster == Roster(broadcast=True)
        assert crowd.heard[-1].content
        shop.restart()
        assert (await roster(shop)).broadcast
        off = await shop.do(SwitchBroadcast("olga", False))
        assert off.text.startswith("Broadcast is off")
        assert not (await roster(shop)).broadcast


async def test_switching_off_tells_the_truth_when_the_file_says_broadcast(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM.desk.operators, routing=replace(DESK.routing, strategy="broadcast"))
        assert (await shop.do(SwitchBroadcast("olga", False))).text.startswith("Broadcast is on")


async def test_who_is_dismissed_comes_back_by_invitation_only_and_offline(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = TEAM
        await online(shop, "anna", "olga")
        await shop.do(SetCapacity("anna", 7))
        gone = await shop.do(Dismiss("olga", "Anna"))
        assert gone == Done(text="Anna is off the team; what they had is back in the queue.")
        member = (await roster(shop)).members["anna"]
        assert member.removed
        await keep(shop, replace(member, removed=False))
        await shop.say("person")
        assert (await shop.tickets())[0].operator == "olga"
        assert ((await duty(shop, "anna")).presence, (await duty(shop, "anna")).capacity) == (Presence.OFFLINE, None)


async def test_an_invitation_makes_an_account_an_operator_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await keep(shop, maria(shop, name={"en": "Maria"}))
        welcome = await shop.do(enlist())
        assert welcome.text.startswith("Welcome to the team, Maria! Your skills: General 1.")
        member = (await roster(shop)).members["maria"]
        assert (member.telegram, member.invitation.used) == (77, True)
        assert (await duty(shop, "maria")).private_chat == "telegram:77"
        assert await shop.do(enlist()) == Done(text="You are on the team already, Maria.")
        await online(shop, "maria")
        await shop.say("person")
        assert (await shop.tickets())[0].operator == "maria"


async def test_somebody_invited_without_a_name_is_called_as_their_account(tmp_path):
    async with open_shop(tmp_path) as shop:
        await keep(shop, maria(shop, skills={}))
        welcome = await shop.do(enlist(name="Мария К."))
        assert welcome.text.startswith("Welcome to the team, Мария К.! Your skills: -.")


async def test_an_operator_of_the_file_keeps_the_name_there(tmp_path):
    async with open_shop(tmp_path) as shop:
        await keep(shop, Member("olga", invitation=Invitation("code", shop.now + DAY)))
        welcome = await shop.do(enlist(name="Somebody"))
        assert welcome.text.startswith("Welcome to the team, Olga!")
        assert (await roster(shop)).members["olga"].name is None


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_an_invitation_that_does_not_work_says_why(tmp_path, language):
    async with open_shop(tmp_path) as shop:
        told = {
            "en": ("not known", "used before", "expired"),
            "ru": ("Такого приглашения нет", "использовано", "истёк"),
        }
        await keep(
            shop,
            maria(shop, name=named("Maria"), telegram=5, invitation=Invitation("used", shop.now + DAY, used=True)),
            Member("anna", invitation=Invitation("late", shop.now)),
            Member("gone", joined=True, removed=True, invitation=Invitation("gone", shop.now + DAY)),
        )
        for code, why in zip(("strange", "used", "late"), told[language], strict=True):
            outcome = await shop.do(enlist(code, language=language))
            assert isinstance(outcome, Refused)
            assert why in outcome.text
        assert told[language][0] in (await shop.do(enlist("gone", language=language))).text
        assert (await roster(shop)).members["anna"].telegram is None


async def test_an_account_that_is_somebody_s_already_is_not_taken_over(tmp_path):
    async with open_shop(tmp_path) as shop:
        await keep(shop, maria(shop), Member("anna", telegram=77))
        outcome = await shop.do(enlist())
        assert isinstance(outcome, Refused)
        assert "belongs to Anna" in outcome.text
        assert not (await roster(shop)).members["maria"].invitation.used


async def test_what_another_process_changed_is_known_to_whoever_decides_about_the_desk(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await keep(shop, Member("anna", removed=True))
        assert isinstance(await shop.do(SetCapacity("anna", 3)), Refused)
        await shop.do(Swept())
        assert (await shop.ticket(1)).operator == "olga"


async def test_an_offer_to_somebody_removed_elsewhere_lapses_in_peace(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await keep(shop, Member("anna", removed=True))
        shop.now += timedelta(minutes=2)
        assert await shop.ring("offer", 1) == Done()
        assert (await shop.ticket(1)).state == Queued()
