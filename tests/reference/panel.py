"""Writes the numbers that the panel of communes and periods is held to: statsmodels.

    .cache/reference/bin/python tests/reference/panel.py

Poisson regression with a column for every place and every period and ln exposure as offset, iterated until the deviance
no longer moves; the clustered error without statsmodels' own factors, times G/(G - 1); the jackknife as a second writing
of the formula in NumPy, from the multinomial form. Cells are [events, exposure, treatment]; null where one is missing.
"""

import json
import math
from importlib.metadata import version
from pathlib import Path

import numpy as np
import statsmodels.api as sm

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "fixtures" / "reference" / "panel.json"
PACKAGES = ["numpy", "statsmodels"]


def drawn_panel(rng, places, periods, mean, treated):
    """Staggered starts, some cells missing, some places and perhaps a period without events."""
    rates = rng.gamma(1.5, mean / 1.5, places)
    course = np.exp(rng.normal(0, 0.3, periods))
    starts = {place: int(rng.integers(1, periods)) for place in rng.choice(places, treated, replace=False)}
    rows = []
    for place in range(places):
        row = []
        for period in range(periods):
            exposure = float(np.round(rng.uniform(0.5, 3.0), 3))
            start = starts.get(place, periods)
            treatment = 0.5 if period == start else float(period > start)
            expected = rates[place] * course[period] * exposure * math.exp(-0.4 * treatment)
            events = int(rng.poisson(expected * rng.gamma(4, 0.25)))
            row.append(None if rng.uniform() < 0.04 else [events, exposure, treatment])
        rows.append(row)
    return rows


def used_cells(rows):
    """The cells of places with events in two cells or more and of periods with events, and nothing else."""
    cells = {(i, t): cell for i, row in enumerate(rows) for t, cell in enumerate(row) if cell is not None}
    while True:
        by_place, by_period = {}, {}
        for (i, t), cell in cells.items():
            by_place.setdefault(i, []).append(cell[0])
            by_period[t] = by_period.get(t, 0) + cell[0]
        kept = {
            (i, t): cell
            for (i, t), cell in cells.items()
            if len(by_place[i]) > 1 and sum(by_place[i]) > 0 and by_period[t] > 0
        }
        if len(kept) == len(cells):
            return cells
        cells = kept


def jackknife(cells, gammas, beta, place_ids, period_ids):
    """(G - 1)/G times the sum of squares of the last element of (A - A_i)^-1 s_i."""
    size = len(period_ids)
    matrices, scores = [], []
    for place in place_ids:
        own = [(t, cell) for (i, t), cell in cells.items() if i == place]
        z = np.zeros((len(own), size))
        for at, (t, cell) in enumerate(own):
            if period_ids.index(t) > 0:
                z[at, period_ids.index(t) - 1] = 1.0
            z[at, -1] = cell[2]
        linear = np.array([math.log(cell[1]) + gammas[t] + beta * cell[2] for t, cell in own])
        share = np.exp(linear - linear.max())
        share /= share.sum()
        events = np.array([cell[0] for _, cell in own], dtype=float)
        total = events.sum()
        scores.append(z.T @ (events - total * share))
        matrices.append(total * (z.T @ np.diag(share) @ z - np.outer(z.T @ share, z.T @ share)))
    whole, count = sum(matrices), len(matrices)
    moved = [np.linalg.solve(whole - matrix, score)[-1] for matrix, score in zip(matrices, scores)]
    return math.sqrt((count - 1) / count * np.sum(np.square(moved)))


def expected(rows):
    cells = used_cells(rows)
    place_ids = sorted({i for i, _ in cells})
    period_ids = sorted({t for _, t in cells})
    design = np.zeros((len(cells), len(place_ids) + len(period_ids)))
    events, offset, groups = np.zeros(len(cells)), np.zeros(len(cells)), np.zeros(len(cells), dtype=int)
    for at, ((i, t), cell) in enumerate(cells.items()):
        design[at, place_ids.index(i)] = 1.0
        if period_ids.index(t) > 0:
            design[at, len(place_ids) + period_ids.index(t) - 1] = 1.0
        design[at, -1] = cell[2]
        events[at], offset[at], groups[at] = cell[0], math.log(cell[1]), i
    model = sm.GLM(events, design, family=sm.families.Poisson(), offset=offset)
    plain = model.fit(maxiter=200, tol=1e-14)
    clustered = model.fit(
        maxiter=200, tol=1e-14, cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    count = len(place_ids)
    gammas = {t: 0.0 if at == 0 else plain.params[len(place_ids) + at - 1] for at, t in enumerate(period_ids)}
    return {
        "beta": float(plain.params[-1]),
        "poisson": float(plain.bse[-1]),
        "clustered": float(clustered.bse[-1] * math.sqrt(count / (count - 1))),
        "jackknife": jackknife(cells, gammas, plain.params[-1], place_ids, period_ids),
        "places": count,
        "periods": len(period_ids),
        "events": int(events.sum()),
    }


def main():
    rng = np.random.default_rng(20221231)
    shapes = [(8, 4, 6, 4), (20, 8, 2, 8), (40, 12, 1, 15), (78, 16, 3, 20), (12, 30, 0.6, 6)]
    panels = [drawn_panel(rng, *shape) for shape in shapes for _ in range(2)]
    written = {
        "versions": {package: version(package) for package in PACKAGES},
        "panels": [{"rows": rows, "expected": expected(rows)} for rows in panels],
    }
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
