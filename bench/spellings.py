"""What is kept of the matching when customers write otherwise: python bench/spellings.py [WORKSPACE] [--examples].

Rewrites every sentence under `tests:` (with --examples: every example, each ranked by a matcher that has not seen it)
as people type it with the wrong layout on, in Latin letters, without diacritics, or in two languages at once. Of the
sentences that are understood in plain spelling, `kept` are still understood, and `offered` at least among the first
three; `ratio` is right answers after to right answers before. The second table is about the language that is found.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from rewriting import REWRITINGS

from bot.workspace.loading import survey
from intents.cascade import Matcher
from intents.intent import Catalogue
from intents.ranking import Ranking
from intents.training import train

FOLDS = 5
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of an author, what it means, and the matcher to ask."""

    text: str
    locale: str
    intent: str
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class Kept:
    """One rewriting of one locale; shares are of the sentences that plain spelling gets right, except `plain`."""

    locale: str
    rewriting: str
    sentences: int
    plain: float
    kept: float
    offered: float
    ratio: float
    right_language: float
    wrong_language: float


def tests_of(catalogue: Catalogue, locales: Sequence[str]) -> list[Case]:
    """The sentences under `tests:`, for one matcher that learnt all examples."""
    matcher = train(catalogue, locales, None)
    return [
        Case(text, locale, intent.id, matcher)
        for intent in catalogue.intents.values()
        for locale, texts in intent.tests.items()
        for text in texts
        if locale in locales
    ]


def examples_of(catalogue: Catalogue, locales: Sequence[str]) -> list[Case]:
    """The examples, each for a matcher that learnt four fifths of them, and not this one."""
    return [case for fold in range(FOLDS) for case in _held_out(catalogue, locales, fold)]


def _held_out(catalogue: Catalogue, locales: Sequence[str], fold: int) -> Iterator[Case]:
    kept = {
        name: replace(
            intent,
            examples={
                locale: tuple(text for at, text in enumerate(texts) if at % FOLDS != fold)
                for locale, texts in intent.examples.items()
            },
        )
        for name, intent in catalogue.intents.items()
    }
    matcher = train(replace(catalogue, intents=kept), locales, None)
    for name, intent in catalogue.intents.items():
        for locale, texts in intent.examples.items():
            if locale in locales:
                yield from (Case(text, locale, name, matcher) for text in texts[fold::FOLDS])


def figures(cases: Sequence[Case], seed: int = 1) -> list[Kept]:
    """What each rewriting keeps, for every locale that there are rewritings for; the same each time."""
    before = [each.matcher.rank(each.text, each.locale) for each in cases]
    found = []
    for locale, rewritings in REWRITINGS.items():
        for name, rewrite in rewritings.items():
            random = Random(seed)
            changed = [
                (case, ranking, text)
                for case, ranking in zip(cases, before, strict=True)
                if case.locale == locale and (text := rewrite(case.text, random)) is not None
            ]
            if changed:
                found.append(_kept(locale, name, changed))
    return found


def _kept(locale: str, name: str, changed: Sequence[tuple[Case, Ranking, str]]) -> Kept:
    after = [case.matcher.rank(text, locale) for case, _, text in changed]
    was = [_place(ranking, case) == 0 for case, ranking, _ in changed]
    now = [_place(ranking, case) for (case, _, _), ranking in zip(changed, after, strict=True)]
    right = max(sum(was), 1)
    return Kept(
        locale=locale,
        rewriting=name,
        sentences=len(changed),
        plain=sum(was) / len(was),
        kept=sum(one and two == 0 for one, two in zip(was, now, strict=True)) / right,
        offered=sum(one and two < OFFERED for one, two in zip(was, now, strict=True)) / right,
        ratio=now.count(0) / right,
        right_language=sum(ranking.language == locale for ranking in after) / len(after),
        wrong_language=sum(ranking.language not in (locale, None) for ranking in after) / len(after),
    )


def _place(ranking: Ranking, case: Case) -> int:
    named = [one.intent for one in ranking.candidates]
    return named.index(case.intent) if case.intent in named else OFFERED


def main(folder: Path | None, *, examples: bool) -> None:
    workspace = survey(folder, datetime.now(UTC).date())
    locales = workspace.desk.desk.locales
    cases = (examples_of if examples else tests_of)(workspace.intents, locales)
    print("locale  written                    n   plain    kept  offered   ratio   language: right unclear  wrong")
    for one in figures(cases):
        unclear = abs(1 - one.right_language - one.wrong_language)
        print(
            f"{one.locale:8}{one.rewriting:22}{one.sentences:6}{one.plain:8.1%}{one.kept:8.1%}{one.offered:9.1%}"
            f"{one.ratio:8.1%}{one.right_language:18.1%}{unclear:8.1%}{one.wrong_language:7.1%}"
        )


if __name__ == "__main__":
    named = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    main(named[0] if named else None, examples="--examples" in sys.argv)
