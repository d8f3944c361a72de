"""What words mean, as vectors of a static model: the seam to model2vec, which the extra `semantic` brings."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from intents.errors import IntentsError
from intents.features import Floats

REMEMBERED = 16_384  # words; each costs four bytes for every dimension
_PARTS = ("model.safetensors", "tokenizer.json")
_NESTED = "0_StaticEmbedding"  # where sentence-transformers puts the same files
_LIBRARIES = ("model2vec", "tokenizers")


class VectorsError(IntentsError):
    """Word vectors cannot be used."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(f"{fact}; {remedy}")


class Vectors:
    """Word vectors of one static model. Immutable to its callers; safe to share between threads.

    `fingerprint` names the content of the model and the libraries that read it; the same vectors have the same name.
    """

    def __init__(self, model: Any, fingerprint: str) -> None:
        """`model` is a StaticModel of model2vec; `Vectors.load` makes both."""
        self.fingerprint = fingerprint
        self.dim = int(model.dim)
        self._model = model
        self._known = lru_cache(REMEMBERED)(self._looked_up)

    @classmethod
    def load(cls, folder: Path) -> "Vectors":
        """The model in the folder, wholly in memory. Blocks, a second for each hundred megabytes or so.

        Raises VectorsError if the extra is not installed, or if the folder is not there, is no static model or damaged.
        """
        static_model = _library()
        if not folder.is_dir():  # with a path that is not there, model2vec would ask the internet
            raise VectorsError(
                f'there is no folder "{folder}"', "correct the path, or make a model there as docs/semantic.md says"
            )
        if not any(_whole(place) for place in (folder, folder / _NESTED)):
            raise VectorsError(
                f'there is no model in "{folder}", where {" and ".join(_PARTS)} would be',
                "name the folder of one, or make one as docs/semantic.md says",
            )
        try:
            model = static_model.from_pretrained(folder)
            found = cls(model, _fingerprint(folder))
            sound = model.embedding.ndim == 2 and bool(np.isfinite(model.embedding).all())  # noqa: PLR2004 - a matrix
            found.of(["a"])
        except Exception as error:  # its libraries raise Exception itself
            raise _unreadable(folder, str(error)) from error
        if not sound:
            raise _unreadable(folder, "not all of its numbers are finite")
        return found

    def of(self, words: Sequence[str]) -> Floats:
        """The direction of all words together, of length 1; zeros if no word has a vector. Words as `words_of` cuts."""
        total = np.zeros(self.dim, np.float32)
        for word in words:
            total += self._known(word)[0]
        length = float(np.sqrt(total.dot(total)))
        return total / np.float32(length) if length else total

    def many(self, sentences: Iterable[Sequence[str]]) -> Floats:
        """One row for each sentence, as `of` makes it."""
        rows = [self.of(words) for words in sentences]
        return np.array(rows, np.float32).reshape(len(rows), self.dim)

    def knows(self, word: str) -> bool:
        """Whether the word is a whole entry of the model, and so hardly a slip of the finger."""
        return self._known(word)[1]

    def _looked_up(self, word: str) -> tuple[Floats, bool]:
        """The sum of the vectors of the word's pieces, and whether it is of one piece."""
        model = self._model
        pieces = model.tokenizer.encode(word, add_special_tokens=False).ids
        pieces = [piece for piece in pieces if piece != model.unk_token_id]
        rows = model.embedding[pieces if model.token_mapping is None else model.token_mapping[pieces]]
        rows = rows.astype(np.float32)
        if model.weights is not None:
            rows *= model.weights[pieces].astype(np.float32)[:, None]
        return rows.sum(axis=0), len(pieces) == 1


def _library() -> Any:
    try:
        from model2vec import StaticModel  # noqa: PLC0415 - an extra: nobody else needs it
    except ImportError as error:
        raise VectorsError(
            "word vectors need an extra that is not installed", "run: pip install 'frontline[semantic]'"
        ) from error
    return StaticModel


def _whole(folder: Path) -> bool:
    return all((folder / part).is_file() for part in _PARTS)


def _unreadable(folder: Path, reason: str) -> VectorsError:
    said = " ".join(reason.split())
    return VectorsError(
        f'"{folder}" cannot be read as a static model ({said})', "download or make it again as docs/semantic.md says"
    )


def _fingerprint(folder: Path) -> str:
    digest = sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for file in _files(folder):
        with file.open("rb") as content:
            digest.update(file_digest(content, "sha256").digest())
    return digest.hexdigest()[:32]


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.suffix in {".json", ".safetensors"} and file.is_file())
