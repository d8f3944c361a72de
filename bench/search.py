"""Search over the sample workspace, against a plain BM25 that reads everything anew: python bench/search.py [--tune].

Asked are the titles of articles, and the sentences that are kept from training (`tests:`) of every intent that answers:
the right document is its article or its short answer. What is shown unasked is wrong of "strange" sentences, which
belong to no intent, of "everyday" ones, which customers of other trades ask (everyday.yaml), and of "orphans", the same
sentences with the right document left out. With --tune the intents' examples are asked instead of their tests, so that
a change can be judged without looking at the tests.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.workspace.knowledge import answers, library_of, words
from bot.workspace.loading import Workspace, survey
from intents.strict_yaml import read
from kb.article import Answer, Article, Document, Hit
from kb.render import plain
from kb.search import SURE

HEAD = "asked          locale      n   plain @1    @3    MRR    ours @1    @3    MRR   sure  right of sure"
DEPTH = 10
EVERYDAY = read(Path(__file__).with_name("everyday.yaml")).data


@dataclass(frozen=True)
class Question:
    text: str
    locale: str
    document: str  # the id of the article or answer that is meant


class Plain:
    """BM25 over whole words as one would write it first: every document is looked at for every question."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.texts = [(each.id, Counter(words(f"{each.title} {plain(each.body)}"))) for each in documents]
        self.average = sum(text.total() for _, text in self.texts) / len(self.texts)

    def search(self, query: str) -> list[str]:
        scores = [(sum(self._score(word, text) for word in set(words(query))), name) for name, text in self.texts]
        return [name for score, name in sorted(scores, key=lambda each: (-each[0], each[1])) if score][:DEPTH]

    def _score(self, word: str, text: Counter[str]) -> float:
        found = sum(word in other for _, other in self.texts)
        length = 0.25 + 0.75 * text.total() / self.average
        return log(1 + (len(self.texts) - found + 0.5) / (found + 0.5)) * text[word] * 2.2 / (text[word] + 1.2 * length)


def titles(workspace: Workspace) -> list[Question]:
    return [Question(each.title, each.locale, each.id) for each in workspace.articles if each.audience == "customers"]


def sentences(workspace: Workspace, kind: str, *, articles: bool) -> list[Question]:
    answered = {each.id for each in answers(workspace.intents)}
    return [
        Question(text, locale, intent.article or intent.id)
        for intent in workspace.intents.intents.values()
        if (intent.article if articles else intent.id in answered)
        for locale, texts in getattr(intent, kind).items()
        for text in texts
    ]


def documents(workspace: Workspace, locale: str) -> list[Document]:
    own: list[Article | Answer] = [*workspace.articles, *answers(workspace.intents)]
    return [each for each in own if each.locale == locale and getattr(each, "audience", "") != "operators"]


def quality(ranks: Sequence[int]) -> str:
    """Recall at 1 and at 3, and the mean reciprocal rank; a rank of 0 is not found."""
    first, three = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
    return f"{first:9.1%}{three:7.1%}{sum(1 / rank for rank in ranks if rank) / len(ranks):6.2f}"


def rank(found: Sequence[str], document: str) -> int:
    return found.index(document) + 1 if document in found else 0


def row(name: str, locale: str, shown: Sequence[bool]) -> str:
    """What share of these questions is shown something unasked."""
    return f"{name:15}{locale:6}{len(shown):6}{'':44}{sum(shown) / len(shown):7.1%}"


def shows(hits: Sequence[Hit], but: str = "") -> bool:
    return any(hit.score >= SURE and hit.document.id != but for hit in hits)


def rows(workspace: Workspace, kind: str) -> Iterator[str]:
    library = library_of(workspace.articles, workspace.intents, workspace.desk.desk)
    for locale in workspace.desk.desk.locales:
        naive = Plain(documents(workspace, locale))
        orphans = []
        for name, asked in (
            ("titles", titles(workspace)),
            ("articles", sentences(workspace, kind, articles=True)),
            ("answers", sentences(workspace, kind, articles=False)),
        ):
            here = [each for each in asked if each.locale == locale]
            hits = [library.search(each.text, locale, limit=DEPTH) for each in here]
            ours = [
                rank([hit.document.id for hit in found], each.document) for each, found in zip(here, hits, strict=True)
            ]
            orphans += [shows(found, each.document) for each, found in zip(here, hits, strict=True) if name != "titles"]
            others = [rank(naive.search(each.text), each.document) for each in here]
            sure = [at for at, found in zip(ours, hits, strict=True) if found and found[0].score >= SURE]
            shares = f"{len(sure) / len(here):7.1%}{sum(at == 1 for at in sure) / len(sure) if sure else 0:10.1%}"
            yield f"{name:15}{locale:6}{len(here):6}{quality(others)}{quality(ours)}{shares}"
        yield row("orphans", locale, orphans)
        for name, strange in (
            ("strange", workspace.intents.out_of_scope[locale]),
            ("everyday", EVERYDAY[locale].splitlines()),
        ):
            yield row(name, locale, [shows(library.search(text, locale)) for text in strange])


def microseconds(search: Callable[[str], object], questions: Sequence[str]) -> float:
    times = []
    for text in questions * 3:
        started = perf_counter()
        search(text)
        times.append(perf_counter() - started)
    return median(times) * 1e6


def main(kind: str) -> None:
    workspace = survey(None, datetime.now(UTC).date())
    print(HEAD)
    for row in rows(workspace, kind):
        print(row, flush=True)
    library = library_of(workspace.articles, workspace.intents, workspace.desk.desk)
    for locale in workspace.desk.desk.locales:
        asked = [each.text for each in sentences(workspace, "tests", articles=False) if each.locale == locale]
        ours = microseconds(lambda text, locale=locale: library.search(text, locale), asked)
        scan = microseconds(Plain(documents(workspace, locale)).search, asked)
        print(f"{locale}: p50 of a search {ours:.0f} us, of the full scan {scan:.0f} us, ratio {ours / scan:.2f}")


if __name__ == "__main__":
    main("examples" if "--tune" in sys.argv else "tests")
