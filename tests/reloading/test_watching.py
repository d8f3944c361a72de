"""The watchman: each save is judged once it is complete, and a fault of ours is a fault like others."""

from pathlib import Path
from threading import Event

import pytest

from bot.workspace import watching
from bot.workspace.places import places
from bot.workspace.verdict import Verdict, verdict_of
from bot.workspace.watching import Watchman, wakes
from intents.errors import Fault
from tests.reloading.workspaces import intents, make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "shop")


@pytest.fixture
def watchman(folder: Path, tmp_path: Path) -> Watchman:
    return Watchman(folder, tmp_path / "cache", places(folder).version())


def write(folder: Path, text: str) -> None:
    (folder / "intents/talk.yaml").write_text(text, encoding="utf-8")


def test_what_has_not_changed_is_judged_when_somebody_asks(watchman: Watchman, folder: Path) -> None:
    asked = Event()
    assert watchman.look(asked) == Verdict(places(folder).version())
    assert watchman.look(asked) is None
    asked.set()
    assert watchman.look(asked) == Verdict(places(folder).version())
    assert not asked.is_set()


def test_a_verdict_that_was_undone_meanwhile_is_given_again(watchman: Watchman, folder: Path) -> None:
    write(folder, intents(1))
    first = watchman.look(Event())
    write(folder, intents(2))
    write(folder, intents(1))
    assert watchman.look(Event()) == first


def test_half_of_a_larger_change_is_not_accused(
    watchman: Watchman, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = watching.survey

    def meanwhile(*args: object) -> object:
        write(folder, intents(2))
        monkeypatch.setattr(watching, "survey", read)
        return read(folder / "nowhere", args[1])

    monkeypatch.setattr(watching, "survey", meanwhile)
    write(folder, "half")
    assert watchman.look(Event()) is None
    assert watchman.look(Event()) == Verdict(places(folder).version())


def test_a_fault_of_ours_is_told_like_others(watchman: Watchman, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(watching, "prepare", broken)
    write(folder, intents(1))
    verdict = watchman.look(Event())
    assert verdict is not None
    (fault,) = verdict.faults
    assert "ZeroDivisionError: by nothing" in fault.text


def test_files_that_are_sound_are_told_of_before_anything_is_trained(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Verdict] = []
    monkeypatch.setattr(watching, "prepare", lambda *_: told.append(Verdict("trained")))
    watchman = Watchman(folder, tmp_path / "cache", "another", told.append)
    version = places(folder).version()
    assert watchman.look(Event()) == Verdict(version)
    assert told == [Verdict(version, final=False), Verdict("trained")]
    write(folder, "half")
    assert watchman.look(Event()) != Verdict(version)
    assert len(told) == 2


def test_a_system_without_events_is_looked_at_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> object:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watching, "watch", exhausted)
    monkeypatch.setattr(watching, "SWEEP", 0.0)
    waking = wakes(places(folder), Event())
    for _ in range(3):
        next(waking)


def test_a_verdict_comes_out_as_it_went_in() -> None:
    verdict = Verdict("abc", (Fault("a.yaml", 3, "цена", code="x"), Fault("b.yaml", 1, "x", "warning", code="y")))
    assert verdict_of(verdict.line()) == verdict
    for line in ("", "{}", '"Hello"', "[1]"):
        with pytest.raises(ValueError, match="no verdict"):
            verdict_of(line)
