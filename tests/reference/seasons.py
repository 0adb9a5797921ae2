"""Writes the numbers that trends within seasons are held to: pymannkendall, statsmodels.

    .cache/reference/bin/python tests/reference/seasons.py

Whole years of quarters or months, since pymannkendall lays a series out as one row per year.
"""

import json
import math
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pymannkendall
import statsmodels.api as sm
from scipy import stats

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "fixtures" / "reference" / "seasons.json"
PACKAGES = ["numpy", "scipy", "statsmodels", "pymannkendall"]


def drawn_series(rng):
    drawn = []
    for years, seasons, mean, growth in [(3, 4, 6, 0), (5, 4, 20, 0.02), (8, 12, 4, -0.01), (4, 12, 90, 0.005), (8, 4, 1, 0)]:
        for _ in range(2):
            steps = np.arange(years * seasons)
            course = np.exp(rng.normal(0, 0.8, seasons))[steps % seasons]
            exposure = 1000.0 * rng.uniform(0.8, 1.2, len(steps))
            counts = rng.poisson(mean * course * exposure / 1000 * np.exp(growth * steps))
            drawn.append({"seasons": seasons, "exposure": exposure.tolist(), "counts": counts.tolist()})
    return drawn


def ranks(rates, seasons):
    result = pymannkendall.seasonal_test(rates, period=seasons)
    # Its slope is that of a whole year.
    return {
        "rises": int(result.s),
        "tau": float(result.Tau),
        "variance": float(result.var_s),
        "z": float(result.z),
        "p": 2 * float(stats.norm.sf(abs(result.z))),
        "slope": float(result.slope) / seasons,
    }


def poisson(counts, exposure, seasons):
    steps = np.arange(len(counts))
    levels = np.equal.outer(steps % seasons, np.arange(seasons)).astype(float)
    happened = [season for season in range(seasons) if levels[:, season] @ counts > 0]
    used = np.isin(steps % seasons, happened)
    design = np.column_stack([levels[used][:, happened], (steps - steps.mean())[used]])
    model = sm.GLM(counts[used], design, family=sm.families.Poisson(), offset=np.log(exposure[used]))
    fit = model.fit(tol=1e-14, maxiter=500)
    return {
        "ratio": math.exp(fit.params[-1]),
        "log_standard_error": float(fit.bse[-1]),
        "p": float(fit.pvalues[-1]),
        "dispersion": float(fit.pearson_chi2 / fit.df_resid),
    }


def expected(series):
    counts, exposure = np.array(series["counts"]), np.array(series["exposure"])
    rates = (counts / exposure).tolist()
    return ranks(rates, series["seasons"]) | {"poisson": poisson(counts, exposure, series["seasons"])}


def main():
    rng = np.random.default_rng(20221231)
    written = {
        "versions": {package: version(package) for package in PACKAGES},
        "series": [one | {"expected": expected(one)} for one in drawn_series(rng)],
    }
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
