"""Proposals: what should be added to the content, made of the questions that it does not answer yet."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.dialog.content import Content
from bot.dialog.policy import CHOICES, sure
from bot.dialog.questions import Asked, Outcome, Question
from bot.learning.masking import masked
from intents.grouping import group
from intents.intent import Catalogue
from intents.ranking import Candidate, Ranking
from intents.text import normalise

NEAR = 0.25  # a lower score says as little of one intent as of another
LONGEST = 200  # characters of a sentence; a longer one is no example
_ANSWERED = (Outcome.UNHELPED, Outcome.REPEATED)  # the bot had an answer, and it was none


class Kind(StrEnum):
    """What is proposed."""

    EXAMPLES = "examples"  # for an intent that is likely meant
    CHOSEN = "chosen"  # examples for the intent that customers picked themselves
    INTENT = "intent"  # a new one: nothing comes near
    ANSWER = "answer"  # a better answer: the intent was met, and it did not help


@dataclass(frozen=True, slots=True)
class Saying:
    """The same words, masked, whoever asked them: what became of each time, and what they mean now."""

    text: str
    locale: str
    questions: tuple[Question, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group of questions and what they ask for. `sentences` are (text, times), the most typical first.

    `intent` is the one to add to, for a new one the nearest, and `score` how likely it is now, 0 to 1, on average.
    """

    kind: Kind
    locale: str
    sentences: tuple[tuple[str, int], ...]
    outcomes: Mapping[Outcome, int]
    first: datetime
    last: datetime
    intent: str | None = None
    score: float | None = None

    @property
    def count(self) -> int:
        """How many questions there were."""
        return sum(times for _, times in self.sentences)


@dataclass(frozen=True, slots=True)
class Findings:
    """The proposals, the most asked for first. `answered` more questions would be answered by now."""

    proposals: tuple[Proposal, ...] = ()
    answered: int = 0


def propose(asked: Iterable[Asked], content: Content, *, locale: str | None = None, least: int = 1) -> Findings:
    """What the questions ask for, in one locale or in all, in groups of `least` at least. Deterministic."""
    sayings = _sayings(asked, content, locale)
    owners = _owners(content.intents)
    bins: dict[tuple[Kind, str, str], list[Saying]] = {}
    answered = 0
    for saying in sayings:
        kind, intent = _meaning(saying, content, owners)
        if kind is None:
            answered += len(saying.questions)
        else:
            bins.setdefault((kind, saying.locale, intent), []).append(saying)
    found = [proposal for key, members in bins.items() for proposal in _proposals(key, members, content)]
    worthy = [each for each in found if each.count >= least]
    return Findings(tuple(sorted(worthy, key=_order)), answered)


def _order(proposal: Proposal) -> tuple[int, str, str, str]:
    return -proposal.count, proposal.locale, proposal.intent or "", proposal.sentences[0][0]


def _sayings(asked: Iterable[Asked], content: Content, locale: str | None) -> list[Saying]:
    """Each masked text once; texts without a word of letters teach nothing."""
    texts: dict[tuple[str, str], Counter[str]] = {}
    questions: dict[tuple[str, str], list[Question]] = {}
    for each in asked:
        text = shortened(masked(each.text, each.names))
        key = (content.desk.locale_of(each.question.locale), normalise(text))
        if key[1].strip("0 ") and locale in (None, key[0]):
            texts.setdefault(key, Counter())[text] += 1
            questions.setdefault(key, []).append(each.question)
    shown = {key: min(said, key=lambda text: (-said[text], text)) for key, said in sorted(texts.items())}
    rankings = content.ranker.rank_many([(text, locale) for (locale, _), text in shown.items()])
    return [
        Saying(text, key[0], tuple(questions[key]), ranking)
        for (key, text), ranking in zip(shown.items(), rankings, strict=True)
    ]


def shortened(text: str) -> str:
    """The text, cut at a word when it is longer than an example should be."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]


def _owners(catalogue: Catalogue) -> Mapping[tuple[str, str], str]:
    """Whose example a sentence is already, by (locale, words); "" for out of scope."""
    owned = [(intent.id, intent.examples) for intent in catalogue.intents.values()]
    return {
        (locale, normalise(text)): owner
        for owner, examples in (*owned, ("", catalogue.out_of_scope))
        for locale, texts in examples.items()
        for text in texts
    }


def _meaning(saying: Saying, content: Content, owners: Mapping[tuple[str, str], str]) -> tuple[Kind | None, str]:
    """What the saying asks for and of which intent; nothing (None) when it would be answered by now."""
    intents = content.intents.intents
    known = sure(saying.ranking, intents, content.thresholds)
    unhelpful = _most(saying.questions, lambda each: (each.meant or each.intent) if each.outcome in _ANSWERED else None)
    if known is not None and known.id == unhelpful:
        return Kind.ANSWER, known.id
    if (saying.locale, normalise(saying.text)) in owners:
        return None, ""
    chosen = _most(saying.questions, lambda each: each.meant if each.outcome is Outcome.CHOSEN else None)
    if chosen in intents and (known is None or known.id != chosen):
        return Kind.CHOSEN, chosen
    return (Kind.EXAMPLES if known is None else None), ""


def _most(questions: Sequence[Question], said: Callable[[Question], str | None]) -> str:
    """What more than half of those who say anything say."""
    votes = Counter(vote for vote in map(said, questions) if vote)
    best, count = max(votes.items(), key=lambda vote: vote[1], default=("", 0))
    return best if 2 * count > votes.total() else ""


def _proposals(key: tuple[Kind, str, str], sayings: Sequence[Saying], content: Content) -> Iterator[Proposal]:
    kind, locale, intent = key
    if kind is not Kind.EXAMPLES:
        members = sorted(sayings, key=lambda each: (-len(each.questions), each.text))
        yield _proposal(kind, members, intent)
        return
    by_text = {each.text: each for each in sayings}
    known = [text for each in content.intents.intents.values() for text in each.examples.get(locale, ())]
    for texts in group({each.text: len(each.questions) for each in sayings}, known):
        members = [by_text[text] for text in texts]
        together = _together(members)
        nearest = together.candidates[0].intent if together.candidates else None
        likely = content.thresholds.familiar(together) and together.best * together.ours >= _near(content)
        fits = likely and not _refused(members, nearest)
        yield _proposal(Kind.EXAMPLES if fits else Kind.INTENT, members, nearest)


def _near(content: Content) -> float:
    """From where on an intent may be meant. The bot asks back about less where asking costs little."""
    return max(content.thresholds.clarify, NEAR)


def _refused(sayings: Sequence[Saying], intent: str | None) -> bool:
    """Whether most of the customers have seen the intent among the choices, and said that they mean none of them.

    Which choices they saw is not kept; they are the likeliest of now, where the likeliest of then is one of these.
    """
    refused = total = 0
    for saying in sayings:
        shown = {each.intent for each in saying.ranking.candidates[:CHOICES]}
        total += len(saying.questions)
        refused += sum(each.outcome is Outcome.REJECTED and {intent, each.intent} <= shown for each in saying.questions)
    return 2 * refused > total


def _together(sayings: Sequence[Saying]) -> Ranking:
    """What the questions mean on average."""
    total = sum(len(each.questions) for each in sayings)
    ours, scores = 0.0, dict[str, float]()
    for each in sayings:
        share = len(each.questions) / total
        ours += each.ranking.ours * share
        for one in each.ranking.candidates:
            scores[one.intent] = scores.get(one.intent, 0.0) + one.score * share
    best = sorted(scores.items(), key=lambda score: (-score[1], score[0]))
    return Ranking(tuple(Candidate(*each) for each in best), ours=ours)


def _proposal(kind: Kind, sayings: Sequence[Saying], intent: str | None) -> Proposal:
    questions = [question for saying in sayings for question in saying.questions]
    together = _together(sayings)
    score = next((each.score * together.ours for each in together.candidates if each.intent == intent), None)
    return Proposal(
        kind=kind,
        locale=sayings[0].locale,
        sentences=tuple((each.text, len(each.questions)) for each in sayings),
        outcomes=Counter(question.outcome for question in questions),
        first=min(question.at for question in questions),
        last=max(question.at for question in questions),
        intent=intent,
        score=score,
    )
