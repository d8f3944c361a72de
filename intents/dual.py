"""Multinomial logistic regression in the dual: for sentences that are fewer than their features."""

from math import sqrt

import numpy as np

from intents.features import Floats, Integers

MEMORY = 6  # steps that the next direction is made from
ENOUGH = 1e-4  # a step that lowers the loss by a smaller share than this is the last; more of them rank no better
_SUFFICIENT = 1e-4  # of the fall that the slope promises (Armijo)
_SHORTEST = 1e-3  # of a step


def regress(gram: Floats, classes: Integers, strength: float, start: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """What each row adds to the weights of each class, and the biases of the classes: X'A weighs the features.

    It is the model of scikit-learn's `LogisticRegression(C=strength, class_weight="balanced")` for rows X, of which
    only `gram`, XX', is needed: a product with it for each step, where in the primal there would be two with X. The
    method is L-BFGS (Nocedal & Wright 2006, algorithm 7.4) in the geometry of the weights: a direction is kept as its
    shares and as their product with the Gram matrix, so that inner products and steps along it cost next to nothing.
    `classes` number the classes from 0, none left out; the search begins at `start`, in the form of the outcome.
    """
    loss = _Loss(gram, classes, strength)
    at = loss.point(*start)
    value, pull = loss.of(at)
    slope = loss.gradient(at, pull)
    past: list[tuple[Floats, Floats, float]] = []
    while True:  # each step but the last takes a share of the loss away
        way = _direction(slope, past)
        step, after, pull = loss.along(at, way, value, _inner(slope, way))
        if not value - after > ENOUGH * value:
            return at[0, :-1], at[0, -1]
        at += step
        before, slope, value = slope, loss.gradient(at, pull), after
        bend = slope - before
        past = [*past[1 - MEMORY :], (step, bend, 1 / _inner(step, bend))]


class _Loss:
    """The loss at a point: an array of shares and of their product with the Gram matrix, both with biases below."""

    def __init__(self, gram: Floats, classes: Integers, strength: float) -> None:
        counts = np.bincount(classes)
        self._gram, self._right = gram, (np.arange(len(classes)), classes)
        self._weights = (len(classes) / (len(counts) * counts))[classes].astype(np.float32)
        self._ridge = 1 / strength

    def point(self, shares: Floats, biases: Floats) -> Floats:
        return np.stack([np.vstack([shares, biases]), np.vstack([self._gram @ shares, biases])])

    def of(self, point: Floats) -> tuple[float, Floats]:
        """The loss, and its derivative by the score of each row for each class."""
        value, pull = self._surprise(point[1])
        return value + self._ridge / 2 * _within(point, point), pull

    def gradient(self, point: Floats, pull: Floats) -> Floats:
        shares, biases = pull + self._ridge * point[0, :-1], pull.sum(axis=0)
        products = self._gram @ pull + self._ridge * point[1, :-1]
        return np.stack([np.vstack([shares, biases]), np.vstack([products, biases])])

    def along(self, point: Floats, way: Floats, value: float, fall: float) -> tuple[Floats, float, Floats]:
        """A step against `way` that lowers the loss from `value`, the loss after it, and the derivative there."""
        length, shapes = 1.0, (_within(point, point), _within(point, way), _within(way, way))
        while True:
            after, pull = self._surprise(point[1] - length * way[1])
            after += self._ridge / 2 * (shapes[0] - 2 * length * shapes[1] + length**2 * shapes[2])
            if after <= value - _SUFFICIENT * length * fall or length < _SHORTEST:
                return -length * way, after, pull
            length /= 2

    def _surprise(self, scored: Floats) -> tuple[float, Floats]:
        scores = scored[:-1] + scored[-1]
        scores -= scores.max(axis=1, keepdims=True)
        right = scores[self._right]
        powers = np.exp(scores, out=scores)
        total = powers.sum(axis=1)
        powers *= (self._weights / total)[:, None]
        powers[self._right] -= self._weights
        return float(self._weights @ (np.log(total) - right)), powers


def _direction(slope: Floats, past: list[tuple[Floats, Floats, float]]) -> Floats:
    """The slope, as what past steps have told of the loss's curvature turns it."""
    way, told = slope.copy(), []
    for step, bend, share in reversed(past):
        told.append(share * _inner(step, way))
        way -= told[-1] * bend
    way *= _scale(slope, past)
    for (step, bend, share), back in zip(past, reversed(told), strict=True):
        way += (back - share * _inner(bend, way)) * step
    return way


def _scale(slope: Floats, past: list[tuple[Floats, Floats, float]]) -> float:
    if not past:
        return 1 / max(1.0, sqrt(_inner(slope, slope)))
    _, bend, share = past[-1]
    return 1 / (share * _inner(bend, bend))


def _inner(one: Floats, two: Floats) -> float:
    return float(np.vdot(one[0], two[1]))


def _within(one: Floats, two: Floats) -> float:
    """The inner product of the weights alone, which the ridge is about."""
    return float(np.vdot(one[0, :-1], two[1, :-1]))
