"""What cross-validation tells of the examples: which intents overlap, and which sentences go astray."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from intents.codes import Code
from intents.errors import Fault
from intents.held_out import HeldOut
from intents.ranking import Ranking
from intents.source import Sentence, Source, examples_in

LIKELY = 0.25  # from this score a wrong intent confuses; below it nothing was understood
OFTEN = 3  # confusions between two intents, and
SHARE = 0.2  # of their sentences together, from which they overlap
LOST = (0.9, 0.1)  # a sentence strays when a rival scores so much, and its own intent no more than that


def confusions(held: Sequence[HeldOut], sources: Sequence[Source]) -> Iterator[Fault]:
    """Warnings of pairs of intents that are often taken for each other, notes of single sentences that go astray.

    `held` are the sentences of these files, ranked without having been learnt.
    """
    where = {(each.intent, each.locale, each.text): each for each in examples_in(sources)}
    wrong: defaultdict[tuple[str, str], list[tuple[Sentence, str]]] = defaultdict(list)
    count: Counter[str] = Counter()
    for each in held:
        if each.intent is None:
            continue
        count[each.intent] += 1
        rival = _rival(each.ranking, each.intent)
        if rival:
            sentence = where[each.intent, each.locale, each.text]
            first, second = sorted((each.intent, rival))
            wrong[first, second].append((sentence, rival))
            yield from _astray(sentence, each.ranking, rival)
    for (first, second), sentences in wrong.items():
        if len(sentences) >= max(OFTEN, SHARE * (count[first] + count[second])):
            yield _overlap(first, second, sentences, sources)


def _rival(ranking: Ranking, intent: str) -> str | None:
    """The intent that wins in the place of the right one."""
    if ranking.best < LIKELY or ranking.candidates[0].intent == intent:
        return None
    return ranking.candidates[0].intent


def _astray(sentence: Sentence, ranking: Ranking, rival: str) -> Iterator[Fault]:
    high, low = LOST
    own = next((each.score for each in ranking.candidates if each.intent == sentence.intent), 0.0)
    if ranking.best >= high and own <= low:
        said = f'without this line "{sentence.text}" would be taken for "{rival}" ({ranking.best:.0%})'
        text = f"{said}, not {sentence.owner} ({own:.0%}); move it there, or add more examples like it here"
        yield sentence.located.fault(sentence.place, Code.EXAMPLE_STRAYS, text, "note")


def _overlap(first: str, second: str, sentences: Sequence[tuple[Sentence, str]], sources: Sequence[Source]) -> Fault:
    there = sum(rival == second for _, rival in sentences)
    named = {
        each.id: (source.located, ("intents", at))
        for source in sources
        for at, each in enumerate(source.content.intents)
    }
    (here, place), (other, other_place) = named[first], named[second]
    back = len(sentences) - there
    counts = f'{there} of the sentences of "{first}" are taken for "{second}", {back} of "{second}" for "{first}"'
    said = f'"{first}" and "{second}" ({other.file}:{other.line_of(other_place)}) overlap: {counts}'
    quoted = " and ".join(f'"{sentence.text}"' for sentence, _ in _two(sentences))
    text = f"{said}, such as {quoted}; make one intent of them, or examples that tell them apart"
    return here.fault(place, Code.INTENTS_OVERLAP, text, "warning")


def _two(sentences: Sequence[tuple[Sentence, str]]) -> Sequence[tuple[Sentence, str]]:
    """Two to quote, one of each direction where there is one."""
    first = sentences[0]
    return first, next((each for each in sentences if each[1] != first[1]), sentences[1])
