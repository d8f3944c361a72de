"""A rush: sixty messages in a minute over six talks, while others call for a person. Told in seconds of any clock."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.dialog.content import Content
from tests.bot_api import Person
from tests.bot_api.world import Json
from tests.telegram.lane_time import Event
from tests.telegram.stage import Stage

TALKS = 6
MESSAGES = 60
CALLS = (12.0, 31.0, 50.0)  # when somebody new calls for a person
QUESTIONS = (20.0, 40.0)  # when an operator asks for the queue
SECONDS = 60.0


def roomy(content: Content) -> Content:
    """The sample with operators who can take everybody."""
    operators = {name: replace(each, capacity=50) for name, each in content.desk.operators.items()}
    return replace(content, desk=replace(content.desk, operators=operators))


@dataclass
class Rush:
    """What is said and called, when, and when it stood in the group."""

    stage: Stage
    people: list[Person] = field(default_factory=list)
    said: dict[str, float] = field(default_factory=dict)
    called: dict[str, float] = field(default_factory=dict)
    asked: dict[int, float] = field(default_factory=dict)
    _accepted: set[str] = field(default_factory=set)

    async def begin(self) -> None:
        """Six customers talk with their operators already."""
        await self.stage.online("anna")
        for number in range(TALKS):
            person = self.stage.api.person(f"T{number}", language="ru")
            await self.stage.talk(person, self.stage.operator("anna"))
            self.people.append(person)

    def plan(self) -> list[Event]:
        """What happens, in order."""
        dice = random.Random(7)
        events: list[Event] = [(at, self._call) for at in CALLS] + [(at, self._ask) for at in QUESTIONS]
        for number in range(MESSAGES):
            person = self.people[number % TALKS if number < TALKS else dice.randrange(TALKS)]
            events.append((dice.uniform(0, SECONDS), self._word(person)))
        events += [(float(second), self._accept) for second in range(1, int(SECONDS) + 30)]
        return sorted(events, key=lambda event: event[0])

    def _word(self, person: Person) -> Callable[[], None]:
        def say() -> None:
            name = person.user["first_name"]
            text = f"{name} {sum(each.startswith(f'{name} ') for each in self.said):02}"
            self.said[text] = self.stage.api.now()
            person.says(text)

        return say

    def _call(self) -> None:
        name = f"C{len(self.called)}"
        self.called[name] = self.stage.api.now()
        self.stage.api.person(name, language="ru").says("позовите оператора")

    def _ask(self) -> None:
        asked = self.stage.operator("anna").says("/queue", to=self.stage.group)
        self.asked[asked["message_id"]] = self.stage.api.now()

    def _accept(self) -> None:
        """Whoever is offered a ticket takes it."""
        anna = self.stage.operator("anna")
        found = anna.finds("accept:", to=self.stage.group)
        if found and found[0] not in self._accepted:
            self._accepted.add(found[0])
            anna.presses_data(*found)

    # what came of it

    def shown(self) -> dict[str, float]:
        """When each text stood in the group."""
        messages = self.stage.group.chat.messages.values()
        return {
            line: each["_at"] for each in messages for line in each.get("text", "").split("\n") if line in self.said
        }

    def order(self) -> dict[str, list[str]]:
        """What each topic shows of the rush."""
        found = {}
        for topic in self.stage.group.topics:
            lines = "\n".join(self.stage.group.reads(topic.id)).split("\n")
            found[topic.name] = [line for line in lines if line in self.said]
        return {name: lines for name, lines in found.items() if lines}

    def delays(self) -> dict[str, list[float]]:
        """How long each thing took until it stood in the group, by kind, the shortest first."""
        group, shown = self.stage.group, self.shown()
        topics = {name: next(each.id for each in group.topics if f" {name} " in each.name) for name in self.called}
        offers = {name: [each for each in group.shows(topic) if _offers(each)] for name, topic in topics.items()}
        answers = {each.get("reply_to_message", {}).get("message_id"): each["_at"] for each in group.shows()}
        found = {
            "words": [shown[text] - at for text, at in self.said.items()],
            "offers": [offers[name][0]["_at"] - at for name, at in self.called.items()],
            "answers": [answers[number] - at for number, at in self.asked.items()],
            "cards": [_card(group.shows(topics[name]))["_at"] - at for name, at in self.called.items()],
        }
        return {kind: sorted(each) for kind, each in found.items()}

    @property
    def joined(self) -> int:
        """How many messages share a post with another."""
        texts = [each.get("text", "") for each in self.stage.group.chat.messages.values()]
        counts = [sum(line in self.said for line in text.split("\n")) for text in texts]
        return sum(number for number in counts if number > 1)


def _offers(post: Json) -> bool:
    """Accepted by now, perhaps."""
    return "принимает" in str(post) or "accept:" in str(post)


def _card(posts: list[Json]) -> Json:
    return next(each for each in posts if "Europe/Riga" in each["text"])
