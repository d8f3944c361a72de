"""The two curves of an evaluation as SVG: coverage against precision, and how honest the scores are."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.evaluation.markup import Html, el, joined
from intents.measures import Bin, Point

WIDE, HIGH = 400, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 388, 24, 258
_CERTAIN = 0.02  # below this coverage a precision says more about chance than about the matcher
_STEPS = ((0.65, 0.2), (0.35, 0.1), (0.0, 0.05))  # lines of the grid for an axis that spans so much
_FAR = 0.6  # from this coverage on there is more room at the left
_TOUCHED = 40  # points of the curve that tell their figures under the pointer


@dataclass(frozen=True, slots=True)
class _Frame:
    """A plot: x runs from 0 to 1, y from `floor` to 1."""

    floor: float = 0.0

    def x(self, share: float) -> float:
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)

    def y(self, share: float) -> float:
        return round(_BOTTOM - (share - self.floor) / (1 - self.floor) * (_BOTTOM - _TOP), 1)

    def drawn(self, across: str, up: str, *shapes: str, label: str) -> Html:
        """The plot with its grid and the names of its axes."""
        span = 1 - self.floor
        step = next(wide for least, wide in _STEPS if span > least)
        lines = [1 - step * at for at in range(int(span / step + 0.01) + 1)]
        grid = [
            joined(
                el("line", x1=_LEFT, x2=_RIGHT, y1=self.y(line), y2=self.y(line), class_="grid"),
                el("text", f"{line:.0%}", x=_LEFT - 8, y=self.y(line) + 4, class_="tick", text_anchor="end"),
            )
            for line in lines
        ]
        below = [
            el("text", f"{at / 5:.0%}", x=self.x(at / 5), y=_BOTTOM + 18, class_="tick", text_anchor="middle")
            for at in range(6)
        ]
        names = (
            el("text", across, x=_RIGHT, y=_BOTTOM + 36, class_="axis", text_anchor="end"),
            el("text", up, x=0, y=_TOP - 14, class_="axis"),
        )
        return el("svg", *grid, *below, *names, *shapes, viewBox=f"0 0 {WIDE} {HIGH}", role="img", aria_label=label)


def coverage_curve(points: Sequence[Point], goal: float, chosen: tuple[float, float, float] | None) -> Html:
    """Precision over coverage, with the goal and, as (threshold, coverage, precision), the chosen threshold."""
    solid = [point for point in points if point.coverage >= _CERTAIN] or list(points)
    lowest = min([goal, *(point.precision for point in solid), *((chosen[2],) if chosen else ())])
    frame = _Frame(max(0.0, (int(lowest * 10) - 1) / 10))
    shapes: list[str] = []
    if solid:
        line = " ".join(f"{frame.x(point.coverage)},{frame.y(point.precision)}" for point in solid)
        ends = (frame.x(solid[-1].coverage), frame.x(solid[0].coverage))
        shapes.append(el("polygon", points=f"{line} {ends[0]},{_BOTTOM} {ends[1]},{_BOTTOM}", class_="area"))
        shapes.append(el("polyline", points=line, class_="curve"))
    shapes.append(el("line", x1=_LEFT, x2=_RIGHT, y1=frame.y(goal), y2=frame.y(goal), class_="goal"))
    shapes.append(el("text", f"goal {goal:.0%}", x=_LEFT + 8, y=frame.y(goal) + 14, class_="note"))
    shapes += [_touched(frame, point) for point in solid[:: max(1, len(solid) // _TOUCHED)]]
    if chosen is not None:
        shapes.append(_chosen(frame, *chosen))
    return frame.drawn(
        "share of questions answered", "share of answers that are right", *shapes, label="Coverage and precision"
    )


def _touched(frame: _Frame, point: Point) -> Html:
    told = f"from {point.threshold:.2f}: {point.coverage:.1%} answered, {point.precision:.1%} of these right"
    return el("circle", el("title", told), cx=frame.x(point.coverage), cy=frame.y(point.precision), r=6, class_="touch")


def _chosen(frame: _Frame, threshold: float, coverage: float, precision: float) -> Html:
    x, y = frame.x(coverage), frame.y(precision)
    told = f"now, from {threshold:.2f}: {coverage:.1%} answered, {precision:.1%} of these right"
    beside, anchor = (x - 9, "end") if coverage > _FAR else (x + 9, "start")
    return joined(
        el("line", x1=x, x2=x, y1=y, y2=_BOTTOM, class_="drop"),
        el("circle", el("title", told), cx=x, cy=y, r=5.5, class_="chosen"),
        el("text", f"from {threshold:.2f}", x=beside, y=_BOTTOM - 8, class_="note strong", text_anchor=anchor),
    )


def reliability_diagram(bins: Sequence[Bin]) -> Html:
    """How often sentences of a score are right: on the line where scores are honest; a large dot is many sentences."""
    frame = _Frame()
    line = el("line", x1=frame.x(0), y1=frame.y(0), x2=frame.x(1), y2=frame.y(1), class_="goal")
    dots = [_dot(frame, each) for each in sorted(bins, key=lambda each: -each.share)]
    return frame.drawn("score", "share that is right", line, *dots, label="Reliability of the scores")


def _dot(frame: _Frame, each: Bin) -> Html:
    x, y = frame.x(each.score), frame.y(each.right)
    told = f"{each.count} sentences with a score about {each.score:.2f}: {each.right:.0%} right"
    return joined(
        el("line", x1=x, x2=x, y1=y, y2=frame.y(each.score), class_="off"),
        el("circle", el("title", told), cx=x, cy=y, r=round(3 + 16 * each.share**0.5, 1), class_="dot"),
    )
