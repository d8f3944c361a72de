"""The commands: each explains itself, does its work, and says in one line what stops it."""

import re

import pytest
import typer

from bot.cli import commands


def every_command():
    def under(group, path):
        for name, command in sorted(group.commands.items()):
            if hasattr(command, "commands"):
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


def test_the_doctor_finds_a_database_that_does_not_answer(frontline, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATABASE_URL", "sqlite+aiosqlite:////no/such/folder/x.db")
    status, out, _ = frontline("doctor")
    assert status == 1
    assert "FAIL  The database does not answer" in out


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
