"""The real process: started, asked whether it is ready, killed, started again."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]
WORKSPACE = Path(__file__).parent / "workspace"
RAISED = "1000000/1s"
LOOK = 0.03  # seconds between two looks at another process


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Frontline:
    """`frontline run` on a database of its own, the same port in each life."""

    def __init__(self, folder: Path, cache: Path, api: str, token: str, group: int, **settings: str) -> None:
        """`settings` go before those of the tests, by their names in the environment."""
        self.folder, self.port = folder, free_port()
        self.database = folder / "frontline.db"
        self.log = folder / "frontline.log"
        self.lives = 0
        self._nursery: asyncio.subprocess.Process | None = None
        self._pid: int | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FRONTLINE_")},
            "PYTHONPATH": str(ROOT),
            "FRONTLINE_WORKSPACE": str(WORKSPACE),
            "FRONTLINE_CACHE": str(cache),
            "FRONTLINE_WATCH": "off",
            "FRONTLINE_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "FRONTLINE_HTTP_PORT": str(self.port),
            "FRONTLINE_LIMIT_MESSAGES": RAISED,
            "FRONTLINE_LIMIT_VISITORS": RAISED,
            "FRONTLINE_TELEGRAM_API": api,
            "FRONTLINE_TELEGRAM_TOKEN": token,
            "FRONTLINE_OPERATOR_CHAT": str(group),
            **settings,
        }

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """A new life."""
        if self._nursery is None:
            self._nursery = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.kill.hurried", str(self.log)),
                cwd=self.folder,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        self._tell(b"live\n")
        self._pid = await self._told()
        self.lives += 1

    def _tell(self, line: bytes) -> None:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(line)

    async def _told(self) -> int:
        assert self._nursery is not None
        assert self._nursery.stdout is not None
        return int(await self._nursery.stdout.readline())

    async def readiness(self) -> tuple[int, str]:
        """What `/readyz` says; 0 while nobody listens."""
        async with aiohttp.ClientSession() as http:
            try:
                async with http.get(f"{self.url}/readyz", timeout=aiohttp.ClientTimeout(10)) as answer:
                    return answer.status, await answer.text()
            except aiohttp.ClientError:
                return 0, ""

    async def ready(self, seconds: float = 60) -> None:
        """Wait until it is."""
        await self.until_readiness(200, seconds)

    async def until_readiness(self, status: int, seconds: float = 60) -> None:
        """Wait until `/readyz` answers with this status. Raises AssertionError when it does not."""
        try:
            async with asyncio.timeout(seconds):
                while (await self.readiness())[0] != status:
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            raise AssertionError(
                f"not {status} but {await self.readiness()}; the log ends so:\n{self.said()}"
            ) from None

    def shoot(self) -> None:
        """SIGKILL, this instant."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._pid is not None:  # it is not reaped before we have read of its end
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, number)

    async def dead(self) -> int:
        """Wait for its end; the exit status, negative for a signal."""
        status = await self._told()
        self._pid = None
        return status

    async def stop(self, seconds: float = 20) -> int:
        """SIGTERM, and its exit status."""
        self._signal(signal.SIGTERM)
        async with asyncio.timeout(seconds):
            return await self.dead()

    async def end(self) -> None:
        """Leave nothing behind."""
        self.shoot()
        if self._nursery is not None:
            assert self._nursery.stdin is not None
            self._nursery.stdin.close()
            await self._nursery.wait()

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-4000:]
