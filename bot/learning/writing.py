"""Findings written down: as YAML to paste, or as JSON for other programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, assert_never
from zoneinfo import ZoneInfo

from bot.dialog.content import Content
from bot.dialog.questions import Outcome
from bot.learning.proposals import Findings, Kind, Proposal
from bot.learning.slugs import slug
from bot.learning.taught import Suggested
from intents.intent import Catalogue

LINES: Final = 12  # sentences of one group
GROUPS: Final = 100
TITLE: Final = 60  # characters of a button's label
BECAME: Final = {
    Outcome.MISSED: "not understood",
    Outcome.CLARIFIED: "asked back, then left",
    Outcome.SUGGESTED: "articles offered, none opened",
    Outcome.REJECTED: "none of these",
    Outcome.REPEATED: "asked again and again",
    Outcome.UNHELPED: "did not help",
    Outcome.CHOSEN: "asked back, then chosen",
}


@dataclass(frozen=True, slots=True)
class Report:
    """Findings about the questions from `since` to `until`, and what operators taught meanwhile.

    `capped` tells that only the newest were looked at.
    """

    findings: Findings
    since: datetime
    until: datetime
    capped: bool = False
    lessons: Sequence[Suggested] = ()


def as_yaml(report: Report, content: Content) -> str:
    """A document that loads, with a comment above each group; every group is ready to be pasted where it says."""
    proposals = report.findings.proposals
    pages = _Pages(content, ZoneInfo(content.desk.timezone))
    lines = [f"# {line}".rstrip() for line in _heading(report, pages)]
    body = [line for each in proposals[:GROUPS] for line in pages.entry(each)]
    body += [line for each in report.lessons for line in pages.lesson(each)]
    if any(line.startswith("  - ") for line in body):
        lines.append("intents:")
    return "\n".join([*lines, *body]) + "\n"


def as_json(report: Report, content: Content) -> str:
    """One object with everything, no group left out; new intents have an `id` to begin with."""
    pages = _Pages(content, ZoneInfo(content.desk.timezone))
    said = {
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "capped": report.capped,
        "answered_by_now": report.findings.answered,
        "groups": [pages.record(each) for each in report.findings.proposals],
        "lessons": [pages.lesson_record(each) for each in report.lessons],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def summary(report: Report, content: Content) -> str:
    """How many questions there are, in one line."""
    pages = _Pages(content, ZoneInfo(content.desk.timezone))
    proposals = report.findings.proposals
    count = sum(each.count for each in proposals)
    days = f"{pages.day(report.since)} to {pages.day(report.until)}"
    said = f"{count} in {len(proposals)} group{'s' if len(proposals) > 1 else ''}" if count else "none"
    more = f"; {report.findings.answered} more are answered by now" if report.findings.answered else ""
    taught = f" Taught by operators: {len(report.lessons)}." if report.lessons else ""
    return f"Questions that the bot could not answer, {days}: {said}{more}.{taught}"


def _heading(report: Report, pages: "_Pages") -> Iterator[str]:
    yield summary(report, pages.content)
    if report.capped:
        yield "There are more; only the newest were looked at. Ask for fewer days."
    if len(report.findings.proposals) > GROUPS:
        yield f"The {GROUPS} largest groups are shown. Raise --least to see fewer, or take --format json for all."
    yield "Addresses, links, long numbers and the customers' own names are masked. Read the rest before you share it."
    yield "What has a title is a new intent: put it into a file of intents/, better its words, and write its answer."
    yield "Of any other take the lines and add them to the intent's examples where it stands."
    yield "What is not yours to answer goes under `out_of_scope:`."


class _Pages:
    """How one group is written; remembers the ids that it has given to new intents."""

    def __init__(self, content: Content, zone: ZoneInfo) -> None:
        self.content = content
        self._zone = zone
        self._taken = set(content.intents.intents)

    def day(self, moment: datetime) -> str:
        """The day on the desk's calendar."""
        return moment.astimezone(self._zone).date().isoformat()

    def entry(self, proposal: Proposal) -> Iterator[str]:
        """Comments and, unless it is the answer that should be better, a list item."""
        shown = proposal.sentences[:LINES]
        yield ""
        for line in self._about(proposal, len(shown)):
            yield f"  # {line}"
        if proposal.kind is Kind.ANSWER:
            yield from (f"  #   {text}" for text, _ in shown)
            return
        new = proposal.kind is Kind.INTENT
        question = proposal.sentences[0][0]
        yield f"  - id: {self._new_id(question) if new else proposal.intent}"
        if new:
            yield f"    title: {{{proposal.locale}: {_quoted(_title(question))}}}"
        yield "    examples:"
        yield f"      {proposal.locale}: |"
        yield from (f"        {text}" for text, _ in shown)
        if new:
            yield f"    answer: {{{proposal.locale}: TODO}}"

    def lesson(self, lesson: Suggested) -> Iterator[str]:
        """What an operator taught: a new intent, or beside one that there is, its answer to be compared."""
        yield ""
        yield f"  # taught by {lesson.operator} on {self.day(lesson.at)}"
        if lesson.intent is not None:
            place = _place(self.content.intents, lesson.intent)
            yield f"  # answered by {lesson.intent}, {place}: see which answer is better"
            yield from (f"  #   {line}" for line in (lesson.question, *lesson.answer.splitlines()))
            return
        yield f"  - id: {self._new_id(lesson.question)}"
        yield f"    title: {{{lesson.locale}: {_quoted(_title(lesson.question))}}}"
        yield "    examples:"
        yield f"      {lesson.locale}: |"
        yield f"        {lesson.question}"
        yield "    answer:"
        yield f"      {lesson.locale}: {_quoted(lesson.answer)}"

    def lesson_record(self, lesson: Suggested) -> dict[str, Any]:
        """The same as JSON-ready data."""
        made = {} if lesson.intent else {"id": self._new_id(lesson.question), "title": _title(lesson.question)}
        return {
            "locale": lesson.locale,
            "question": lesson.question,
            "answer": lesson.answer,
            "operator": lesson.operator,
            "at": lesson.at.isoformat(),
            "intent": lesson.intent,
            "stands_at": _place(self.content.intents, lesson.intent) or None,
            **made,
        }

    def record(self, proposal: Proposal) -> dict[str, Any]:
        """The group as JSON-ready data."""
        known, question = _place(self.content.intents, proposal.intent), proposal.sentences[0][0]
        return {
            "kind": proposal.kind.value,
            "locale": proposal.locale,
            "count": proposal.count,
            "first": proposal.first.isoformat(),
            "last": proposal.last.isoformat(),
            "outcomes": {outcome.value: times for outcome, times in sorted(proposal.outcomes.items())},
            "intent": proposal.intent,
            "score": None if proposal.score is None else round(proposal.score, 4),
            "stands_at": known or None,
            **({"id": self._new_id(question), "title": _title(question)} if proposal.kind is Kind.INTENT else {}),
            "sentences": [{"text": text, "count": times} for text, times in proposal.sentences],
        }

    def _about(self, proposal: Proposal, shown: int) -> Iterator[str]:
        became = ", ".join(f"{BECAME[each]} {times}x" for each, times in sorted(proposal.outcomes.items()))
        days = dict.fromkeys((self.day(proposal.first), self.day(proposal.last)))
        yield f"{proposal.count}x, {' to '.join(days)}: {became}"
        yield self._judgement(proposal)
        if len(proposal.sentences) > shown:
            yield f"{shown} of {len(proposal.sentences)} ways to ask"

    def _judgement(self, proposal: Proposal) -> str:
        sure = f" ({proposal.score:.2f})" if proposal.score is not None else ""
        place = _place(self.content.intents, proposal.intent)
        match proposal.kind:
            case Kind.EXAMPLES:
                return f"nearest: {proposal.intent}{sure}, {place}"
            case Kind.CHOSEN:
                return f"customers chose: {proposal.intent}{sure}, {place}"
            case Kind.ANSWER:
                return f"answered by {proposal.intent}{sure}, {place}: better the answer, or give these an intent"
            case Kind.INTENT:
                near = f"; nearest: {proposal.intent}{sure}, {place}" if proposal.intent else ""
                return f"new{near}"
            case _ as never:
                assert_never(never)

    def _new_id(self, question: str) -> str:
        made = slug(question, self._taken)
        self._taken.add(made)
        return made


def _place(catalogue: Catalogue, intent: str | None) -> str:
    """Where the intent stands in the workspace; the same on everybody's machine."""
    known = catalogue.intents.get(intent or "")
    return f"{'/'.join(Path(known.file).parts[-2:])}:{known.line}" if known else ""


def _title(question: str) -> str:
    text = question.rstrip(" ?!.,;:…")
    short = text if len(text) <= TITLE else text[:TITLE].rsplit(" ", 1)[0]
    return short[:1].upper() + short[1:]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
