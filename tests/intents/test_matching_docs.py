"""What docs/matching.md tells admins in figures is what the code does."""

from pathlib import Path

import pytest

from intents import cache, cascade, fuzzy, lint, ranking, thresholds, trials, tuning
from intents.ranking import Thresholds


@pytest.mark.parametrize(
    ("done", "figure", "said"),
    [
        (cascade.CERTAIN, 1.0, "that settles it (score 1.00)"),
        (cascade.BY_PATTERN, 0.98, "belongs to its intent (0.98)"),
        (Thresholds().gap, 0.1, "the second is 0.10 or more behind"),
        (Thresholds().answer, 0.6, "answer from 0.60"),
        (Thresholds().clarify, 0.25, "ask back from 0.25"),
        (thresholds.USUAL.ours, 0.2, "none of ours below 0.20"),
        (thresholds.GRID[-1], pytest.approx(0.99), "scores from 0.99"),
        (thresholds.KEPT, 0.97, "lets 97 of 100 of your own sentences pass"),
        (thresholds.STRANGERS, 1 / 20, "one message in twenty is a stranger"),
        (thresholds.WORTH_ASKING, 1 / 2, "half of the questions asked back"),
        (thresholds.CHOICES, 3, "up to three titles"),
        (ranking.COMPARABLE, 1 / 3, "less than a third of the best one's score"),
        (trials.FOLDS, 5, "take turns in five parts"),
        (tuning.FEWEST, 40, "fewer than forty examples"),
        (lint.ENOUGH, 5, "Five in each language are the least"),
        (fuzzy.SHORTEST, 4, "A word of four letters or more"),
        (fuzzy.LONG, 9, "two in words of nine or more"),
        (fuzzy.ALONE, 6, "stands alone needs six letters"),
        (cache.KEPT, 5, "the last five"),
    ],
)
def test_the_page_on_matching_says_what_is_so(done, figure, said):
    page = (Path(__file__).parents[2] / "docs" / "matching.md").read_text("utf-8")
    assert done == figure
    assert said in " ".join(page.split())
