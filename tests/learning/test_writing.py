"""Findings as text: a document that loads, with every word as it was asked."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.questions import TO_LEARN_FROM, Outcome
from bot.learning.masking import masked
from bot.learning.proposals import Findings, Kind, Proposal
from bot.learning.slugs import slug
from bot.learning.writing import BECAME, Report, as_json, as_yaml, summary
from intents.fitting import fit
from intents.shape import IntentsFile
from intents.strict_yaml import parse
from intents.text import normalise
from tests.dialog.shop import content

NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
SHOP = content()


def proposal(*texts, kind=Kind.INTENT, **more):
    given = {"locale": "en", "outcomes": {Outcome.MISSED: len(texts)}, "first": NOW, "last": NOW} | more
    return Proposal(kind=kind, sentences=tuple((text, 1) for text in texts), **given)


def report(*proposals, answered=0, **more):
    return Report(Findings(proposals, answered), NOW - timedelta(days=7), NOW, **more)


def wordy(text):
    return normalise(text).strip("0 ")


@given(st.lists(st.text(min_size=1, max_size=80).map(masked).filter(wordy), min_size=1, max_size=20))
def test_whatever_was_asked_the_document_loads_and_a_new_intent_is_whole(texts):
    text = as_yaml(report(proposal(*texts)), SHOP)
    file = fit(IntentsFile, parse(text, "new.yaml"))
    (intent,) = file.intents
    assert intent.examples == {"en": tuple(each.strip() for each in texts[:12])}
    assert intent.answer == {"en": "TODO"}


def test_a_group_tells_how_often_when_and_where():
    found = proposal("a", "b", kind=Kind.EXAMPLES, intent="cost", score=0.416, last=NOW + timedelta(days=1))
    lines = as_yaml(report(found), SHOP).splitlines()
    assert "  # 2x, 2026-05-05 to 2026-05-06: not understood 2x" in lines
    assert "  # nearest: cost (0.42), :1" in lines
    assert lines[-5:] == ["  - id: cost", "    examples:", "      en: |", "        a", "        b"]


def test_what_is_too_long_to_read_is_cut_and_said_so():
    many = [proposal(*(f"way {n} of {at}" for n in range(30)), intent="cost") for at in range(120)]
    text = as_yaml(report(*many, capped=True), SHOP)
    assert "# There are more; only the newest were looked at. Ask for fewer days." in text
    assert "# The 100 largest groups are shown." in text
    assert len({each["id"] for each in parse(text, "new.yaml").data["intents"]}) == 100
    assert text.count("  # 12 of 30 ways to ask") == 100
    assert len(json.loads(as_json(report(*many), SHOP))["groups"]) == 120


PAGE = (Path(__file__).parents[2] / "docs" / "learning.md").read_text(encoding="utf-8")


def test_everything_that_can_become_of_a_question_is_explained_to_the_admin():
    assert set(BECAME) == TO_LEARN_FROM
    for words in BECAME.values():
        assert f"| `{words}` |" in PAGE


def test_the_example_in_the_docs_loads():
    first, *_ = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert [each["id"] for each in parse(first, "docs").data["intents"]] == [
        "delivery_cost",
        "repair_time",
        "est_li_u_vas",
        "chinite_li_vy_samokaty",
    ]


def test_days_are_those_of_the_desk():
    late = proposal("a", first=datetime(2026, 5, 5, 22, 0, tzinfo=UTC), last=datetime(2026, 5, 5, 22, 0, tzinfo=UTC))
    assert "  # 1x, 2026-05-06: " in as_yaml(report(late), SHOP)


def test_a_summary_is_one_line():
    start = "Questions that the bot could not answer, 2026-04-28 to 2026-05-05: "
    assert summary(report(), SHOP) == f"{start}none."
    assert summary(report(answered=3), SHOP) == f"{start}none; 3 more are answered by now."
    assert summary(report(proposal("a", "b")), SHOP) == f"{start}2 in 1 group."


def test_a_title_is_short_and_begins_with_a_capital_letter():
    found = json.loads(as_json(report(proposal("do you rent skis?"), proposal("skis " * 30)), SHOP))["groups"]
    assert found[0]["title"] == "Do you rent skis"
    assert len(found[1]["title"]) <= 60


@pytest.mark.parametrize(
    ("sentence", "id_"),
    [
        ("Где взять напрокат лыжи сегодня", "gde_vzyat_naprokat_lyzhi"),
        ("Vai jums ir slēpošanas nodarbības?", "vai_jums_ir_sleposanas"),
        ("do you rent skis", "do_you_rent_skis_2"),
        ("何ですか", "new_intent"),
        ("20 % off?", "about_off"),
        ("Donaudampfschifffahrtsgesellschaftskapitän wo", "donaudampfschifffahrtsgesellschaftskapit"),
    ],
)
def test_an_id_is_made_of_the_first_words_and_is_new(sentence, id_):
    assert slug(sentence, {"do_you_rent_skis"}) == id_
