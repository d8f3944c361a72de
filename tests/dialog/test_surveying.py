"""Whoever keeps the content in order is told when the files on disk cannot be served, and when they can again."""

from dataclasses import replace

from bot.dialog.acts import Done, Surveyed
from bot.dialog.content import Served
from bot.dialog.orders import Notice
from tests.dialog.shop import DESK, OPERATORS, Crowd, content, open_shop

LONG = "intents/a.yaml:1: " + "x" * 500


async def told(shop, *faults, at="group:"):
    before = len(await shop.orders(at))
    assert await shop.do(Surveyed(faults)) == Done()
    (notice,) = (await shop.orders(at))[before:]
    assert isinstance(notice, Notice)
    return notice


async def test_the_faults_are_named_and_the_rest_is_counted(tmp_path):
    async with open_shop(tmp_path) as shop:
        faults = [f"intents/a.yaml:{line}: it is wrong" for line in range(1, 8)]
        notice = await told(shop, *faults)
        first, *named, rest = notice.text.splitlines()
        assert "the version before it goes on serving" in first
        assert "7" in first
        assert named == faults[:5]
        assert rest == "…and 2 more; `frontline check` lists them all."
        assert not notice.over
        short = await told(shop, faults[0])
        assert short.text.splitlines()[1:] == faults[:1]


async def test_a_long_fault_is_cut(tmp_path):
    async with open_shop(tmp_path) as shop:
        line = (await told(shop, LONG)).text.splitlines()[1]
        assert line == f"{LONG[:300]}…"


async def test_that_all_is_well_again_ends_the_matter(tmp_path):
    async with open_shop(tmp_path) as shop:
        notice = await told(shop)
        assert (notice.over, notice.text) == (True, "The content is good again and in use.")


async def test_it_is_said_in_the_first_supervisor_s_language_else_in_the_desk_s(tmp_path):
    async with open_shop(tmp_path) as shop:
        people = {**OPERATORS, "vera": replace(OPERATORS["olga"], id="vera", role="supervisor", locales=("lv", "en"))}
        shop.content = content(desk=replace(DESK, operators=people))
        assert (await told(shop)).text.startswith("Saturs atkal ir kārtībā")
        shop.content = content(desk=replace(DESK, operators={"olga": replace(OPERATORS["olga"], role="supervisor")}))
        assert (await told(shop)).text.startswith("The content is good")


async def test_without_a_common_room_the_first_skill_s_is_told(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.service._tools = replace(shop._tools, operators_venue=lambda _desk, skill: skill and f"group:{skill}")
        assert (await told(shop, "a fault", at="group:general")).subject == "content"


async def test_audiences_hear_that_the_content_was_renewed(tmp_path):
    async with open_shop(tmp_path) as shop:
        crowd = Crowd()
        shop.service.attend(crowd)
        shop.service.renewed()
        assert [(each.content, each.desk) for each in crowd.heard] == [(True, True)]


def test_what_is_served_and_what_keeps_the_files_from_it_stand_together():
    served = Served(content())
    assert served() is served.content
    assert served.remarks() == {}
    served.faults = ("intents/a.yaml:1: it is wrong",)
    assert served.remarks() == {"content": "the files have 1 error; version 1 is served"}
