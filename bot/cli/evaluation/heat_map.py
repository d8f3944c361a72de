"""Who is taken for whom, as a table of colours."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bot.cli.evaluation.markup import Html, el
from intents.judging import Judged

MOST = 24  # intents in the picture
_HOT = 0.7  # from here on the number is written in light
_LEAST = 0.15  # so that a single sentence is seen
_FEW = 4  # so that a single sentence does not alarm where there is nothing worse
_TOLD = 6  # sentences under the pointer
_OTHERS, _NOTHING = "others", "nothing"

_Cells = dict[tuple[str, str], list[Judged]]


def pictured(judged: Iterable[Judged]) -> list[str]:
    """The intents that are most often confused, at most MOST, with those that are taken for each other side by side."""
    mixed: Counter[frozenset[str]] = Counter()
    for each in judged:
        if each.intent is not None and each.got is not None and not each.right:
            mixed[frozenset((each.intent, each.got))] += 1
    weight: Counter[str] = Counter()
    for pair, count in mixed.items():
        for intent in pair:
            weight[intent] += count
    left = [intent for intent, _ in weight.most_common(MOST)]
    ordered = left[:1]
    while len(ordered) < len(left):
        rest = [intent for intent in left if intent not in ordered]
        ordered.append(max(rest, key=lambda intent: (mixed[frozenset((ordered[-1], intent))], weight[intent])))
    return ordered


def heat_map(judged: Iterable[Judged], intents: Sequence[str]) -> Html:
    """A row for what was meant, a column for what it was taken for; others and nothing at the end."""
    cells: _Cells = defaultdict(list)
    for each in judged:
        if each.intent in intents:
            got = _NOTHING if each.got is None else each.got if each.got in intents else _OTHERS
            cells[str(each.intent), got].append(each)
    used = {column for _, column in cells}
    columns = [*intents, *(name for name in (_OTHERS, _NOTHING) if name in used)]
    most = max((len(kept) for (row, column), kept in cells.items() if row != column and column in intents), default=0)
    most = max(most, _FEW)
    head = el("tr", el("td"), *(el("th", el("span", name), scope="col", title=name) for name in columns))
    rows = [
        el(
            "tr",
            el("th", intent, scope="row", title=intent),
            *(_cell(cells, intent, column, most) for column in columns),
        )
        for intent in intents
    ]
    return el("table", el("thead", head), el("tbody", *rows), class_="heat")


def _cell(cells: _Cells, row: str, column: str, most: int) -> Html:
    kept = cells.get((row, column), [])
    beside = column in (_OTHERS, _NOTHING)
    if not kept:
        return el("td", class_="rest" if beside else None)
    if row == column:
        share = len(kept) / sum(len(each) for (other, _), each in cells.items() if other == row)
        title = f"{row}: {len(kept)} sentences come to it, {share:.0%} of its own"
        return el("td", str(len(kept)), class_="own", style=f"--heat:{share:.2f}", title=title)
    told = [f"“{each.text}”" for each in kept[:_TOLD]]
    more = [f"and {len(kept) - _TOLD} more"] if len(kept) > _TOLD else []
    title = "\n".join([f"{row} → {column}: {len(kept)}", *told, *more])
    if beside:
        return el("td", str(len(kept)), class_="rest", title=title)
    heat = _LEAST + (1 - _LEAST) * len(kept) / most
    return el("td", str(len(kept)), class_="hot" if heat > _HOT else "warm", style=f"--heat:{heat:.2f}", title=title)
