"""What is shown for an answer, in the corners: articles, what was found, long texts, buttons that fit every channel."""

from dataclasses import replace

from bot.dialog.acts import Refused
from bot.dialog.messages import ButtonKind
from intents.intent import Catalogue, Intent, Link
from intents.ranking import Candidate
from kb.article import Answer, Article
from tests.dialog.shop import SKILLS, buttons, content, desk, online, open_shop
from tests.dialog.wares import INTENTS, MEANINGS, Shelf, Words


async def test_who_switches_language_is_understood_in_it(tmp_path):
    class Picky(Words):
        def rank(self, text, locale, *, explain=False):
            found = super().rank(text, locale, explain=explain)
            return found if locale == (found.language or "en") else replace(found, candidates=())

    async with open_shop(tmp_path) as shop:
        shop.content = content(ranker=Picky())
        await shop.say("сколько")
        assert (await shop.last()).text == "It costs 3 по-русски"


async def test_the_bot_has_nothing_to_say_to_what_needs_no_answer(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("hm")
        assert [each.text for each in await shop.messages()] == ["hm"]


async def test_an_article_is_answered_with_and_its_absence_is_no_loss(tmp_path):
    async with open_shop(tmp_path) as shop:
        article = Intent("oil", {"en": "Oil"}, article="oil", handoff="never")
        lost = Intent("lost", {"en": "Lost words"}, article="none", handoff="never")
        catalogue = Catalogue({each.id: each for each in (article, lost, *INTENTS)})
        shelf = Shelf({"oil": Article("oil", "en", "Oil", "**Oil** it.")})
        shop.content = content(intents=catalogue, library=shelf)
        await shop.say("oil")  # means nothing to the matcher, and the shelf has only "Oil"
        shop.content = replace(shop.content, ranker=Pointing())
        await shop.say("to oil")
        last = await shop.last()
        assert (last.text, last.markdown) == ("Oil it.", "**Oil** it.")
        await shop.say("to lost")
        assert (await shop.last()).text == "Lost words"


class Pointing(Words):
    """Understands `to <intent>`."""

    def rank(self, text, locale, *, explain=False):
        intent = text.removeprefix("to ")
        known = MEANINGS | {text: ((intent, 0.9),)}
        return replace(super().rank(text, locale), candidates=tuple(Candidate(*each) for each in known[text]))


async def test_a_long_text_is_split_and_the_buttons_stand_under_the_last_part(tmp_path):
    async with open_shop(tmp_path) as shop:
        body = "\n\n".join(["word " * 500] * 4)
        shop.content = content(library=Shelf({"long": Article("long", "en", "long", body)}))
        await shop.say("a long story")
        await shop.press("article:long")
        parts = (await shop.messages())[3:]
        assert len(parts) > 2
        assert all(len(each.text) <= 4000 for each in parts)
        assert [bool(each.buttons) for each in parts] == [False] * (len(parts) - 1) + [True]


async def test_an_article_whose_id_fits_on_no_button_is_not_offered(tmp_path):
    async with open_shop(tmp_path) as shop:
        long = "д" * 29
        shop.content = content(library=Shelf({long: Article(long, "en", "chain", "Oil it.")}))
        await shop.say("about my chain")
        assert "did not understand" in (await shop.last()).text


async def test_an_answer_that_was_found_is_offered_as_its_intent(tmp_path):
    async with open_shop(tmp_path) as shop:
        chain = Article("chain", "en", "chain", "Oil it.")
        shop.content = content(library=Shelf({"chain": chain}, (Answer("cost", "en", "parcel", "It costs 3"),)))
        await shop.say("a chain in a parcel")
        assert await buttons(shop) == ["article:chain", "intent:cost", "none"]
        await shop.press("intent:cost")
        assert (await shop.last()).text == "It costs 3"


async def test_what_was_found_joins_an_unsure_clarification(tmp_path):
    async with open_shop(tmp_path) as shop:
        answers = (Answer("cost", "en", "delivery", "It costs 3"), Answer("hello", "en", "delivery", "Hello!"))
        shop.content = content(library=Shelf({"terms": Article("terms", "en", "delivery", "Terms.")}, answers))
        await shop.say("delivery")
        assert (await shop.last()).text.startswith("I want to be sure")
        assert await buttons(shop) == ["intent:cost", "intent:time", "article:terms", "intent:hello", "none"]


async def test_what_the_search_is_not_sure_of_is_not_shown(tmp_path):
    async with open_shop(tmp_path) as shop:
        shelf = Shelf({"terms": Article("terms", "en", "delivery", "Terms.")})
        shop.content = content(library=shelf, sure=0.95)
        await shop.say("delivery")
        assert await buttons(shop) == ["intent:cost", "intent:time", "none"]


async def test_a_text_is_searched_as_it_was_understood(tmp_path):
    class Recovering(Words):
        def rank(self, text, locale, *, explain=False):
            return replace(super().rank(text, locale), understood_as={"xtgm": "chain"}.get(text))

    async with open_shop(tmp_path) as shop:
        shelf = Shelf({"chain": Article("chain", "en", "chain", "Oil it.")})
        shop.content = content(library=shelf, ranker=Recovering())
        await shop.say("xtgm")
        assert await buttons(shop) == ["article:chain", "none"]


async def test_what_was_found_in_another_language_says_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=Shelf({"chain": Article("chain", "ru", "chain", "Смажьте её.")}))
        await shop.say("about my chain")
        assert (await shop.last()).buttons[0].label == "chain (Русский)"


async def test_an_article_that_is_for_operators_by_now_is_not_shown(tmp_path):
    async with open_shop(tmp_path) as shop:
        chain = Article("chain", "en", "chain", "Oil it.")
        shop.content = content(library=Shelf({"chain": chain}))
        await shop.say("about my chain")
        shop.content = content(library=Shelf({"chain": replace(chain, audience="operators")}))
        await shop.press("article:chain")
        assert "no longer valid" in (await shop.last()).text


async def test_every_button_fits_every_channel(tmp_path):
    async with open_shop(tmp_path) as shop:
        skills = SKILLS | {"s" * 59: replace(SKILLS["general"], id="s" * 59)}
        shop.content = desk(skills=skills)
        await online(shop, "anna")
        for text in ("cost", "delivery", "repair", "stop", "call me", "language", "message", "stop", "hello", "person"):
            await shop.say(text)
        await shop.say("person", "w")
        shown = [button for who in "vw" for message in await shop.messages(who) for button in message.buttons]
        assert len(shown) > 20
        assert all(0 < len(each.id.encode()) <= 64 and each.label for each in shown)
        assert "skill:delivery" in {each.id for each in shown}


async def test_a_link_is_no_button_to_press(tmp_path):
    async with open_shop(tmp_path) as shop:
        link = Intent("rates", {"en": "Rates"}, answer={"en": "See"}, buttons=(Link({"en": "Rates"}, "https://e.com"),))
        shop.content = content(intents=Catalogue({"rates": link}), ranker=Pointing())
        await shop.say("to rates")
        (button,) = [each for each in (await shop.last()).buttons if each.kind is ButtonKind.URL]
        assert button.url == "https://e.com"
        assert isinstance(await shop.press(button.id), Refused)
