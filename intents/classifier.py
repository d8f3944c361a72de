"""The linear classifier over features, fitted with scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from intents.calibration import Calibration, Trial
from intents.features import Floats, Integers

STRENGTH = 12.0  # inverse of regularisation
DUAL_BELOW = 4000  # with fewer sentences than this the fit in the dual is the faster one
ITERATIONS = 1000  # a bound only: some dozens are enough


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (features by classes) and biases; `labels` name the classes."""

    labels: tuple[str, ...]
    weights: Floats
    biases: Floats

    def logits(self, columns: Integers, values: Floats) -> Floats:
        """One sentence's scores for every class."""
        # not `@`: for so little work BLAS may wake its threads, which costs milliseconds on a busy machine
        odds: Floats = np.einsum("i,ij->j", values, self.weights.take(columns, axis=0)) + self.biases
        return odds


def fit(matrix: Any, labels: Sequence[str]) -> Linear:
    """Multinomial logistic regression over a sparse matrix with one row for each label; deterministic.

    A small set is fitted in the dual: with K = XXᵀ = LLᵀ, a regression over the rows of L has the same optimum as one
    over X, and its weights map back by w = Xᵀ L⁻ᵀ v.
    """
    # one thread: several gain little at this size, and lose much where other work wants the cores
    with threadpool_limits(1):
        return _fit(matrix, labels)


def _fit(matrix: Any, labels: Sequence[str]) -> Linear:
    names = tuple(sorted(set(labels)))
    if len(names) == 1:  # nothing to tell apart
        width = matrix.shape[1]
        return Linear(names, np.zeros((width, 1), np.float32), np.zeros(1, np.float32))
    if matrix.shape[0] >= DUAL_BELOW:
        model = _regression(matrix, labels)
        return Linear(names, *_oriented(model.coef_.T, model.intercept_))
    from scipy.linalg import cholesky, solve_triangular  # noqa: PLC0415 - as in _logistic

    gram = (matrix @ matrix.T).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += 1e-6  # twins make it singular
    lower = cholesky(gram, lower=True, overwrite_a=True, check_finite=False)
    model = _regression(lower, labels)
    dual = solve_triangular(lower, model.coef_.T, lower=True, trans="T", check_finite=False)
    return Linear(names, *_oriented(matrix.T @ dual, model.intercept_))


def fit_calibration(trials: Sequence[Trial]) -> Calibration:
    """The calibration under which these trials are most probable; likeness never counts against a candidate."""
    rows = np.array([(trial.odds, trial.likeness) for trial in trials])
    right = [trial.right for trial in trials]
    model = _logistic(C=1.0).fit(rows, right)
    odds, likeness = model.coef_[0].tolist()
    if likeness < 0:
        model = _logistic(C=1.0).fit(rows[:, :1], right)
        odds, likeness = model.coef_[0, 0].item(), 0.0
    return Calibration(odds, likeness, model.intercept_[0].item())


def _logistic(**options: Any) -> Any:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a second that a cached model need not wait

    return LogisticRegression(**options)


def _regression(rows: Any, labels: Sequence[str]) -> Any:
    model = _logistic(C=STRENGTH, class_weight="balanced", max_iter=ITERATIONS, tol=1e-4)
    return model.fit(rows, list(labels))


def _oriented(weights: Any, biases: Any) -> tuple[Floats, Floats]:
    """Two classes come as one column that speaks for the second."""
    if weights.shape[1] == 1:
        weights, biases = np.hstack([-weights / 2, weights / 2]), np.hstack([-biases / 2, biases / 2])
    return np.ascontiguousarray(weights, dtype=np.float32), np.asarray(biases, dtype=np.float32)
