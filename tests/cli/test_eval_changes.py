"""`frontline eval --compare`: what a change of content did, sentence by sentence."""

import re
import subprocess

import pytest


def test_a_change_is_told_sentence_by_sentence(frontline, history):
    status, out, err = frontline("eval", "shop", "--compare", "HEAD")
    assert status == 0
    assert "Before: shop at HEAD, 28 sentences of 3 intents" in out
    assert re.search(r"^accuracy +\d+\.\d% +\d+\.\d% +[+-]\d+\.\d$", out, re.MULTILINE)
    assert '\nNew sentences: 1\n  "a colleague of yours"  (en) shop.yaml:48\n' in out
    assert '\nRemoved sentences: 1\n  "agent"  (en) shop.yaml:48\n      human: ' in out
    assert re.search(r'"delivery price".*\n      delivery → opening_hours: delivery', out)
    assert re.search(r"\d \w+.*, 1 added, 1 removed\n", err)


def test_nothing_changed_is_said(frontline, history):
    subprocess.run(["git", "checkout", "--quiet", "shop"], cwd=history.parents[2], check=True)
    status, out, err = frontline("eval", "shop", "--compare", "HEAD")
    assert status == 0
    assert out.endswith("No sentence fares otherwise.\n")
    assert "nothing changed" in err


def test_a_hook_of_git_may_compare(frontline, history, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "elsewhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere/index")
    assert frontline("eval", "shop", "--compare", "HEAD")[0] == 0


def test_the_repository_stays_as_it_is(frontline, history):
    def status():
        words = ["git", "status", "--porcelain=v2", "--untracked-files=no"]
        return subprocess.run(words, cwd=history.parents[2], check=True, capture_output=True).stdout

    before = status()
    frontline("eval", "shop", "--compare", "HEAD")
    assert status() == before


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nope", 'There is no revision "nope" in {top}. Name a commit, a branch or a tag.'),
        ("-all", 'There is no revision "-all" in {top}. Name a commit, a branch or a tag.'),
    ],
)
def test_an_unknown_revision_is_one_line(frontline, history, revision, said):
    status, _, err = frontline("eval", "shop", f"--compare={revision}")
    assert (status, err.splitlines()[-1]) == (1, said.format(top=history.parents[2]))


def test_a_folder_that_is_newer_than_the_revision(frontline, history):
    history.parents[1].rename(history.parents[2] / "young")
    status, _, err = frontline("eval", "young", "--compare", "HEAD")
    said = "young is not in the revision HEAD. Name a later one, or commit the folder first."
    assert (status, err.splitlines()[-1]) == (1, said)


def test_a_folder_outside_of_any_repository(frontline, shop):
    status, _, err = frontline("eval", "shop", "--compare", "HEAD")
    said = "shop is in no git repository, so it has no revisions. Run `git init` there and commit your content."
    assert (status, err.splitlines()[-1]) == (1, said)


def test_without_git_nothing_can_be_compared(frontline, history, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    status, _, err = frontline("eval", "shop", "--compare", "HEAD")
    assert (status, err.splitlines()[-1]) == (1, "To compare, git is needed, and it is not here; install it.")


def test_faults_of_an_old_revision_are_named_as_git_names_them(frontline, history):
    good = history.read_text("utf-8")
    history.write_text("intents: 3\n", "utf-8")
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "x"], cwd=history.parents[2], check=True
    )
    history.write_text(good, "utf-8")
    status, _, err = frontline("eval", "shop", "--compare", "HEAD")
    assert status == 1
    assert "\nHEAD:intents/shop.yaml:1: error: " in err
