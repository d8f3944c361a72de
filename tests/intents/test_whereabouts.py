"""Where a sentence stands is told by the line."""

import pytest

from intents.whereabouts import whereabouts

FILE = """\
intents:
  - id: cost
    title: {en: Cost}
    examples:
      en: |
        how much is it

        what is the price
      ru: [сколько стоит,
        цена]
      lv: "cik maksā"
    tests:
      en:
        - price please
        - "is it dear?"
  - id: empty
    title: {en: Empty}
out_of_scope:
  en: |
    how much is the fish
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.yaml").write_text(FILE, "utf-8")
    (tmp_path / "empty.yml").write_text("# later", "utf-8")
    (tmp_path / "._a.yaml").write_text("{", "utf-8")
    (tmp_path / "notes.txt").write_text("{", "utf-8")
    return tmp_path


def test_examples_of_blocks_lists_and_single_lines(folder):
    lines = {key: line for key, (_, line) in whereabouts(folder).items()}
    assert lines == {
        ("cost", "en", "how much is it"): 6,
        ("cost", "en", "what is the price"): 8,
        ("cost", "ru", "сколько стоит"): 9,
        ("cost", "ru", "цена"): 10,
        ("cost", "lv", "cik maksā"): 11,
        (None, "en", "how much is the fish"): 20,
    }


def test_tests_are_found_apart_from_examples(folder):
    found = whereabouts(folder, "tests")
    assert found["cost", "en", "is it dear?"] == (str(folder / "a.yaml"), 15)
    assert ("cost", "en", "how much is it") not in found
