"""A whole workspace: content, or every fault of every file."""

from datetime import date

import pytest

from bot.workspace.loading import load, matches, survey
from intents.errors import FaultsError

TODAY = date(2026, 3, 1)
FILES = {
    "handoff/desk.yaml": "locales: [en]\nskills:\n  general: {}\noperators:\n  - {id: anna}\n",
    "intents/a.yaml": """\
intents:
  - id: price
    title: {en: Price}
    skill: general
    examples: {en: [how much is it, what does it cost, price please]}
    article: price
  - id: hours
    title: {en: Hours}
    examples: {en: [when are you open, opening hours, are you open now]}
    answer: {en: Always.}
""",
    "kb/en/price.md": "---\ntitle: Price\n---\nIt is free.\n",
    "bot/phrases.en.yaml": "glad: You are most welcome.\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "shop"


def faults_of(folder):
    with pytest.raises(FaultsError) as error:
        survey(folder, TODAY)
    return [f"{fault.file.removeprefix(f'{folder}/')}:{fault.line} {fault.text}" for fault in error.value.faults]


def test_the_packaged_sample_is_sound():
    workspace = survey(None, TODAY)
    assert len(workspace.intents.intents) >= 30
    assert len(workspace.desk.desk.skills) == 3


def test_a_workspace_becomes_content(folder, tmp_path):
    content = load(folder, tmp_path / "cache")
    assert content.ranker.rank("how much is it", "en").candidates[0].intent == "price"
    assert content.library.get("price", "en").title == "Price"
    assert content.library.search("charges", "en")[0].document.id == "price", "it knows the thesaurus"
    assert content.phrases.say("en", "glad") == "You are most welcome."
    assert content.phrases.say("ru", "glad") == "Рад помочь!" or content.phrases.say("ru", "glad")
    assert content.plain("**bold**") == "bold"
    assert content.phone("+371 29123456", None) == "+37129123456"
    assert list((tmp_path / "cache").iterdir())


def test_the_version_changes_with_the_content_only(folder):
    first = survey(folder, TODAY).version
    assert survey(folder, TODAY).version == first
    (folder / "kb/en/price.md").write_text("---\ntitle: Price\n---\nIt is cheap.\n", encoding="utf-8")
    assert survey(folder, TODAY).version != first


def test_the_faults_of_every_part_are_named_at_once(folder):
    (folder / "intents/a.yaml").write_text("intents:\n  - {id: a, titel: {en: A}}\n", encoding="utf-8")
    (folder / "kb/en/price.md").write_text("---\ntitel: Price\n---\nText\n", encoding="utf-8")
    (folder / "bot/phrases.en.yaml").write_text("gladd: x\n", encoding="utf-8")
    (folder / "handoff/desk.yaml").write_text("skils: {}\n", encoding="utf-8")
    files = {line.split(":")[0] for line in faults_of(folder)}
    assert files == {"intents/a.yaml", "kb/en/price.md", "bot/phrases.en.yaml", "handoff/desk.yaml"}


def test_a_broken_desk_accuses_no_intent_of_naming_its_skills(folder):
    (folder / "handoff/desk.yaml").write_text(FILES["handoff/desk.yaml"] + "zone: 1\n", encoding="utf-8")
    assert [line.split(" ")[0] for line in faults_of(folder)] == ["handoff/desk.yaml:6"]


def test_a_broken_article_accuses_no_intent_of_naming_it(folder):
    (folder / "kb/en/price.md").write_text("no front matter\n", encoding="utf-8")
    assert {line.split(":")[0] for line in faults_of(folder)} == {"kb/en/price.md"}


def test_an_answer_names_no_article_of_a_workspace_that_has_none(folder):
    (folder / "kb/en/price.md").unlink()
    [said] = faults_of(folder)
    assert 'the customers\' article "price" does not exist; none is defined' in said


def test_an_answer_shows_no_article_that_is_for_operators(folder):
    article = folder / "kb/en/price.md"
    article.write_text("---\ntitle: Price\naudience: operators\n---\nWe pay half of it.\n", encoding="utf-8")
    (fault,) = faults_of(folder)
    assert fault.startswith("intents/a.yaml:6 ")
    assert "price" in fault


def test_an_empty_folder_is_told_what_it_lacks(tmp_path):
    said = "\n".join(faults_of(tmp_path))
    assert "handoff/desk.yaml:1 there is no desk here; name the folder of a workspace, or make one" in said
    assert "there is no intent here; add a file with `intents:`" in said


def test_a_desk_by_another_ending_is_to_be_renamed(folder):
    (folder / "handoff" / "desk.yaml").rename(folder / "handoff" / "desk.yml")
    assert "handoff/desk.yaml:1 the desk is not read from desk.yml; rename it to desk.yaml" in faults_of(folder)


def test_an_unusable_cache_costs_time_and_nothing_else(folder, tmp_path, caplog):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert load(folder, tmp_path / "file" / "cache").intents.intents
    assert "Set FRONTLINE_CACHE to a writable folder" in caplog.text


@pytest.mark.parametrize(("text", "fits"), [("AB-12", True), ("xAB-12", False), ("AB-12x", False), ("", False)])
def test_a_pattern_must_fit_the_whole_text(text, fits):
    assert matches(r"[A-Z]{2}-\d+", text) is fits
