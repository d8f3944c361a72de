"""docs/evaluating.md names every key of the data."""

import json
import re
from pathlib import Path

from tests.cli.sentences import FIGURES, held

DOCS = Path(__file__).parents[2] / "docs" / "evaluating.md"


SENTENCES = ("wrong", "there", "back", "oos_answered")  # lists of one shape, documented once


def keys(value, path=""):
    """Every key of the data with its way from the top; of a list its first element, of `figures` each alike."""
    if isinstance(value, list):
        return keys(value[0], f"{path}[]") if value and isinstance(value[0], dict) else set()
    found = set()
    for key, inner in value.items():
        here = f"{path}.{key}".removeprefix(".")
        found.add(here)
        if key == "figures":
            found |= keys(inner["all"], f"{here}.*")
        elif isinstance(inner, dict | list) and key not in SENTENCES:
            found |= keys(inner, here)
    return found


def documented(heading):
    section = DOCS.read_text("utf-8").split(f"\n### {heading}\n")[1].split("\n##")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def test_every_key_of_the_data_is_documented(frontline, history, monkeypatch, sample):
    changed = json.loads(frontline("eval", "shop", "--compare", "HEAD", "--json")[1])
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: held(sample.intents.intents))
    found = json.loads(frontline("eval", "--json")[1])
    lists = [
        found["intents"][0]["wrong"],
        found["oos_answered"],
        *(found["overlaps"][0][way] for way in SENTENCES[1:3]),
    ]
    assert documented("Files") == set(FIGURES)
    assert documented("A workspace") == keys(found)
    assert all(documented("A sentence") == set(sentences[0]) for sentences in lists if sentences)
    assert documented("A comparison") == {*changed, *keys(changed["changes"], "changes")} - SIDES
    assert set(changed["before"]) == set(changed["after"]) == {"name", "precision", "thresholds", "figures"}
    side = next(each["after"] for each in changed["changes"] if each["after"])
    assert set(side) == {"intent", "got", "score", "outcome", "right"}


SIDES = {
    f"changes[].{side}.{key}" for side in ("before", "after") for key in ("intent", "got", "score", "outcome", "right")
}
