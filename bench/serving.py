"""Start `frontline run` in a process of its own, as anybody would, and stop it again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    seconds: float  # from the start of the process to the first good /readyz

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Server]:
    """A server whose database and models are in the folder; `settings` by their names without FRONTLINE_."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("FRONTLINE_")}
    env |= {"FRONTLINE_HTTP_PORT": str(port), "FRONTLINE_LOG_LEVEL": "warning"}
    env |= {f"FRONTLINE_{name.upper()}": value for name, value in settings.items()}
    began = time.perf_counter()
    command = [str(Path(sys.executable).with_name("frontline")), "run"]
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz", process)
        yield Server(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5) as answer:
                if answer.status == HTTPStatus.OK:
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.02)  # noqa: TID251 - another process is waited for
    raise SystemExit(f"{url} did not become ready; exit status {process.poll()}")
