"""Forms in the middle of a talk: what is asked again, what may be skipped, whose answer a press is."""

from bot.dialog.acts import SharedContact
from intents.intent import Catalogue, Field, Form, Intent, Option
from tests.dialog.shop import content, open_shop, sender
from tests.dialog.wares import named


async def test_a_required_answer_is_not_skipped_and_nothing_lies_before_the_first(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        await shop.press("choice:kind:0")
        await shop.say("It squeaks")
        await shop.press("form:back")
        await shop.press("form:skip")
        assert (await shop.last()).text == "What is wrong?"
        await shop.press("form:back")
        await shop.press("form:back")
        assert (await shop.last()).text == "Which kind?"


async def test_a_contact_that_fits_no_question_of_a_form_is_asked_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("status")
        await shop.do(SharedContact(sender(), "p", "37129123456", own=True))
        assert "order number" in (await shop.last()).text


async def test_a_form_that_ends_with_a_choice_is_done_by_a_press(tmp_path):
    async with open_shop(tmp_path) as shop:
        size = Field("size", named("Which size?"), "choice", options=(Option("m", named("M")), Option("l", named("L"))))
        frames = Intent("cost", named("Frames"), answer=named("We have it"), ask=("size",))
        shop.content = content(intents=Catalogue({"cost": frames}, {"size": Form("size", (size,))}))
        await shop.say("cost")
        await shop.press("choice:size:1")
        assert (await shop.last()).text == "We have it"
        assert dict((await shop.conversation()).talk.answers) == {"size": "L"}


async def test_an_option_answers_only_its_own_question(tmp_path):
    async with open_shop(tmp_path) as shop:
        options = (Option("a", named("A")), Option("b", named("B")))
        fields = tuple(Field(each, named(each), "choice", options=options) for each in ("one", "two"))
        form = Intent("cost", named("Form"), answer=named("Done"), ask=("form",))
        shop.content = content(intents=Catalogue({"cost": form}, {"form": Form("form", fields)}))
        await shop.say("cost")
        for _ in range(2):
            await shop.press("choice:one:0")
        assert (await shop.last()).text == "two"
        await shop.press("choice:two:1")
        assert dict((await shop.conversation()).talk.answers) == {"one": "A", "two": "B"}
