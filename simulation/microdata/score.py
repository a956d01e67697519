"""The proxy score: a regression of log consumption, and what it says of households whose hamlet it has not seen.

Every hamlet is a fold of its own: its households are scored by the regression on all other hamlets. No allocation to
folds has to be drawn, so the same survey always gives the same score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.microdata.survey import Survey, in_groups

_SINGULAR = 1e-8
"""A fold whose block comes closer to the whole information than this is scored by a regression of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """A proxy score and how good it is; the arrays hold the complete households of the survey, in their order.

    ``coefficients`` belong to the columns of the survey, behind the intercept, in log points. ``predicted`` is log
    consumption (in rupiah a head and month) as scored out of hamlet.
    """

    intercept: float
    coefficients: dict[str, float]
    r2_in_sample: float
    r2_out_of_hamlet: float
    log_consumption: np.ndarray
    predicted: np.ndarray
    weight: np.ndarray
    hamlet: np.ndarray

    @property
    def residual(self) -> np.ndarray:
        """Log consumption less the score out of hamlet."""
        return self.log_consumption - self.predicted


def estimate_score(survey: Survey) -> Score:
    """Estimate the score by least squares, weighted by the survey's weights."""
    rows = survey.complete
    y, weight, hamlet = np.log(survey.consumption_idr[rows]), survey.weight[rows], survey.hamlet[rows]
    raw = survey.predictors[rows]
    mean = np.average(raw, axis=0, weights=weight)
    spread = np.sqrt(np.average((raw - mean) ** 2, axis=0, weights=weight))
    spread[spread < 1e-9 * np.maximum(np.abs(mean), 1)] = np.inf
    x = np.column_stack([np.ones(y.size), (raw - mean) / spread])
    inverse = np.linalg.pinv((x * weight[:, None]).T @ x, hermitian=True)
    beta = inverse @ (x.T @ (weight * y))
    predicted = predict_out_of_fold(x, y, weight, hamlet, inverse)
    slopes = beta[1:] / spread
    return Score(
        intercept=float(beta[0] - slopes @ mean),
        coefficients=dict(zip(survey.predictor_names, slopes.tolist(), strict=True)),
        r2_in_sample=r2(y, x @ beta, weight),
        r2_out_of_hamlet=r2(y, predicted, weight),
        log_consumption=y,
        predicted=predicted,
        weight=weight,
        hamlet=hamlet,
    )


def predict_out_of_fold(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, fold: np.ndarray, inverse: np.ndarray
) -> np.ndarray:
    """Return for each row what the regression on the other folds predicts.

    Leaving a fold out changes its residuals ``e`` to ``(I - H)^-1 e``, where ``H`` is the fold's block of the hat
    matrix, so that one regression is enough; but for a fold that alone decides some coefficient, as with a predictor
    that varies nowhere else. ``inverse`` is the inverse of ``x' W x``.
    """
    residual = y - x @ (inverse @ (x.T @ (weight * y)))
    predicted = np.empty(y.size)
    for rows in in_groups(fold):
        hat = x[rows] @ inverse @ (x[rows] * weight[rows, None]).T
        kept = np.eye(rows.size) - hat
        if np.linalg.svd(kept, compute_uv=False)[-1] > _SINGULAR:
            predicted[rows] = y[rows] - np.linalg.solve(kept, residual[rows])
        else:
            predicted[rows] = _predict_anew(x, y, weight, rows)
    return predicted


def _predict_anew(x: np.ndarray, y: np.ndarray, weight: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return what a regression on all other rows predicts, from the predictors that vary among them."""
    others = np.ones(y.size, bool)
    others[rows] = False
    varying = np.ptp(x[others], axis=0) > 1e-9
    varying[0] = True
    known, weighted = x[others][:, varying], weight[others]
    beta = np.linalg.pinv((known * weighted[:, None]).T @ known, hermitian=True) @ (known.T @ (weighted * y[others]))
    return x[rows][:, varying] @ beta


def r2(y: np.ndarray, predicted: np.ndarray, weight: np.ndarray) -> float:
    """Return the share of the variance of ``y`` that a prediction explains."""
    mean = np.average(y, weights=weight)
    return float(1 - np.sum(weight * (y - predicted) ** 2) / np.sum(weight * (y - mean) ** 2))


def moments(score: Score) -> dict[str, float]:
    """Return what a simulated score has to reproduce (evidence P2-09, P2-10), in log points."""
    y, predicted, residual, weight = score.log_consumption, score.predicted, score.residual, score.weight
    rank = np.cumsum(weight[np.argsort(y)]) / weight.sum()
    poorest = np.empty(y.size, bool)
    richest = np.empty(y.size, bool)
    poorest[np.argsort(y)], richest[np.argsort(y)] = rank <= 0.1, rank > 0.9
    centred = residual - np.average(residual, weights=weight)
    spread = np.sqrt(np.average(centred**2, weights=weight))
    return {
        "sd_log_consumption": _sd(y, weight),
        "sd_score": _sd(predicted, weight),
        "sd_residual": spread,
        "skew_residual": float(np.average((centred / spread) ** 3, weights=weight)),
        "excess_kurtosis_residual": float(np.average((centred / spread) ** 4, weights=weight) - 3),
        "mean_residual_poorest_decile": float(np.average(residual[poorest], weights=weight[poorest])),
        "mean_residual_richest_decile": float(np.average(residual[richest], weights=weight[richest])),
    }


def _sd(values: np.ndarray, weight: np.ndarray) -> float:
    return float(np.sqrt(np.average((values - np.average(values, weights=weight)) ** 2, weights=weight)))
