"""Turns: whose kept place has come up, although nobody is offered it before its customer is ready."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handoff.desk import Desk
from handoff.keeping import Kept
from handoff.operators import Standing
from handoff.routing import assign, showings
from handoff.ticket import Ticket


def turns(line: Sequence[Ticket], team: Sequence[Standing], desk: Desk, now: datetime) -> list[int]:
    """The kept tickets that would be offered now, were their customers here, and that were not asked yet.

    Who was asked and has not answered counts as here, so that one free operator makes one customer be asked. No
    operator is held up by it: what else waits is offered as if no place were kept.
    """
    asleep = {each.number for each in line if each.kept and _asleep(each.kept, now)}
    if not any(each.kept and not each.kept.asked for each in line if each.number not in asleep):
        return []
    here = [replace(each, kept=None) for each in line if each.number not in asleep]
    unasked = {each.number for each in line if each.kept and not each.kept.asked}
    served = [each.ticket for each in assign(here, team, desk, now)]
    shown = [each.ticket for each in showings(here, team, desk, now)]
    return [each for each in (*served, *shown) if each in unasked]


def _asleep(kept: Kept, now: datetime) -> bool:
    """Not to be asked yet, or not before they come back."""
    return kept.away is not None or (kept.rests is not None and kept.rests > now)
