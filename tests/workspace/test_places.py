"""Where a workspace's files are: what counts, what is litter, and what tells one version from another."""

import os
from datetime import date
from pathlib import Path

import pytest

from bot.workspace import loading
from bot.workspace.loading import survey
from bot.workspace.places import places
from intents.errors import FaultsError
from tests.reloading.workspaces import intents, make

TODAY = date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make(tmp_path / "shop")
    (made / "kb/en").mkdir(parents=True)
    (made / "kb/en/price.md").write_text("---\ntitle: Price\n---\nIt is free.\n", encoding="utf-8")
    return made


def test_what_editors_and_systems_leave_behind_is_not_content(folder: Path) -> None:
    before, found = places(folder).version(), places(folder).signature()
    (folder / "intents/.#talk.yaml").symlink_to("someone@nowhere")
    (folder / "intents/talk.yaml~").write_text("old", encoding="utf-8")
    (folder / "intents/._talk.yaml").write_bytes(b"\0\5")
    (folder / "kb/en/.price.md.swp").write_bytes(b"\0")
    (folder / "kb/..2026_03_01").mkdir()
    (folder / "kb/..2026_03_01/price.md").write_text("", encoding="utf-8")
    (folder / "kb/en/.obsidian").mkdir()
    (folder / "kb/en/.obsidian/note.md").write_text("", encoding="utf-8")
    assert (places(folder).version(), places(folder).signature()) == (before, found)
    assert survey(folder, TODAY).warnings == ()


def test_a_file_that_is_moved_is_another_version(folder: Path) -> None:
    before = places(folder).version()
    (folder / "kb/en/help").mkdir()
    (folder / "kb/en/price.md").rename(folder / "kb/en/help/price.md")
    assert places(folder).version() != before


def test_a_save_of_the_same_size_in_the_same_instant_is_seen(folder: Path) -> None:
    file, before = folder / "intents/talk.yaml", places(folder).signature()
    stat = file.stat()
    file.with_suffix(".new").write_text(intents(1), encoding="utf-8")
    os.utime(file.with_suffix(".new"), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    file.with_suffix(".new").rename(file)
    assert file.stat().st_size == stat.st_size
    assert places(folder).signature() != before


def test_a_folder_that_is_a_link_is_read_and_watched_where_it_leads(folder: Path) -> None:
    before = places(folder).version()
    (folder / "kb/en").rename(folder / "kb/..data")
    (folder / "kb/en").symlink_to("..data")
    assert places(folder).version() == before
    assert survey(folder, TODAY).articles.for_customers
    (folder / "link").symlink_to(folder)
    assert places(folder / "link").folders() == places(folder).folders()


def test_nothing_is_read_half_before_and_half_after_a_save(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, saves = loading.load_desk, iter((1, 2, 3))

    def meanwhile(path: Path, today: date) -> object:
        if mark := next(saves, None):
            (folder / "intents/talk.yaml").write_text(intents(mark), encoding="utf-8")
        return read(path, today)

    monkeypatch.setattr(loading, "load_desk", meanwhile)
    found = survey(folder, TODAY)
    assert found.version == places(folder).version()
    assert set(found.intents.intents) == {"price_3", "time_3", "person_3"}


def test_files_that_never_come_to_rest_are_not_content(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, saves = loading.load_desk, iter(range(1, 99))

    def meanwhile(path: Path, today: date) -> object:
        (folder / "intents/talk.yaml").write_text(intents(next(saves)), encoding="utf-8")
        return read(path, today)

    monkeypatch.setattr(loading, "load_desk", meanwhile)
    with pytest.raises(FaultsError, match="files change while they are read"):
        survey(folder, TODAY)
