"""The word vectors that `desk.yaml` asks for."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.workspace.codes import Code
from intents.errors import Fault, FaultsError
from intents.vectors import Vectors, VectorsError

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Semantic:
    """`matching.semantic` as written, and where: a model's folder, absolute or within the workspace."""

    folder: str
    file: str
    line: int


def load_vectors(said: Semantic | None, workspace: Path) -> Vectors | None:
    """The model that was asked for, None if none was; one that has not changed since the last call is not read again.

    Raises FaultsError, at the line that asks.
    """
    if said is None:
        return None
    folder = workspace / said.folder
    try:
        return _loaded(folder, _stamp(folder))
    except VectorsError as error:
        raise FaultsError([Fault(said.file, said.line, str(error), code=Code.NO_VECTORS)]) from error


@lru_cache(1)  # a model may fill a good part of the memory
def _loaded(folder: Path, _: Stamp) -> Vectors:
    return Vectors.load(folder)


def _stamp(folder: Path) -> Stamp:
    """What changes when a file of the folder does."""
    files = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return tuple((str(path), about.st_size, about.st_mtime_ns) for path, about in files)
