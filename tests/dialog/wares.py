"""What the small shop knows: its intents and forms, a shelf of articles, and a matcher that knows a few words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.workspace.phrases import load_phrases
from intents.intent import Action, Field, Form, Intent, Option, Related
from intents.ranking import Candidate, Ranking
from kb.article import Answer, Article, Hit

# What texts mean; whatever is not here means nothing.
MEANINGS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "cost": (("cost", 0.9),),
    "time": (("time", 0.95), ("cost", 0.2)),
    "delivery": (("cost", 0.55), ("time", 0.5)),
    "status": (("status", 0.9),),
    "repair": (("repair", 0.9),),
    "hello": (("hello", 0.9),),
    "hm": (("nothing", 0.9),),
    "person": (("person", 0.99),),
    "stop": (("stop", 0.99),),
    "call me": (("call", 0.99),),
    "message": (("letter", 0.99),),
    "language": (("language", 0.99),),
    "removed": (("removed", 0.9),),
    "сколько": (("cost", 0.9),),
}


@dataclass
class Words:
    """A matcher that knows MEANINGS, and that Cyrillic is Russian. `broken` texts raise."""

    broken: set[str] = field(default_factory=set)

    def rank(self, text: str, locale: str, *, explain: bool = False) -> Ranking:
        if text in self.broken:
            raise ZeroDivisionError(text)
        russian = any("а" <= letter <= "я" for letter in text)
        return Ranking(tuple(Candidate(*each) for each in MEANINGS.get(text, ())), language="ru" if russian else None)

    def rank_many(self, queries: Sequence[tuple[str, str]]) -> Sequence[Ranking]:
        return [self.rank(*each) for each in queries]


@dataclass
class Shelf:
    """Articles by id, and answers; the search finds those whose title is in the question."""

    articles: dict[str, Article] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()

    def get(self, id: str, locale: str) -> Article | None:
        return self.articles.get(id)

    def search(self, query: str, locale: str, audience: str = "customers", limit: int = 3) -> Sequence[Hit]:
        shelved = [*self.articles.values(), *self.answers]
        return [Hit(each, 0.9, each.title) for each in shelved if each.title in query][:limit]


PHRASES = load_phrases(None)
PHRASES_EN = PHRASES.texts["en"]


def named(text: str) -> dict[str, str]:
    return {"en": text, "ru": f"{text} по-русски"}


INTENTS = (
    Intent("cost", named("Cost"), skill="delivery", answer=named("It costs 3"), buttons=(Related("time"),)),
    Intent("time", named("Time"), skill="delivery", answer=named("It takes a day")),
    Intent("status", named("Status"), skill="delivery", answer=named("On its way"), ask=("order",)),
    Intent("repair", named("Repair"), skill="workshop", ask=("repair",), handoff="always"),
    Intent("hello", named("Hello"), answer=named("Hello!"), handoff="never"),
    Intent("nothing", named("Nothing"), action=Action.NONE),
    Intent("person", named("Person"), action=Action.HANDOFF),
    Intent("stop", named("Stop"), action=Action.CANCEL),
    Intent("call", named("Call"), action=Action.CALLBACK),
    Intent("letter", named("Message"), action=Action.MESSAGE),
    Intent("language", named("Language"), action=Action.LANGUAGE),
)
FORMS = {
    "order": Form("order", (Field("order", named("Which order?"), "order", pattern="[0-9]{3}"),)),
    "repair": Form(
        "repair",
        (
            Field("kind", named("Which kind?"), "choice", options=(Option("city", named("City")),)),
            Field("trouble", named("What is wrong?")),
            Field("phone", named("Which phone?"), "phone", required=False),
        ),
    ),
}
