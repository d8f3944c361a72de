"""Where the files of a workspace are: an admin's folder, or the sample that comes with the packages."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import handoff
import intents
import kb
from bot.workspace.phrases import PACKAGED


@dataclass(frozen=True, slots=True)
class Places:
    """`phrases` is None where the packaged ones are all there is; `tests` need not exist."""

    intents: Path
    kb: Path
    desk: Path
    phrases: Path | None
    tests: Path

    def version(self) -> str:
        """Names the content of every file, phrases included; the same content has the same name."""
        digest = sha256()
        for path in sorted(self._files()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]

    def _files(self) -> Iterator[Path]:
        yield self.desk
        yield from self.intents.glob("*.y*ml")
        yield from self.kb.rglob("*.md")
        for folder in (PACKAGED, self.phrases):
            if folder is not None:
                yield from folder.glob("phrases.*.yaml")


def places(folder: Path | None) -> Places:
    """The places of the workspace in the folder; of the packaged sample without one."""
    if folder is None:
        intents_, kb_, handoff_ = (Path(str(package.__file__)).parent / "content" for package in (intents, kb, handoff))
        return Places(intents_, kb_, handoff_ / "desk.yaml", None, PACKAGED / "tests")
    return Places(folder / "intents", folder / "kb", folder / "handoff" / "desk.yaml", folder / "bot", folder / "tests")
