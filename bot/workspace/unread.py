"""Files that look like content and that nobody reads, because of their name or their folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bot.workspace.codes import Code
from bot.workspace.places import Places
from intents.errors import Fault

_CONTENT: Final = {".yaml", ".yml", ".md", ".markdown", ".txt", ".doc", ".docx", ".odt", ".rtf"}
_READ: Final[Mapping[str, str]] = {
    "intents": "intents/*.yaml",
    "kb": "kb/<locale>/**/*.md",
    "handoff": "handoff/desk.yaml or handoff/replies.yaml",
    "bot": "bot/phrases.<locale>.yaml",
    "tests": "tests/*.yaml",
}


def unread_files(folder: Path, where: Places) -> Iterator[Fault]:
    """A warning for each file of text below the folders of a workspace that no load and no test reads."""
    read = where.read()
    for name, pattern in _READ.items():
        for path in sorted((folder / name).rglob("*")):
            told = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in told.parts) or path.stem.upper() == "README"
            if path.suffix.lower() in _CONTENT and not hidden and path not in read and path.is_file():
                text = f"nobody reads this file; in {name}/ it is {pattern} that is read: name it so, or remove it"
                yield Fault(str(path), 1, text, "warning", code=Code.UNREAD_FILE)
