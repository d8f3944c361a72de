"""docs/knowledge-base.md tells what is so."""

import re
from pathlib import Path

from bot.dialog.buttons import ID_LIMIT
from bot.dialog.policy import CHOICES_IN_ALL
from bot.workspace.knowledge import words
from intents.thesaurus import concepts
from kb.index import FIELDS, SYNONYM
from kb.library import Library
from kb.loader import load
from kb.search import SURE

TEXT = (Path(__file__).parents[2] / "docs/knowledge-base.md").read_text(encoding="utf-8")


def example(folder: Path) -> Library:
    file = folder / "en" / "delivery" / "estonia.md"
    file.parent.mkdir(parents=True)
    file.write_text(re.findall(r"```markdown\n(.*?)```", TEXT, re.DOTALL)[0], encoding="utf-8")
    return Library(load(folder, locales=["en"]), "en", words, concepts=concepts)


def test_the_example_is_an_article_that_is_found(tmp_path):
    [hit] = example(tmp_path).search("do you deliver to Tallinn", "en")
    assert hit.document.id == "delivery/estonia"
    assert hit.score >= SURE


def test_the_example_is_found_by_synonyms_which_count_half_and_are_not_sure(tmp_path):
    [hit] = example(tmp_path).search("shipping fees", "en")
    assert hit.document.id == "delivery/estonia"
    assert SYNONYM == 0.5
    assert hit.score < SURE


def test_the_figures_are_those_of_the_code():
    assert f"what has {SURE} or more" in TEXT
    assert (FIELDS["title"].weight, FIELDS["tags"].weight, FIELDS["body"].weight) == (4, 3, 1)
    assert CHOICES_IN_ALL == 4
    assert ID_LIMIT - len("article:") >= 55
