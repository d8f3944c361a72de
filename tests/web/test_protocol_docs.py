"""docs/protocol.md shows every frame as it is: the same fields, and examples that the models read."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from bot.web import desk_asks, desk_wire, wire

TEXT = (Path(__file__).parents[2] / "docs/protocol.md").read_text(encoding="utf-8")


def examples(start, end):
    part = TEXT[TEXT.index(start) : TEXT.index(end) if end else len(TEXT)]
    blocks = re.findall(r"```json\n(.*?)```", part, re.DOTALL)
    return [json.loads(line) for block in blocks for line in block.splitlines()]


SECTIONS = {
    "visitor to server": (examples("## Client to server", "## Server to client"), wire.CLIENT_FRAMES),
    "server to visitor": (examples("## Server to client", "## The local desk"), wire.SERVER_FRAMES),
    "desk to server": (examples("### Desk to server", "### Server to desk"), desk_asks.DESK_CLIENT_FRAMES),
    "server to desk": (examples("### Server to desk", None), desk_wire.DESK_SERVER_FRAMES),
}


def types_of(frame):
    return get_args(frame.model_fields["type"].annotation)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_frame_has_an_example_and_every_example_is_a_frame(section):
    shown, frames = SECTIONS[section]
    assert sorted(example["type"] for example in shown) == sorted(name for frame in frames for name in types_of(frame))


@pytest.mark.parametrize("section", SECTIONS)
def test_examples_have_all_fields_and_no_other(section):
    shown, frames = SECTIONS[section]
    by_type = {name: frame for frame in frames for name in types_of(frame)}
    for example in shown:
        frame = by_type[example["type"]]
        read = frame.model_validate_json(json.dumps(example))
        assert json.loads(read.model_dump_json()) == example


def test_every_error_code_is_explained():
    codes = re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)
    assert sorted(codes) == sorted(get_args(wire.ErrorCode))
