"""Articles are loaded all or nothing, and every fault is named."""

from pathlib import Path
from threading import Event, Thread

import pytest

from kb.article import Article
from kb.catalogue import Catalogue
from kb.errors import FaultsError
from kb.loader import MAX_BYTES, files_of, load

SOUND = "---\ntitle: Доставка\n---\nВезём.\n"


def loaded(folder: Path, **files: str | bytes) -> Catalogue:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(path.name + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(folder, locales=("ru", "en"))


def faults(folder: Path, **files: str | bytes) -> list[tuple[str, int, str]]:
    with pytest.raises(FaultsError) as caught:
        loaded(folder, **files)
    return [(str(Path(each.file).relative_to(folder)), each.line, each.text) for each in caught.value.faults]


def test_an_article_is_named_by_its_path_below_the_locale(tmp_path: Path):
    head = """\
---
# words
title: "Доставка: \\"цена\\""   # a remark
tags: [курьер, 'it''s', "a, b"]
audience: operators
---
"""
    [article] = loaded(tmp_path, ru__delivery__cost=head + "\n# Цена\n\nПять.\n")
    assert article == Article(
        id="delivery/cost",
        locale="ru",
        title='Доставка: "цена"',
        body="# Цена\n\nПять.",
        tags=("курьер", "it's", "a, b"),
        audience="operators",
        file=str(tmp_path / "ru/delivery/cost.md"),
    )


def test_what_is_left_out_of_the_head_has_a_default(tmp_path: Path):
    [article] = loaded(tmp_path, en__a="---\ntitle: A #1\ntags: []\n---\nText")
    assert (article.title, article.tags, article.audience) == ("A", (), "customers")


def test_a_list_may_stand_on_lines_of_its_own(tmp_path: Path):
    [article] = loaded(tmp_path, en__a="\ufeff---\ntitle: A\ntags:\n  - one\n  - 'two'\n\n---\nText\n---\nmore")
    assert (article.tags, article.body) == (("one", "two"), "Text\n---\nmore")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "the front matter is missing; begin the file with a line ---, then title: and another ---"),
        ("# Title", 1, "the front matter is missing; begin the file with a line ---, then title: and another ---"),
        ("---\ntitle: A\n", 1, "the front matter does not end; add a line --- after it"),
        ("---\ntags: [a]\n---\nx", 1, "the article has no title; add `title:` to the front matter"),
        ("---\n# x\ntitle:\n---\nx", 3, "the article has no title; add `title:` to the front matter"),
        ("---\ntitle: A\ntitel: B\n---\nx", 3, 'unknown key "titel"; did you mean "title"?'),
        ("---\ntitle: A\nzzz: B\n---\nx", 3, 'unknown key "zzz"; known are: title, tags, audience'),
        ("---\ntitle: A\ntags: one\n---\nx", 3, '"tags" must be a list, [one, two]'),
        ("---\ntitle: [A, B]\n---\nx", 2, '"title" must be a text'),
        ("---\ntitle: A\naudience: all\n---\nx", 3, '"all" is no audience; use customers or operators'),
        ("---\ntitle: A\n- b\n---\nx", 3, "this line is neither `key: value` nor `- item`; correct it"),
        ("---\ntitle: A\ntitle: B\n---\nx", 3, 'the key "title" stands here twice (first on line 2); keep one'),
        ("---\ntitle: A\n---\n \n", 4, "the article is empty; write it or remove the file"),
        (
            "---\ntitle: A\n---\nx\n<<<<<<< HEAD\ny\n=======\nz\n>>>>>>> other\n",
            5,
            "a mark of a merge conflict stands here; settle it, and remove all of its marks",
        ),
        (b"---\ntitle: \xff\n---\nx", 2, "the file is not UTF-8; save it with the encoding UTF-8"),
        (b"-" * (MAX_BYTES + 1), 1, f"the file has {MAX_BYTES + 1} bytes, more than {MAX_BYTES}; split it"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, text: str | bytes, line: int, said: str):
    assert faults(tmp_path, ru__a=text) == [("ru/a.md", line, said)]


def test_faults_of_all_files_come_together(tmp_path: Path):
    found = faults(tmp_path, ru__a="x", en__b="---\ntitel: x\n---\n", loose=SOUND)
    assert [(file, line) for file, line, _ in found] == [
        ("en/b.md", 1),
        ("en/b.md", 2),
        ("en/b.md", 4),
        ("loose.md", 1),
        ("ru/a.md", 1),
    ]
    assert found[3][2] == "the article is in no locale's folder; move it to kb/ru/"


def test_an_article_in_a_language_that_the_desk_does_not_speak_is_left_out_with_a_warning(tmp_path: Path):
    catalogue = loaded(tmp_path, ru__a=SOUND, de__a=SOUND)
    assert [article.locale for article in catalogue] == ["ru"]
    [warning] = catalogue.warnings
    text = 'the desk does not speak "de", so the article is left out; its locales are ru, en'
    assert str(warning) == f"{tmp_path / 'de/a.md'}:1: warning: {text} [unspoken-locale]"


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path):
    (tmp_path / "ru" / "a.md").mkdir(parents=True)
    with pytest.raises(FaultsError, match="the file cannot be read"):
        load(tmp_path, locales=("ru",))


def test_a_missing_folder_holds_no_articles(tmp_path: Path):
    assert len(load(tmp_path / "kb", locales=("ru",))) == 0


def test_an_article_is_given_in_the_nearest_language_there_is(tmp_path: Path):
    catalogue = loaded(tmp_path, ru__a=SOUND, en__a=SOUND, en__b=SOUND)
    tongues = [
        found.locale if (found := catalogue.get(name, locale, fallback)) else None
        for name, locale, fallback in [
            ("a", "en", "ru"),
            ("a", "lv", "ru"),
            ("a", "lv", None),
            ("b", "lv", "ru"),
            ("c", "ru", "en"),
        ]
    ]
    assert tongues == ["en", "ru", "en", "en", None]
    assert catalogue.ids == {"a", "b"}


def test_the_sample_articles_of_the_package_are_sound():
    catalogue = load(Path(__file__).parents[2] / "kb" / "content", locales=("ru", "en", "lv"))
    assert catalogue.warnings == ()
    assert {"customers", "operators"} == {article.audience for article in catalogue}


def test_a_folder_that_goes_while_articles_are_looked_for_is_passed_over(tmp_path: Path):
    folder, away, over = tmp_path / "kb/lv", tmp_path / "away", Event()
    folder.mkdir(parents=True)
    (folder / "cena.md").write_text(SOUND, "utf-8")

    def exchange() -> None:
        while not over.is_set():
            folder.rename(away)
            away.rename(folder)

    thread = Thread(target=exchange)
    thread.start()
    try:
        found = {len(files_of(folder.parent)) for _ in range(2000)}
    finally:
        over.set()
        thread.join()
    assert found <= {0, 1}
    assert files_of(folder.parent) == [folder / "cena.md"]
