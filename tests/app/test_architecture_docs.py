"""docs/architecture.md tells what is so: the modules that it names are there, the layers are those that are held."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ROOMS = ("bot", "intents", "handoff", "kb")


def test_every_module_that_is_named_is_there():
    modules = {each.relative_to(ROOT).as_posix() for room in ROOMS for each in (ROOT / room).rglob("*.py")}
    known = modules | {module.rpartition("/")[2] for module in modules}
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE))
    assert len(named) > 40
    assert named - known == set()


def test_the_layers_are_those_that_are_held():
    written = re.search(r"^    (__main__ > .*(?:\n    .*)*)", PAGE, re.MULTILINE)[1]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [held] = [each["layers"] for each in contracts if each.get("containers") == ["bot"]]
    assert [" ".join(layer.split()) for layer in written.split(">")] == held
