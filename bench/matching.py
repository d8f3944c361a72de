"""Matching against a plain scikit-learn pipeline, on public sets: python bench/matching.py FOLDER [--full].

FOLDER holds a folder for each set, with test.tsv and one or more train*.tsv (text<TAB>intent a line), and perhaps
oos_test.tsv. Training files of more than 4,000 lines take minutes and are measured with --full only.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from intents.evaluate import Pair, evaluate, read_pairs

LARGE = 4000
QUERIES = 300
HEAD = "set                          plain   ours  train s  p50 us  p99 us  ratio  precision  answered   ece  auroc"


def plain(train: Sequence[Pair], test: Sequence[Pair]) -> tuple[float, float]:
    """Accuracy and the median seconds of one match of the pipeline that one would write first."""
    model: Any = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        LinearSVC(),
    )
    model.fit([text for text, _ in train], [label for _, label in train])
    right = model.predict([text for text, _ in test]) == np.array([label for _, label in test])
    times = []
    for text, _ in test[:QUERIES]:
        started = perf_counter()
        model.predict([text])
        times.append(perf_counter() - started)
    return float(right.mean()), float(np.median(times))


def main(folder: Path, *, full: bool) -> None:
    print(HEAD)
    for file in sorted(folder.glob("*/train*.tsv")):
        train, test = read_pairs(file), read_pairs(file.with_name("test.tsv"))
        if len(train) > LARGE and not full:
            continue
        strange = file.with_name("oos_test.tsv")
        ours = evaluate(train, test, [text for text, _ in read_pairs(strange)] if strange.exists() else ())
        accuracy, seconds = plain(train, test)
        name = f"{file.parent.name}/{file.stem}"
        print(
            f"{name:26}{accuracy:8.1%}{ours.accuracy:7.1%}{ours.train_s:9.2f}"
            f"{ours.p50_us:8.0f}{ours.p99_us:8.0f}{ours.p50_us / seconds / 1e6:7.2f}"
            f"{ours.answer_precision:11.1%}{ours.answer_coverage:10.1%}{ours.ece:6.2f}"
            + (f"{ours.oos_auroc:7.1%}" if ours.oos_auroc is not None else ""),
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), full="--full" in sys.argv)
