"""A sound workspace is linted: what customers would stumble over is named, with its place and its remedy."""

from datetime import date

import pytest

from bot.workspace.lint import lint
from bot.workspace.loading import survey

TODAY = date(2026, 3, 1)
DESK = "locales: [en, ru]\nskills:\n  general: {title: {en: Help, ru: Помощь}}\noperators:\n  - {id: anna}\n"
INTENTS = """\
intents:
  - id: price
    title: {en: Price, ru: Цена}
    examples:
      en: [how much is it, what does it cost, price please, is it dear, what do you charge]
      ru: [сколько стоит, почём это, цена какая, дорого ли, за сколько отдадите]
    article: price
  - id: hours
    title: {en: Hours, ru: Часы}
    examples:
      en: [when are you open, opening times, are you open now, until when, when do you close]
      ru: [когда открыто, во сколько закрываетесь, вы работаете сейчас, до скольких, режим работы]
    answer: {en: Always., ru: Всегда.}
"""
ARTICLE = "---\ntitle: {}\n---\n{}\n"


@pytest.fixture
def shop(tmp_path):
    files = {
        "handoff/desk.yaml": DESK,
        "intents/a.yaml": INTENTS,
        "kb/en/price.md": ARTICLE.format("Price", "It is free."),
        "kb/ru/price.md": ARTICLE.format("Цена", "Даром."),
    }

    def found(quick=True, **changed):
        for name, text in (files | {name.replace("__", "/"): text for name, text in changed.items()}).items():
            path = tmp_path / {"desk": "handoff/desk.yaml", "intents": "intents/a.yaml"}.get(name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        workspace = survey(tmp_path, TODAY)
        return [str(each).replace(f"{tmp_path}/", "") for each in sorted(lint(tmp_path, workspace, quick=quick))]

    return found


def test_a_workspace_in_order_is_left_alone(shop):
    assert shop() == []


def test_the_sample_is_clean():
    assert [str(each) for each in lint(None, survey(None, TODAY), quick=True)] == []


TWIN = """\
  - id: cost
    title: {en: Cost, ru: Стоимость}
    examples:
      en: [how much is this thing, what might it cost me, the price if you please, is it very dear, what you charge us]
      ru: [сколько стоит это всё, почём это у вас, цена у вас какая, дорого ли выйдет, за сколько вы отдадите]
    answer: {en: Five., ru: Пять.}
"""


def test_the_thorough_lint_asks_the_matcher(shop):
    assert not any("overlap" in each for each in shop(intents=INTENTS + TWIN))
    assert any("[intents-overlap]" in each for each in shop(quick=False, intents=INTENTS + TWIN))


def test_a_file_that_nobody_reads_is_named_with_what_would_be_read(shop):
    ignored = {"intents/README.md": "x", "tests/.old.yaml": "x", "tests/a.yml": "x", "kb/en/photo.svg": "x"}
    said, of_word = shop(**ignored, **{"kb/en/cost.txt": "x", "kb/en/price.docx": "x"})
    assert of_word.startswith("kb/en/price.docx:1: warning: nobody reads this file")
    assert said.startswith("kb/en/cost.txt:1: warning: nobody reads this file; in kb/ it is kb/<locale>/**/*.md")


def test_an_article_that_neither_an_intent_nor_a_search_leads_to_is_unreachable(shop):
    found = shop(
        **{
            "kb/en/about.md": ARTICLE.format("???", "Founded in 1998."),
            "kb/ru/about.md": ARTICLE.format("???", "С 1998 года."),
        }
    )
    remedy = "name it as the `article` of an intent, or give it a title in customers' words [unreachable-article]"
    said = "no intent names this article, and a search for its title does not find it"
    assert found == [f"kb/{locale}/about.md:2: warning: {said}; {remedy}" for locale in ("en", "ru")]


def test_an_article_that_an_intent_names_needs_no_search(shop):
    assert shop(**{"kb/en/price.md": ARTICLE.format("???", "It is free.")}) == []


def test_an_article_that_a_search_finds_or_that_is_for_operators_is_in_order(shop):
    assert (
        shop(
            **{
                "kb/en/chain.md": ARTICLE.format("Chain care", "Wipe it."),
                "kb/ru/chain.md": ARTICLE.format("Уход за цепью", "Протрите."),
                "kb/en/us.md": ARTICLE.format("About us\naudience: operators", "{name} knows."),
            }
        )
        == []
    )


def test_an_article_is_expected_in_every_language_of_the_desk(shop):
    [said] = shop(**{"kb/en/tips/chain.md": ARTICLE.format("Chain care", "Wipe it.")})
    remedy = "write kb/ru/tips/chain.md, or customers see another language [missing-locale]"
    assert said == f'kb/en/tips/chain.md:1: warning: the article is missing in "ru"; {remedy}'


def test_braces_that_nothing_fills_in_are_found_in_answers_and_articles(shop):
    found = shop(
        intents=INTENTS.replace("Always.", '"{name}, always: {{ day }} { }"'),
        **{"kb/en/price.md": ARTICLE.format("Price", "It is free,\n{customer}.")},
    )
    said = "here, so customers would read the braces; write the words themselves [unknown-placeholder]"
    assert found == [
        f"intents/a.yaml:13: warning: nothing fills in {{name}} {said}",
        f"intents/a.yaml:13: warning: nothing fills in {{{{ day }}}} {said}",
        f"kb/en/price.md:5: warning: nothing fills in {{customer}} {said}",
    ]


def test_braces_are_found_in_what_a_form_asks_too(shop):
    asked = "{en: 'Which, {name}?', ru: Какой?}, error: {en: No, ru: '{when}!'}"
    form = f"forms:\n  f:\n    - {{id: a, question: {asked}}}\n"
    found = shop(intents=form + INTENTS.replace("en: Hours", "en: 'Hours {day}'") + "    ask: [f]\n")
    assert [each.partition(" here")[0] for each in found] == [
        "intents/a.yaml:3: warning: nothing fills in {name}",
        "intents/a.yaml:3: warning: nothing fills in {when}",
        "intents/a.yaml:12: warning: nothing fills in {day}",
    ]


def test_phrases_of_a_language_that_nobody_speaks_are_unused(shop):
    [said] = shop(**{"bot/phrases.lv.yaml": "glad: Prieks."})
    assert said.startswith('bot/phrases.lv.yaml:1: warning: the desk does not speak "lv", so nothing here is used;')
    assert said.endswith("[unused-phrases]")


def test_a_language_whose_phrases_are_missing_speaks_english(shop):
    intents = INTENTS.replace("ru:", "de:")
    files = {"kb/de/price.md": ARTICLE.format("Preis", "Umsonst.")}
    [said] = [each for each in shop(desk=DESK.replace("ru", "de"), intents=intents, **files) if "kb/" not in each]
    assert said.startswith("handoff/desk.yaml:1: warning: ")
    assert said.endswith(
        ' are missing in "de"; write them in bot/phrases.de.yaml, or customers read them in English [missing-locale]'
    )
    [said] = [each for each in shop(**{"bot/phrases.de.yaml": "glad: Gern."}) if "phrases" in each.split(":")[0]]
    assert said.startswith("bot/phrases.de.yaml:1: warning: ")


def test_a_skill_is_titled_in_every_language(shop):
    [said] = shop(desk=DESK.replace(", ru: Помощь", ""))
    remedy = "write it, or customers see it in another language [missing-locale]"
    assert said == f'handoff/desk.yaml:3: warning: the title of the skill "general" is missing in "ru"; {remedy}'
    assert shop(desk=DESK.replace("{en: Help, ru: Помощь}", "Help")) == []


LONG = "a very long label that nobody would ever read on a button of a telephone"


def test_what_a_button_cannot_show_is_too_long(shop):
    options = f"[{LONG}, {{id: m, title: {{en: {LONG}, ru: M}}}}]"
    form = f"forms:\n  f:\n    - {{id: a, question: {{en: Q, ru: Q}}, type: choice, options: {options}}}\n"
    link = f"    buttons: [price, {{title: {{en: {LONG}, ru: b}}, url: https://example.com}}]\n    ask: [f]\n"
    found = shop(
        desk=DESK.replace("Help", LONG),
        intents=form + INTENTS.replace("en: Hours", f"en: {LONG}") + link,
        **{
            "kb/en/price.md": ARTICLE.format(LONG, "It is free."),
            "bot/phrases.en.yaml": f"glad: {LONG}\nbutton_person: {LONG}\n",
        },
    )
    assert [each.partition(": warning")[0] for each in found] == [
        "bot/phrases.en.yaml:2",
        "handoff/desk.yaml:3",
        "intents/a.yaml:3",
        "intents/a.yaml:3",
        "intents/a.yaml:12",
        "intents/a.yaml:17",
        "kb/en/price.md:2",
    ]
    said = f'"{LONG}" has {len(LONG)} characters, and a button shows 64; shorten it [long-label]'
    assert all(each.endswith(said) for each in found)


def test_what_a_message_cannot_hold_is_too_long(shop):
    words = "word " * 900
    found = shop(
        intents=INTENTS.replace("Always.", words),
        **{"kb/en/price.md": ARTICLE.format("Price", words * 3), "kb/ru/price.md": ARTICLE.format("Цена", words * 2)},
    )
    answer = "the answer has 4499 characters, and a message holds 4096; shorten it or write an article"
    article = "the article has 13499 characters, 4 messages in a chat; part it into several"
    assert found == [
        f"intents/a.yaml:13: warning: {answer} [long-answer]",
        f"kb/en/price.md:2: warning: {article} [long-answer]",
    ]


def test_an_article_whose_path_no_button_can_carry_is_named(shop):
    name = "a-folder-with-a-long-name/and-an-article-with-a-name-too"
    found = shop(**{f"kb/en/{name}.md": ARTICLE.format("Chain", "x"), f"kb/ru/{name}.md": ARTICLE.format("Цепь", "x")})
    assert found == []
    found = shop(
        **{f"kb/en/{name}-long.md": ARTICLE.format("Fork", "x"), f"kb/ru/{name}-long.md": ARTICLE.format("Вилка", "x")}
    )
    said = f'no button can offer "{name}-long": its path is 5 bytes too long; shorten the names in it [long-id]'
    assert found == [f"kb/{locale}/{name}-long.md:1: warning: {said}" for locale in ("en", "ru")]
