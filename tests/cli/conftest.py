"""The command line as somebody uses it: words in, exit status and text out."""

import pytest

from bot.cli import commands
from bot.settings import Settings, name_of


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
