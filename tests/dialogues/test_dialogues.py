"""Every dialogue of the project and of the sample workspace does what is written in it."""

from pathlib import Path

import pytest

from bot.rehearsal.player import play
from bot.rehearsal.script import read_script
from bot.workspace.places import places

FILES = sorted([*Path(__file__).parent.glob("*.yaml"), *places(None).tests.glob("*.yaml")])


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
async def test_the_dialogue_goes_as_written(file, sample, tmp_path):
    await play(read_script(file), sample, tmp_path / "dialogue.db")
