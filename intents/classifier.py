"""The linear classifier over features: of a large set fitted with scikit-learn, of a small one faster by ourselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from intents.dual import regress
from intents.evidence import Flags
from intents.features import Floats, Integers, Rows

STRENGTH = 12.0  # inverse of regularisation
DUAL_BELOW = 4000  # with fewer sentences than this the fit in the dual is the faster one
ITERATIONS = 1000  # a bound only: some dozens are enough
TOLERANCE = 3e-4  # a dozen steps; more of them rank no better
MARGIN = 2.0  # weight of the margin classifier beside the probabilistic one, where there is much to learn from


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

    Multinomial logistic regression. A small set is fitted in the dual, by what each row adds to the weights. A large
    one is fitted as it is, and a linear support vector machine is added, which knows the borders better when there is
    much to learn from.
    """

    def __init__(self, matrix: Any, classes: Sequence[int], meanings: Floats | None = None) -> None:
        """`classes` number the classes from 0, none left out; `meanings` has a row for each."""
        count = matrix.shape[0]
        self._matrix = matrix
        self._classes: Integers = np.asarray(classes)
        self._meanings = np.zeros((count, 0), np.float32) if meanings is None else meanings
        self._gram = _gram(matrix, self._meanings) if count < DUAL_BELOW else None
        classes_count = int(self._classes.max()) + 1
        self._whole = np.zeros((count, classes_count), np.float32), np.zeros(classes_count, np.float32)

    def linear(self, labels: Sequence[str]) -> Linear:
        """What all rows teach. `labels` name the classes."""
        if self._gram is None:
            weights, meant, biases = self._taught(np.ones(len(self._classes), bool))
        else:
            shares, biases = self._whole = self._shares(self._gram, self._classes, self._whole)
            weights, meant = self._matrix.T @ shares, _product(self._meanings.T, shares)
        plain = np.ascontiguousarray(weights, np.float32)
        return Linear(
            tuple(labels), plain, biases.copy(), np.ascontiguousarray(meant, np.float32) if len(meant) else None
        )

    def logits(self, asked: Flags, taught: Flags, length: Floats) -> Floats:
        """Scores of the rows `asked` by what the rows `taught` teach; minus infinity for a class not among them.

        What an asked row has that no taught one has does not count, but has taken of its length: `length` is how long
        the row is without that against its length before. Faster after `linear`: what is left of the whole solution
        without the share of the other rows is nearly the solution without them.
        """
        known, classes = np.unique(self._classes[taught], return_inverse=True)
        if self._gram is None:
            weights, meant, biases = self._taught(taught)
            found, told = self._matrix[asked] @ weights, self._meanings[asked] @ meant
        else:
            start = self._whole[0][np.ix_(taught, known)], self._whole[1][known]
            shares, biases = self._shares(self._gram[np.ix_(taught, taught)], classes, start)
            told = _product(self._meanings[asked], _product(self._meanings[taught].T, shares))
            found = _product(self._gram[np.ix_(asked, taught)], shares) - told
        scores = np.full((int(asked.sum()), int(self._classes.max()) + 1), -np.inf, np.float32)
        scores[:, known] = found / np.maximum(length, _SHORTEST)[:, None] + told + biases
        return scores

    def _shares(self, gram: Floats, classes: Integers, start: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        with threadpool_limits(1):  # as in _fit
            return regress(gram, classes, STRENGTH, start)

    def _taught(self, taught: Flags) -> tuple[Floats, Floats, Floats]:
        """Weights of the features and of the meanings, and biases."""
        from scipy.sparse import csr_matrix, hstack

        rows = hstack([self._matrix[taught], csr_matrix(self._meanings[taught])], format="csr")
        coefficients, biases = _fit(rows, self._classes[taught])
        width = self._matrix.shape[1]
        return coefficients[:width], coefficients[width:], biases


def _gram(matrix: Any, meanings: Floats) -> Floats:
    gram: Floats = (matrix @ matrix.T).toarray()
    return gram + _product(meanings, meanings.T) if meanings.shape[1] else gram


def _product(one: Floats, two: Floats) -> Floats:
    with threadpool_limits(1):  # as in _fit
        product: Floats = one @ two
    return product


_SHORTEST = 0.05  # of a row that is hardly known; keeps its scores within reason


def _fit(rows: Any, classes: Integers) -> tuple[Floats, Floats]:
    """Coefficients by features and classes, and biases."""
    with threadpool_limits(1):  # several gain little at this size, and lose much where other work wants the cores
        coefficients, biases = _oriented(_regression(rows, classes))
        margins, borders = _oriented(_margins(rows, classes))
    coefficients, biases = coefficients + MARGIN * margins, biases + MARGIN * borders
    return np.ascontiguousarray(coefficients, np.float32), np.asarray(biases, np.float32)


def _regression(rows: Any, classes: Any) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=ITERATIONS, tol=TOLERANCE)
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
