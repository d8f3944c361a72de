"""A file of SQLite is served by one process, whatever becomes of it."""

import signal
import subprocess
import sys

import pytest

from bot.storage.alone import alone
from bot.storage.errors import ServedAlreadyError
from bot.storage.storage import file_of

SERVES = """
import sys
from pathlib import Path
from bot.storage.alone import alone
with alone(Path(sys.argv[1])):
    print("serving", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_named_and_a_killed_one_leaves_the_file_to_the_next(tmp_path):
    file, link = tmp_path / "frontline.db", tmp_path / "same.db"
    link.symlink_to(file)
    command = [sys.executable, "-c", SERVES, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "serving\n"
        with pytest.raises(ServedAlreadyError, match=f"^{file} is served by process {other.pid} already"), alone(link):
            pass
        with alone(tmp_path / "other.db"):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
    for _ in range(2):
        with alone(file):
            pass


def test_who_has_not_said_its_number_yet_is_another_process(tmp_path):
    file = tmp_path / "frontline.db"
    with alone(file):
        (tmp_path / "frontline.db-lock").write_text("")
        with pytest.raises(ServedAlreadyError, match="is served by another process already"), alone(file):
            pass


def test_many_serve_what_is_no_file_and_a_folder_that_is_not_there_is_told_of_by_the_database(tmp_path):
    for _ in range(2):
        with alone(file_of("postgresql+asyncpg://u:p@h/d")), alone(tmp_path / "nowhere" / "a.db"):
            pass
