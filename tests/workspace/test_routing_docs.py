"""What docs/routing.md shows can be pasted, and nothing that can be set is left out."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.workspace.desk import load_desk
from bot.workspace.desk_shape import PreferredShape, RoutingShape, WidenShape
from handoff.strategies import BROADCAST, STRATEGIES

TEXT = (Path(__file__).parents[2] / "docs" / "routing.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.+?)^```$", TEXT, re.DOTALL | re.MULTILINE)
SKILLS = "skills: {delivery: {}, general: {}}\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_sound_desk(tmp_path, example):
    path = tmp_path / "desk.yaml"
    path.write_text(example if example.startswith("skills:") else SKILLS + example, "utf-8")
    load_desk(path, date(2026, 3, 1))


def test_every_key_and_every_strategy_is_told():
    keys = {*RoutingShape.model_fields, *PreferredShape.model_fields, *WidenShape.model_fields}
    assert {key for key in keys if key not in TEXT} == set()
    assert {name for name in (*STRATEGIES, BROADCAST) if f"| `{name}` |" not in TEXT} == set()
