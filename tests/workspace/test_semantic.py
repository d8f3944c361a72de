"""Word vectors in a workspace: asked for in `desk.yaml`, found, or missed at the line that asks."""

import sys
from datetime import date

import pytest

from bot.workspace.loading import survey
from intents.errors import FaultsError
from tests.static_model import save

TODAY = date(2026, 3, 1)
DESK = """\
locales: [en]
skills:
  general: {}
operators:
  - {id: anna}
matching:
  semantic: FOLDER
"""
INTENTS = """\
intents:
  - id: hours
    title: {en: Hours}
    examples: {en: [when are you open, opening hours, are you open now]}
    answer: {en: Always.}
"""


@pytest.fixture
def workspace(tmp_path):
    for name in ("handoff", "intents", "kb"):
        (tmp_path / "shop" / name).mkdir(parents=True)
    (tmp_path / "shop/intents/a.yaml").write_text(INTENTS, "utf-8")
    return tmp_path / "shop"


@pytest.fixture
def asking(workspace):
    def workspace_with(semantic):
        (workspace / "handoff/desk.yaml").write_text(DESK.replace("FOLDER", str(semantic)), "utf-8")
        return workspace

    return workspace_with


def test_word_vectors_are_off_unless_asked_for(asking):
    assert survey(asking("null"), TODAY).vectors is None
    assert survey(None, TODAY).vectors is None


def test_the_folder_is_meant_within_the_workspace(asking):
    folder = asking("models/static")
    save(folder / "models" / "static")
    assert survey(folder, TODAY).vectors.knows("parcel")


def test_the_folder_may_be_anywhere(asking, tmp_path):
    elsewhere = save(tmp_path / "elsewhere")
    assert survey(asking(elsewhere), TODAY).vectors.knows("parcel")


def test_a_model_is_read_again_only_when_it_has_changed(asking):
    folder = asking("static")
    save(folder / "static")
    first = survey(folder, TODAY).vectors
    assert survey(folder, TODAY).vectors is first
    save(folder / "static", language=["en", "lv"])
    assert survey(folder, TODAY).vectors is not first


def test_the_line_that_asks_for_a_missing_folder_is_named(asking):
    folder = asking("models/static")
    with pytest.raises(FaultsError) as error:
        survey(folder, TODAY)
    assert str(error.value) == (
        f'{folder}/handoff/desk.yaml:7: error: there is no folder "{folder}/models/static"; '
        "correct the path, or make a model there as docs/semantic.md says [no-vectors]"
    )


def test_without_the_extra_the_line_that_asks_says_how_to_install_it(asking, monkeypatch):
    folder = asking("static")
    save(folder / "static")
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(FaultsError) as error:
        survey(folder, TODAY)
    (fault,) = error.value.faults
    assert (fault.line, fault.text.partition("; ")[2]) == (7, "run: pip install 'frontline[semantic]'")


def test_word_vectors_do_not_hide_the_faults_of_other_files(asking):
    folder = asking("static")
    (folder / "intents/a.yaml").write_text(INTENTS.replace("title", "titel"), "utf-8")
    with pytest.raises(FaultsError) as error:
        survey(folder, TODAY)
    assert {fault.file.rpartition("/")[2] for fault in error.value.faults} == {"desk.yaml", "a.yaml"}
