"""Trained models on disk: plain arrays, named by a hash of all that they depend on."""

import json
import platform
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from intents.blend import Blend, Opinion
from intents.cascade import Model
from intents.classifier import Linear
from intents.exact import Example
from intents.features import Vocabulary
from intents.meaning import Meaning
from intents.thresholds import Record
from intents.vectors import Vectors

KEPT = 5  # models in the folder; older ones are removed
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "rapidfuzz")


def key(examples: Iterable[Example], vectors: Vectors | None = None) -> str:
    """Names the model of these examples as this code, with these libraries and word vectors, would train it."""
    said = [platform.python_version(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    files = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in {".py", ".yaml"})
    said += [path.read_text("utf-8") for path in files]
    said += [f"{example.label}\t{example.locale}\t{example.title}\t{example.text}" for example in examples]
    said.append(vectors.fingerprint if vectors else "")
    return sha256("\0".join(said).encode()).hexdigest()[:32]


def load(file: Path, vectors: Vectors | None = None) -> Model | None:
    """The model in the file, trained with these word vectors; None if there is none or the file is damaged."""
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as kept:
            return _model(kept, vectors)
    except (OSError, BadZipFile, ValueError, KeyError, TypeError, EOFError):
        return None


def save(file: Path, model: Model) -> None:
    """Write the model; a reader sees the whole of it or nothing. Creates the folder. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        np.savez(part, allow_pickle=False, **_arrays(model))
    Path(part.name).replace(file)
    _forget(file.parent)


def _arrays(model: Model) -> dict[str, Any]:
    vocabulary, blend, record = model.vocabulary, model.blend, model.record
    about = {
        "labels": model.linear.labels,
        "blend": {"weights": blend.weights, "odds": blend.odds, "familiarity": blend.familiarity},
        "unseen": vocabulary.unseen,
        "outside": record.outside,
    }
    meant: dict[str, Any] = {"meant": model.linear.meant, "centre": model.meaning.centre} if model.meaning else {}
    return {
        **meant,
        "about": np.array(json.dumps(about)),
        "starts": np.array("\n".join(vocabulary.starts)),
        "pairs": np.array("\n".join(vocabulary.pairs)),
        "hashes": vocabulary.hashes,
        "idf": vocabulary.idf,
        "weights": model.linear.weights,
        "biases": model.linear.biases,
        "opinion_classes": record.opinion.classes,
        "opinion_probabilities": record.opinion.probabilities,
        "opinion_ours": record.opinion.ours,
        "truth": record.truth,
        "example": record.example,
    }


def _model(kept: Any, vectors: Vectors | None) -> Model:
    about = json.loads(str(kept["about"]))
    starts, pairs = (text.split("\n") if text else [] for text in (str(kept["starts"]), str(kept["pairs"])))
    vocabulary = Vocabulary.from_names(starts, pairs, kept["hashes"], kept["idf"], about["unseen"])
    linear = Linear(tuple(about["labels"]), kept["weights"], kept["biases"], kept["meant"] if vectors else None)
    blend = Blend(**{name: tuple(values) for name, values in about["blend"].items()})
    opinion = Opinion(kept["opinion_classes"], kept["opinion_probabilities"], kept["opinion_ours"])
    record = Record(opinion, kept["truth"], kept["example"], about["outside"])
    return Model(vocabulary, linear, blend, record, Meaning(vectors, kept["centre"]) if vectors else None)


def _forget(folder: Path) -> None:
    models = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in models[KEPT:]:
        with suppress(OSError):  # another process may have been faster
            old.unlink()
