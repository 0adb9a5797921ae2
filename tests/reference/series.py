"""Writes the numbers that the trends are held to: pymannkendall, SciPy, statsmodels.

    python3 -m venv .cache/reference && .cache/reference/bin/pip install -r tests/reference/requirements.txt
    .cache/reference/bin/python tests/reference/series.py

The series are drawn with a fixed seed. A number that does not exist is null.
"""

import json
import math
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pymannkendall
import statsmodels.api as sm
from scipy import stats

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "fixtures" / "reference" / "series.json"
PACKAGES = ["numpy", "scipy", "statsmodels", "pymannkendall"]
LEVEL = 0.95


def drawn_series(rng):
    """Counts over years with exposures that grow; few events give many ties."""
    drawn = []
    for years, mean, growth in [(3, 5, 0), (5, 2, 0.2), (8, 1, 0), (10, 30, -0.1), (12, 200, 0.03), (40, 4, 0.01), (60, 900, 0)]:
        for _ in range(3):
            times = np.arange(years) + 2010.0
            exposure = 1000.0 * (1 + 0.02 * np.arange(years)) * rng.uniform(0.8, 1.2, years)
            counts = rng.poisson(mean * exposure / 1000 * np.exp(growth * np.arange(years)))
            drawn.append({"times": times.tolist(), "exposure": exposure.tolist(), "counts": counts.tolist()})
    # Irregular times, two of them the same.
    drawn.append({"times": [0, 1, 1, 4, 9, 10.5], "exposure": [10, 20, 30, 5, 8, 12], "counts": [3, 9, 4, 2, 1, 3]})
    return drawn


def mann_kendall(values):
    if len(values) < 3 or len(set(values)) == 1:
        return None
    result = pymannkendall.original_test(values)
    # Its p has no digits below 1e-16: it is one less a distribution function.
    p = 2 * stats.norm.sf(abs(result.z))
    return {"rises": int(result.s), "tau": float(result.Tau), "variance": float(result.var_s), "z": float(result.z), "p": p}


def theil_sen(times, values):
    line = stats.theilslopes(values, times, alpha=LEVEL, method="separate")
    return {"slope": line.slope, "intercept": line.intercept, "low": line.low_slope, "high": line.high_slope}


def poisson(times, counts, exposure):
    if sum(counts) == 0:
        return None
    # Times from their mean: the slope is the same, and the matrix better.
    design = sm.add_constant(np.array(times) - np.mean(times))
    model = sm.GLM(counts, design, family=sm.families.Poisson(), offset=np.log(exposure))
    fit = model.fit(tol=1e-14, tol_criterion="params", maxiter=500)
    low, high = fit.conf_int(1 - LEVEL)[1]
    return {
        "ratio": math.exp(fit.params[1]),
        "log_standard_error": float(fit.bse[1]),
        "low": math.exp(low),
        "high": math.exp(high),
        "p": float(fit.pvalues[1]),
        "dispersion": float(fit.pearson_chi2 / fit.df_resid),
    }


def expected(series):
    times, counts, exposure = series["times"], series["counts"], series["exposure"]
    rates = (np.array(counts) / np.array(exposure)).tolist()
    return {
        "mann_kendall_of_counts": mann_kendall(counts),
        "mann_kendall_of_rates": mann_kendall(rates),
        "theil_sen_of_counts": theil_sen(times, counts),
        "theil_sen_of_rates": theil_sen(times, rates),
        "poisson": poisson(times, counts, exposure),
    }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(510)
    series = drawn_series(rng)
    written = {
        "versions": {package: version(package) for package in PACKAGES},
        "level": LEVEL,
        "series": [one | {"expected": expected(one)} for one in series],
    }
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
