"""The commands: each explains itself, does its work, and says in one line what stops it."""

import errno
import io
import os
import re
import sqlite3
from contextlib import closing

import pytest
import typer

from bot import process
from bot.cli import commands
from bot.settings import Settings
from bot.storage.alone import alone


def every_command():
    def under(group, path):
        for name, command in sorted(group.commands.items()):
            if hasattr(command, "commands"):
                yield (*path, name)
                yield from under(command, (*path, name))
            else:
                yield (*path, name)

    return list(under(typer.main.get_command(commands.cli), ()))


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_every_command_has_help_with_an_example(frontline, command):
    status, out, _ = frontline(*command, "--help")
    assert status == 0
    assert re.search(rf"Example: frontline {' '.join(command)}\b", " ".join(out.split()))


def test_a_wrong_setting_is_one_line_and_status_2(frontline, monkeypatch):
    monkeypatch.setenv("FRONTLINE_HTTP_PORT", "x")
    status, _, err = frontline("run")
    assert status == 2
    assert err == 'FRONTLINE_HTTP_PORT: "x" is not a whole number; write digits, with a minus where it has one\n'


def test_a_new_workspace_passes_check_and_its_own_tests(frontline, tmp_path):
    status, out, _ = frontline("init", "shop")
    assert status == 0
    assert "frontline check shop" in out
    assert frontline("check", "shop") == (0, "", "0 errors, 0 warnings\n")
    status, out, err = frontline("test", "shop")
    assert (status, out) == (0, "")
    assert re.fullmatch(r"en: (\d+) of \1 sentences right \(100\.0%\), .*\n\1 sentences, 1 dialogue, 0 failures\n", err)
    named = (tmp_path / "shop" / "bot" / "phrases.en.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert (tmp_path / "shop" / "bot" / named.partition("=")[2]).exists()


def test_check_finds_that_the_folder_of_word_vectors_is_not_there(frontline, tmp_path):
    frontline("init", "shop")
    desk = tmp_path / "shop" / "handoff" / "desk.yaml"
    desk.write_text(f"matching: {{semantic: models/static}}\n{desk.read_text('utf-8')}", "utf-8")
    status, out, _ = frontline("check", "shop")
    assert status == 1
    assert out.startswith('shop/handoff/desk.yaml:1: error: there is no folder "shop/models/static"; ')


def test_a_folder_with_something_in_it_is_not_overwritten(frontline, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "mine").write_text("", encoding="utf-8")
    status, _, err = frontline("init", "shop")
    assert (status, err) == (1, "shop is not empty. Name a new folder, so that nothing is overwritten.\n")


def test_findings_are_file_line_level_text_and_status_1(frontline, tmp_path):
    frontline("init", "shop")
    desk = tmp_path / "shop" / "handoff" / "desk.yaml"
    desk.write_text(desk.read_text(encoding="utf-8").replace("timezone:", "timezon:"), encoding="utf-8")
    (tmp_path / "shop" / "tests" / "bad.yaml").write_text("title: x\n", encoding="utf-8")
    status, out, err = frontline("check", "shop")
    assert status == 1
    assert 'shop/handoff/desk.yaml:3: error: unknown key "timezon"; did you mean "timezone"?' in out
    assert "shop/tests/bad.yaml:1: error: " in out
    assert err == "3 errors, 0 warnings\n"


def test_a_broken_workspace_does_not_start(frontline, tmp_path, monkeypatch):
    frontline("init", "shop")
    (tmp_path / "shop" / "handoff" / "desk.yaml").write_text("skills: {}\n", encoding="utf-8")
    monkeypatch.setenv("FRONTLINE_WORKSPACE", "shop")
    status, _, err = frontline("run")
    assert status == 1
    assert err.startswith("shop/handoff/desk.yaml:1: error: ")


def test_the_doctor_finds_a_database_without_a_schema_and_then_a_good_one(frontline):
    status, out, _ = frontline("doctor")
    assert status == 1
    assert "FAIL  the database's schema is not current; `frontline run` brings it up to date" in out
    frontline("operators", "list")
    status, out, _ = frontline("doctor")
    assert status == 0
    assert [line[:4] for line in out.splitlines()] == ["ok  "] * 5


def test_the_doctor_finds_a_broken_workspace(frontline, tmp_path, monkeypatch):
    frontline("init", "shop")
    (tmp_path / "shop" / "handoff" / "desk.yaml").write_text("skills: {}\n", encoding="utf-8")
    monkeypatch.setenv("FRONTLINE_WORKSPACE", "shop")
    status, out, _ = frontline("doctor")
    assert status == 1
    assert "FAIL  the workspace has 1 fault; `frontline check` names what is wrong" in out


def test_the_doctor_finds_a_database_that_does_not_answer(frontline, tmp_path, monkeypatch):
    (tmp_path / "x.db").write_text("no database at all\n" * 100, "utf-8")
    monkeypatch.setenv("FRONTLINE_DATABASE_URL", "sqlite+aiosqlite:///x.db")
    status, out, _ = frontline("doctor")
    assert status == 1
    assert "FAIL  The database does not answer" in out


@pytest.fixture
def from_the_future(frontline, tmp_path):
    frontline("operators", "list")
    with closing(sqlite3.connect(tmp_path / "frontline.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    "command", ["run", "operators list", "suggest", "report callbacks --from 2026-05-01 --to 2026-05-02"]
)
@pytest.mark.usefixtures("from_the_future")
def test_a_database_of_a_newer_version_is_left_alone(frontline, command):
    status, _, err = frontline(*command.split())
    assert status == 1
    assert err == (
        "The database was made by a newer version of Frontline (its schema is 9999). "
        "Update Frontline, or go back to a backup from before.\n"
    )


@pytest.mark.usefixtures("from_the_future")
def test_the_doctor_does_not_advise_to_start_on_a_database_of_a_newer_version(frontline):
    status, out, _ = frontline("doctor")
    assert status == 1
    assert "FAIL  The database was made by a newer version of Frontline (its schema is 9999)." in out
    assert "brings it up to date" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bogus", "No such command 'bogus'; see frontline --help\n"),
        ("check --bogus", "No such option: --bogus; see frontline check --help\n"),
        ("check --format xml", "Invalid value for '--format': 'xml' is not one of 'text', 'json', 'github'; see"),
        ("eval --precision much", "Invalid value for '--precision': write a number; see frontline eval --help\n"),
        ("eval --worst -1", "Invalid value for '--worst': write at least 0; see frontline eval --help\n"),
        ("eval --worst x", "Invalid value for '--worst': write a whole number; see frontline eval --help\n"),
        ("operators capacity anna 101", "Invalid value for '[N]': write at most 100; see frontline operators capacity"),
        ("operators invite", "Missing argument 'ID'; see frontline operators invite --help\n"),
        ("report callbacks --from 2026-05-02 --to 2026-05-01", "--from 2026-05-02 is after --to 2026-05-01; exchange"),
    ],
)
def test_a_command_line_that_is_wrong_is_told_in_one_line_without_jargon(frontline, words, said):
    status, out, err = frontline(*words.split())
    assert (status, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_a_question_that_is_not_answered_stops_the_command(frontline, monkeypatch):
    asking = typer.Typer(rich_markup_mode=None)
    asking.command()(lambda: typer.confirm("Sure?", abort=True))
    monkeypatch.setattr(commands, "cli", asking)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    status, _, err = frontline()
    assert (status, err) == (1, "Stopped; nothing was done.\n")


def test_a_group_alone_lists_its_commands(frontline):
    status, _, err = frontline("operators")
    assert status == 2
    assert err.startswith("Usage: frontline operators [OPTIONS] COMMAND")
    assert "see frontline" not in err


@pytest.mark.parametrize("words", [("init", "/proc/shop"), ("check", "--schema", "/proc/schema")])
def test_a_folder_that_cannot_be_made_is_one_line(frontline, words):
    status, _, err = frontline(*words)
    assert status == 2
    assert err == f"{words[-1]} cannot be written (No such file or directory); name another folder\n"


def test_a_start_on_a_file_that_another_process_serves_is_one_line(frontline, tmp_path):
    with alone(tmp_path / "frontline.db"):
        status, _, err = frontline("run")
    assert status == 1
    assert err == (
        f"{tmp_path}/frontline.db is served by process {os.getpid()} already. Stop that one, or name another file in "
        "FRONTLINE_DATABASE_URL; several processes share a database on PostgreSQL.\n"
    )


def test_a_start_without_a_place_for_files_says_so(frontline, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("", "utf-8")
    monkeypatch.setenv("FRONTLINE_FILES", "taken/files")
    status, _, err = frontline("run")
    assert status == 1
    assert err == 'FRONTLINE_FILES: nothing can be kept in "taken/files". Name a folder that can be written.\n'


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EADDRINUSE, "0.0.0.0:80 is taken. Stop what listens there, or set FRONTLINE_HTTP_PORT."),
        (errno.EACCES, "0.0.0.0:80 may not be listened on. Set FRONTLINE_HTTP_PORT to 1024 or more."),
        (errno.EADDRNOTAVAIL, "0.0.0.0:80 cannot be listened on (Cannot assign requested address). Set FRONTLINE_HTTP"),
        (-2, "0.0.0.0:80 cannot be listened on (Name or service not known). Set FRONTLINE_HTTP_HOST to an address"),
    ],
)
def test_an_address_that_cannot_be_listened_on_is_told_with_the_setting_to_change(number, said):
    settings = Settings(_env_file=None, http_host="0.0.0.0", http_port=80)
    assert process.unheard(settings, OSError(number, "Name or service not known")).startswith(said)


@pytest.mark.parametrize("command", ["check", "test", "eval", "suggest", "chat"])
def test_a_folder_that_is_not_there_is_wrong_use(frontline, command):
    status, out, err = frontline(command, "nowhere")
    assert (status, out) == (2, "")
    assert err == "nowhere does not exist; name the folder of a workspace, or make one: frontline init nowhere\n"


def test_a_file_is_no_workspace(frontline, tmp_path):
    (tmp_path / "shop.yaml").write_text("", encoding="utf-8")
    status, out, err = frontline("check", str(tmp_path / "shop.yaml"))
    assert (status, out) == (2, "")
    assert err == f"{tmp_path}/shop.yaml is a file; name the folder of the workspace\n"


def test_chat_is_with_the_workspace_that_is_named(frontline, monkeypatch):
    frontline("init", "shop")
    lines = iter(["when do you close", ""])
    monkeypatch.setattr("bot.rehearsal.terminal._asked", lambda: next(lines))
    status, out, _ = frontline("chat", "shop")
    assert status == 0
    assert "bot: We are open Monday to Friday" in out


def test_chat_answers(frontline, monkeypatch):
    lines = iter(["сколько стоит доставка", ""])
    monkeypatch.setattr("bot.rehearsal.terminal._asked", lambda: next(lines))
    status, out, err = frontline("chat", "--locale", "ru")
    assert status == 0
    assert "an empty line ends" in err
    assert "bot: По Риге" in out
