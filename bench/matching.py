"""How good and how fast matching is, on public sets and beside a plain pipeline.

    python bench/matching.py FOLDER [--full] [--semantic MODEL]

FOLDER holds a folder for each set, with test.tsv, one or more train*.tsv (text<TAB>intent a line) and perhaps
oos_test.tsv. Training files of more than 4,000 lines take minutes and are measured with --full only. --semantic
measures all of it with the word vectors of that folder (bench/distil.py makes one). The plain pipeline, measured in the
same run, is what one would write first: TF-IDF of words and characters and a logistic regression.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from spellings import figures, tests_of

from bot.workspace.loading import survey
from intents.cascade import Matcher
from intents.evaluate import catalogue_of, examine
from intents.held_out import cross_validate
from intents.judging import judge
from intents.measures import measure
from intents.plain_files import Pair, read_pairs, read_texts
from intents.training import train
from intents.vectors import Vectors

LARGE = 4000
QUERIES = 600
AT_ONCE = 64
ROUNDS = 20
TURN = 50
REFUSED = 0.7  # of texts that are none of ours
MISSPELT = 0.2  # of the words
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def plain() -> Any:
    """The pipeline that one would write first."""
    return make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2)),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
        ),
        LogisticRegression(max_iter=1000),
    )


def accuracy(folder: Path, vectors: Vectors | None, *, full: bool) -> None:
    print(
        "\nset                       right  macro-F1    ece  precision  answered   auroc  fpr95  right at 70 % refused"
    )
    for file in sorted(folder.glob("*/train*.tsv")):
        taught, asked = read_pairs(file), read_pairs(file.with_name("test.tsv"))
        if len(taught) > LARGE and not full:
            continue
        strange = file.with_name("oos_test.tsv")
        foreign = read_texts(strange) if strange.exists() else []
        found = examine(taught, asked, foreign, vectors=vectors)
        own = [each for each in found.judged if each.intent is not None]
        line = found.figures
        row = (
            f"{file.parent.name + '/' + file.stem:24}{line.accuracy:8.1%}{line.macro_f1:9.1%}{line.ece:8.3f}"
            f"{line.answer_precision:10.1%}{line.answer_coverage:10.1%}"
        )
        if foreign:
            least = np.quantile([each.ours for each in found.judged if each.intent is None], REFUSED)
            right = np.mean([each.right and each.ours >= least for each in own])
            row += f"{line.oos_auroc:9.3f}{line.oos_fpr95:7.2f}{right:10.1%}"
        print(row, flush=True)


def typos(folder: Path, vectors: Vectors | None) -> None:
    print("\none random edit in a fifth of the words, 10-shot (mean of three draws)")
    for name in ("clinc150", "banking77"):
        file = folder / name / "train_10.tsv"
        if not file.exists():
            continue
        matcher = train(catalogue_of(read_pairs(file)), ["en"], None, vectors)
        asked = read_pairs(file.with_name("test.tsv"))
        shares = [
            _right(matcher, [(_misspelt(text, Random(seed)), label) for text, label in asked]) for seed in (1, 2, 3)
        ]
        print(f"{name:24}{np.mean(shares):8.1%}")


def _right(matcher: Matcher, asked: Sequence[Pair]) -> float:
    rankings = matcher.rank_many([(text, "en") for text, _ in asked])
    first = (ranking.candidates[0].intent if ranking.candidates else None for ranking in rankings)
    return float(np.mean([said == meant for said, (_, meant) in zip(first, asked, strict=True)]))


def _misspelt(text: str, dice: Random) -> str:
    return " ".join(_slipped(word, dice) if dice.random() < MISSPELT else word for word in text.split(" "))


def _slipped(word: str, dice: Random) -> str:
    """One letter left out, put in, put in the place of another, or two exchanged."""
    if not word:
        return word
    at, letter = dice.randrange(len(word)), dice.choice(LETTERS)
    head, tail = word[:at], word[at + 1 :]
    return dice.choice(
        [head + tail, head + letter + word[at:], head + letter + tail, head + tail[:1] + word[at] + tail[1:]]
    )


def speed(folder: Path, vectors: Vectors | None) -> None:
    file = folder / "clinc150" / "train_10.tsv"
    taught, texts = read_pairs(file), [text for text, _ in read_pairs(file.with_name("test.tsv"))]
    texts = texts[:: max(1, len(texts) // QUERIES)][:QUERIES]
    catalogue = catalogue_of(taught)
    model = plain()
    train(catalogue_of(taught[: len(taught) // 10]), ["en"], None)  # what is imported once is not counted
    with tempfile.TemporaryDirectory() as kept:
        cache = Path(kept)
        started = perf_counter()
        matcher = train(catalogue, ["en"], cache, vectors)
        ours = perf_counter() - started
        started = perf_counter()
        model.fit([text for text, _ in taught], [label for _, label in taught])
        theirs = perf_counter() - started
        started = perf_counter()
        train(catalogue, ["en"], cache, vectors)
        again = perf_counter() - started
    print(f"\ntraining of {len(taught)} sentences, calibration included: {ours:.2f} s, plain {theirs:.2f} s, ", end="")
    print(f"ratio {ours / theirs:.2f}; from the cache {again:.3f} s, ratio {again / theirs:.3f}")
    alone, beside = _in_turns(lambda text: matcher.rank(text, "en"), lambda text: model.predict_proba([text]), texts)
    for share in (0.5, 0.99):
        one, two = np.quantile(alone, share), np.quantile(beside, share)
        print(f"one match, p{share * 100:g}: {one * 1e6:.0f} us, plain {two * 1e6:.0f} us, ratio {one / two:.2f}")
    singles, batches = [], []
    for at in range(ROUNDS):
        some = [(text, "en") for text in texts[at * AT_ONCE % (len(texts) - AT_ONCE) :][:AT_ONCE]]
        singles.append(_seconds(lambda some=some: [matcher.rank(*each) for each in some]))
        batches.append(_seconds(lambda some=some: matcher.rank_many(some)))
    ratio = np.median(batches) / np.median(singles)
    print(
        f"{AT_ONCE} at once: {np.median(batches) / AT_ONCE * 1e6:.0f} us each, ratio to alone {ratio:.2f}", flush=True
    )


def _in_turns(
    one: Callable[[str], object], two: Callable[[str], object], texts: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Seconds of each text by one and by the other, which take turns of some texts: both meet the same machine."""
    found: tuple[list[float], list[float]] = ([], [])
    for at in range(0, len(texts), TURN):
        some = texts[at : at + TURN]
        for act, times in zip((one, two), found, strict=True):
            act(some[0])
            times += [_seconds(lambda text=text, act=act: act(text)) for text in some]
    return found


def _seconds(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def sample(vectors: Vectors | None) -> None:
    workspace = survey(None, datetime.now(UTC).date())
    desk = workspace.desk.desk
    matcher = train(workspace.intents, desk.locales, None, vectors)
    limits = matcher.thresholds(desk.precision)
    held = cross_validate(workspace.intents, desk.locales, None, vectors)
    print(f"\nsample workspace, cross-validated, at precision {desk.precision}")
    for locale in desk.locales:
        found = measure(judge([each for each in held if each.locale == locale], limits))
        assert found is not None
        print(
            f"{locale:6}{found.n:6} sentences{found.accuracy:8.1%} right{found.answer_coverage:8.1%} answered, of these"
            f"{found.answer_precision:7.1%} right{found.clarified:8.1%} asked back, ece {found.ece:.3f}"
        )
    print("its tests, spelt otherwise: right answers to right answers of the plain spelling")
    for row in figures(tests_of(workspace.intents, desk.locales)):
        print(f"{row.locale:6}{row.rewriting:20}{row.sentences:6}{row.ratio:9.1%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--semantic", type=Path)
    options = parser.parse_args()
    vectors = Vectors.load(options.semantic) if options.semantic else None
    speed(options.folder, vectors)
    accuracy(options.folder, vectors, full=options.full)
    typos(options.folder, vectors)
    sample(vectors)


if __name__ == "__main__":
    main()
