"""What a workspace's library holds beside the articles: the short answers that the bot gives."""

from bot.workspace.knowledge import answers, words
from intents.intent import Action, Catalogue, Intent
from kb.article import Answer

TITLE, TEXT = {"en": "Cost", "ru": "Цена"}, {"en": "It costs **3**.", "ru": "Это стоит 3."}


def found(*intents: Intent) -> list[Answer]:
    return list(answers(Catalogue({each.id: each for each in intents})))


def test_an_answer_is_found_in_each_language_it_has():
    assert found(Intent("cost", TITLE, answer=TEXT)) == [
        Answer("cost", "en", "Cost", "It costs **3**."),
        Answer("cost", "ru", "Цена", "Это стоит 3."),
    ]
    assert found(Intent("cost", {"ru": "Цена"}, answer={"en": "It costs 3."})) == [
        Answer("cost", "en", "Цена", "It costs 3.")
    ]


def test_what_the_bot_does_not_answer_with_is_not_found():
    assert not found(
        Intent("article", TITLE, article="cost"),
        Intent("both", TITLE, article="cost", answer=TEXT),
        Intent("callback", TITLE, answer=TEXT, action=Action.CALLBACK),
        Intent("greeting", TITLE, answer=TEXT, handoff="never"),
        Intent("injury", TITLE, answer=TEXT, handoff="always"),
        Intent("bare", TITLE),
    )


def test_questions_are_read_as_the_matcher_reads_them():
    assert words("Ещё ВЕЛОСИПЕД, 12345!") == ["еще", "велосипед", "0000"]
