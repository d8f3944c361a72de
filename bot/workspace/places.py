"""Where the files of a workspace are: an admin's folder, or the sample that comes with the packages."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import handoff
import intents
import intents.loader
import kb
import kb.loader
from bot.workspace.phrases import PACKAGED

Signature = frozenset[tuple[str, int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Places:
    """`phrases` is None where the packaged ones are all there is; `tests` need not exist."""

    intents: Path
    kb: Path
    desk: Path
    phrases: Path | None
    tests: Path

    @property
    def replies(self) -> Path:
        """The canned replies, beside the desk; there may be none."""
        return self.desk.parent / "replies.yaml"

    def version(self) -> str:
        """Names the content of every file, phrases included; the same content has the same name."""
        digest = sha256()
        for name, path in sorted(self._files()):
            digest.update(name.encode() + b"\0" + _bytes(path) + b"\0")
        return digest.hexdigest()[:12]

    def signature(self) -> Signature:
        """Differs when any file may have changed; much cheaper than the version, since no file is read."""
        found = set()
        for name, path in self._files():
            with suppress(OSError):  # it is gone already
                stat = path.stat()
                found.add((name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino))
        return frozenset(found)

    def folders(self) -> frozenset[Path]:
        """The folders that there are, by their real names: links may lead elsewhere tomorrow."""
        wanted = (self.intents, self.kb, self.desk.parent, self.phrases or PACKAGED)
        return frozenset(folder.resolve() for folder in wanted if folder.is_dir())

    def read(self) -> frozenset[Path]:
        """Every file of content that there is, and every dialogue."""
        dialogues = (path for path in self.tests.glob("*") if path.suffix in {".yaml", ".yml"})
        return frozenset([*(path for _, path in self._files()), *dialogues])

    def _files(self) -> Iterator[tuple[str, Path]]:
        """What a load reads, each with its name in the workspace."""
        yield "desk.yaml", self.desk
        if self.replies.exists():
            yield "replies.yaml", self.replies
        yield from (_named(path, self.intents) for path in intents.loader.files_of(self.intents))
        yield from (_named(path, self.kb) for path in kb.loader.files_of(self.kb))
        for folder in (PACKAGED, self.phrases):
            if folder is not None:
                yield from (_named(path, folder) for path in folder.glob("phrases.*.yaml"))


def places(folder: Path | None) -> Places:
    """The places of the workspace in the folder; of the packaged sample without one."""
    if folder is None:
        intents_, kb_, handoff_ = (Path(str(package.__file__)).parent / "content" for package in (intents, kb, handoff))
        return Places(intents_, kb_, handoff_ / "desk.yaml", None, PACKAGED / "tests")
    return Places(folder / "intents", folder / "kb", folder / "handoff" / "desk.yaml", folder / "bot", folder / "tests")


def _named(path: Path, folder: Path) -> tuple[str, Path]:
    return f"{folder.name}/{path.relative_to(folder)}", path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:  # a load will say so
        return f"\0{error.errno}".encode()
