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

from intents.calibration import Calibration
from intents.cascade import Model
from intents.classifier import Linear
from intents.exact import Example
from intents.features import Vocabulary

KEPT = 5  # models in the folder; older ones are removed
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "rapidfuzz")


def key(examples: Iterable[Example]) -> str:
    """Names the model of these examples as this code, with these libraries, would train it."""
    said = [platform.python_version(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    said += [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    said += [f"{example.label}\t{example.locale}\t{example.text}" for example in examples]
    return sha256("\0".join(said).encode()).hexdigest()[:32]


def load(file: Path) -> Model | None:
    """The model in the file; None if there is none or the file is damaged."""
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as kept:
            about = json.loads(str(kept["about"]))
            vocabulary = Vocabulary.from_lists(
                [str(kept[f"names{at}"]).split("\n") for at in range(3)], kept["idf"].tolist()
            )
            linear = Linear(tuple(about["labels"]), kept["weights"], kept["biases"])
            return Model(vocabulary, linear, Calibration(**about["calibration"]))
    except (OSError, BadZipFile, ValueError, KeyError, TypeError, EOFError):
        return None


def save(file: Path, model: Model) -> None:
    """Write the model; a reader sees the whole of it or nothing. Creates the folder. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    calibration = model.calibration
    about = {
        "labels": model.linear.labels,
        "calibration": {"odds": calibration.odds, "likeness": calibration.likeness, "bias": calibration.bias},
    }
    names: dict[str, Any] = {
        f"names{at}": np.array("\n".join(block)) for at, block in enumerate(model.vocabulary.columns)
    }
    arrays: dict[str, Any] = {
        "weights": model.linear.weights,
        "biases": model.linear.biases,
        "idf": np.array(model.vocabulary.idf),
    }
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        np.savez(part, allow_pickle=False, about=np.array(json.dumps(about)), **names, **arrays)
    Path(part.name).replace(file)
    _forget(file.parent)


def _forget(folder: Path) -> None:
    models = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in models[KEPT:]:
        with suppress(OSError):  # another process may have been faster
            old.unlink()
