"""The command line as somebody uses it: words in, exit status and text out."""

import subprocess

import pytest

from bot.cli import commands
from bot.settings import Settings, name_of
from tests.cli.sentences import TEST, TRAIN


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch, pytestconfig):
    for field in Settings.model_fields:
        monkeypatch.delenv(name_of(field), raising=False)
    monkeypatch.setenv("FRONTLINE_CACHE", str(pytestconfig.cache.mkdir("models")))
    monkeypatch.setattr("bot.cli.surroundings.start_logging", lambda *_: None)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def frontline(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr("sys.argv", ["frontline", *words])
        with pytest.raises(SystemExit) as stopped:
            commands.main()
        out, err = capsys.readouterr()
        return stopped.value.code, out, err

    return run


@pytest.fixture
def files(tmp_path):
    for name, text in {"train": TRAIN, "test": TEST, "oos": "xylophone\nopening hours\toos\tmore\n"}.items():
        (tmp_path / f"{name}.tsv").write_text(text, "utf-8")
    return ("--train", "train.tsv", "--test", "test.tsv")


@pytest.fixture
def shop(frontline, tmp_path):
    frontline("init", "shop")
    return tmp_path / "shop" / "intents" / "shop.yaml"


@pytest.fixture
def history(shop, tmp_path):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True)

    git("init", "--quiet")
    git("add", "shop")
    git("commit", "--quiet", "-m", "one")
    text = shop.read_text("utf-8").replace("        working hours\n", "        delivery price\n")
    text = text.replace("        delivery price\n        how long", "        working hours\n        how long")
    shop.write_text(text.replace("        agent\n", "        a colleague of yours\n"), "utf-8")
    return shop
