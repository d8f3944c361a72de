"""The linear classifier over features, fitted with scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from intents.evidence import Flags
from intents.features import Floats, Integers, Rows

STRENGTH = 12.0  # inverse of regularisation
DUAL_BELOW = 4000  # with fewer sentences than this the fit in the dual is the faster one
ITERATIONS = 1000  # a bound only: some dozens are enough
TOLERANCE = 3e-4  # a dozen steps; more of them rank no better
TWO = 2  # classes are told apart by one column, in another form than the others
MARGIN = 2.0  # weight of the margin classifier beside the probabilistic one, where there is much to learn from
RIDGE = 1e-4  # on the diagonal of the Gram matrix, which twins make singular


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (features by classes) and biases; `labels` name the classes. `meant` weighs what sentences mean."""

    labels: tuple[str, ...]
    weights: Floats
    biases: Floats
    meant: Floats | None = None

    def logits(self, rows: Rows, meanings: Floats | None = None) -> Floats:
        """Scores of every row, with a direction of meaning for each where `meant` weighs it, for every class."""
        if len(rows) > 1:
            scores: Floats = rows.matrix(len(self.weights)) @ self.weights
        else:  # not `@`: for so little work BLAS may wake its threads, which costs milliseconds on a busy machine
            scores = np.einsum("i,ij->j", rows.values, self.weights.take(rows.columns, axis=0))[None, :]
        if meanings is not None and self.meant is not None:
            told: Floats = np.einsum("ni,ij->nj", meanings, self.meant)  # not `@`, as above
            scores = scores + told
        return scores + self.biases


class Learner:
    """Fits classifiers to rows of a sparse matrix, with a class and perhaps a meaning for each; deterministic.

    Multinomial logistic regression. A small set is fitted in the dual: with K = XXᵀ = LLᵀ, a regression over the rows
    of L has the same optimum as one over X, also where only some of the rows are taught, and its weights map back by
    w = Xᵀ L⁻ᵀ v. A large one is fitted as it is, and a linear support vector machine is added, which knows the borders
    better when there is much to learn from.
    """

    def __init__(self, matrix: Any, classes: Sequence[int], meanings: Floats | None = None) -> None:
        """`classes` number the classes from 0, none left out; `meanings` has a row for each."""
        self._matrix = matrix
        self._classes: Integers = np.asarray(classes)
        self._meanings = np.zeros((matrix.shape[0], 0), np.float32) if meanings is None else meanings
        self._lower = _lower((matrix @ matrix.T).toarray()) if matrix.shape[0] < DUAL_BELOW else None
        self._shares: tuple[Floats, Floats] | None = None  # what each row adds to the whole solution; its biases

    def linear(self, labels: Sequence[str]) -> Linear:
        """What all rows teach. `labels` name the classes."""
        weights, meant, biases = self._taught(np.ones(len(self._classes), bool))
        if self._lower is not None:
            from scipy.linalg import solve_triangular

            shares = solve_triangular(self._lower, weights, lower=True, trans="T", check_finite=False)
            self._shares, weights = (shares, biases), self._matrix.T @ shares
        plain = np.ascontiguousarray(weights, np.float32)
        return Linear(tuple(labels), plain, biases, np.ascontiguousarray(meant, np.float32) if len(meant) else None)

    def logits(self, asked: Flags, taught: Flags, length: Floats) -> Floats:
        """Scores of the rows `asked` by what the rows `taught` teach; minus infinity for a class not among them.

        What an asked row has that no taught one has does not count, but has taken of its length: `length` is how long
        the row is without that against its length before. Faster after `linear`: what is left of the whole solution
        without the share of the other rows is nearly the solution without them.
        """
        weights, meant, biases = self._taught(taught)
        found = (self._matrix if self._lower is None else self._lower)[asked] @ weights
        scores = np.full((int(asked.sum()), int(self._classes.max()) + 1), -np.inf, np.float32)
        found = found / np.maximum(length, _SHORTEST)[:, None] + self._meanings[asked] @ meant
        scores[:, np.unique(self._classes[taught])] = found + biases
        return scores

    def _taught(self, taught: Flags) -> tuple[Floats, Floats, Floats]:
        """Weights of the features (of the columns of L in the dual), and of the meanings, and biases."""
        if self._lower is None:
            from scipy.sparse import csr_matrix, hstack

            rows, start = hstack([self._matrix[taught], csr_matrix(self._meanings[taught])], format="csr"), None
        else:
            rows, start = np.hstack([self._lower[taught], self._meanings[taught]]), self._start(taught)
        coefficients, biases = _fit(rows, self._classes[taught], start)
        width = rows.shape[1] - self._meanings.shape[1]
        return coefficients[:width], coefficients[width:], biases

    def _start(self, taught: Flags) -> tuple[Floats, Floats] | None:
        if self._shares is None:
            return None
        assert self._lower is not None, "a large set has no shares"
        known = np.unique(self._classes[taught])
        shares, biases = self._shares
        rows = np.hstack([self._lower[taught], self._meanings[taught]])
        return rows.T @ shares[taught][:, known], biases[known]


def _lower(gram: Any) -> Floats:
    from scipy.linalg import cholesky

    gram = gram.astype(np.float64)
    gram[np.diag_indices_from(gram)] += RIDGE
    with threadpool_limits(1):
        return np.asarray(cholesky(gram, lower=True, overwrite_a=True, check_finite=False), np.float32)


_SHORTEST = 0.05  # of a row that is hardly known; keeps its scores within reason


def _fit(rows: Any, classes: Integers, start: tuple[Floats, Floats] | None = None) -> tuple[Floats, Floats]:
    """Coefficients by features and classes, and biases; sought from `start` on, if there is one."""
    if len(np.unique(classes)) == 1:  # nothing to tell apart
        return np.zeros((rows.shape[1], 1), np.float32), np.zeros(1, np.float32)
    with threadpool_limits(1):  # several gain little at this size, and lose much where other work wants the cores
        coefficients, biases = _oriented(_regression(rows, classes, start))
        if len(classes) >= DUAL_BELOW:
            margins, borders = _oriented(_margins(rows, classes))
            coefficients, biases = coefficients + MARGIN * margins, biases + MARGIN * borders
    return np.ascontiguousarray(coefficients, np.float32), np.asarray(biases, np.float32)


def _regression(rows: Any, classes: Any, start: tuple[Floats, Floats] | None) -> Any:
    from sklearn.linear_model import LogisticRegression  # a second that a cached model need not wait

    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=ITERATIONS, tol=TOLERANCE, warm_start=True)
    if start is not None and start[0].shape[1] > TWO:
        model.coef_, model.intercept_ = np.ascontiguousarray(start[0].T), start[1]
    return model.fit(rows, classes)


def _margins(rows: Any, classes: Any) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=MARGIN, random_state=0).fit(rows, classes)


def _oriented(model: Any) -> tuple[Any, Any]:
    """Coefficients by features and classes; two classes come as one column that speaks for the second."""
    weights, biases = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:
        weights, biases = np.hstack([-weights / 2, weights / 2]), np.hstack([-biases / 2, biases / 2])
    return weights, biases
