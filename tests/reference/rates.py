"""Writes the numbers that rates, posteriors, the funnel, weighted rates and concentration are held to.

    python3 -m venv .cache/reference && .cache/reference/bin/pip install -r tests/reference/requirements.txt
    .cache/reference/bin/python tests/reference/rates.py

Distributions are those of SciPy, concentration is that of `inequality`; where no package has the method (Byar,
the funnel, Dobson, Fay and Feuer), its formula stands here a second time, in NumPy. Areas are those of
`spatial_input.json`. A number that does not exist is null.
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from inequality.gini import Gini
from inequality.theil import Theil
from scipy import stats

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "fixtures" / "reference" / "rates.json"
PACKAGES = ["numpy", "scipy", "inequality"]
LEVEL = 0.95
TAIL = (1 - LEVEL) / 2


def exact(counts, tail=TAIL):
    low = np.where(counts > 0, stats.gamma.ppf(tail, np.maximum(counts, 1)), 0.0)
    return low, stats.gamma.isf(tail, counts + 1)


def byar(counts):
    z = stats.norm.isf(TAIL)
    filled = np.maximum(counts, 1)
    low = filled * np.maximum(1 - 1 / (9 * filled) - z / (3 * np.sqrt(filled)), 0) ** 3
    above = counts + 1
    return np.where(counts > 0, low, 0.0), above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def prior(counts, exposure):
    mean = counts.sum() / exposure.sum()
    spread = np.sum(exposure * (counts / exposure - mean) ** 2) / exposure.sum()
    return mean, max(spread - mean * len(counts) / exposure.sum(), 0.0)


def posterior(counts, exposure):
    mean, variance = prior(counts, exposure)
    if variance == 0:
        return None
    gamma = stats.gamma(mean**2 / variance + counts, scale=1 / (mean / variance + exposure))
    return {
        "mean": gamma.mean().tolist(),
        "low": gamma.ppf(TAIL).tolist(),
        "high": gamma.isf(TAIL).tolist(),
        "above": gamma.sf(mean).tolist(),
    }


def funnel(counts, expected):
    z = 2 * np.sqrt(expected) * (np.sqrt(counts / expected) - 1)
    within = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    dispersion = np.mean(within**2)
    weights = 4 * expected
    areas = len(counts)
    between = (areas * dispersion - (areas - 1)) / (weights.sum() - np.sum(weights**2) / weights.sum())
    between = max(between, 0.0)
    low, high = stats.gamma.ppf(TAIL, expected), stats.gamma.isf(TAIL, expected + 1)
    reach = stats.norm.isf(TAIL) * np.sqrt(0.25 / expected + between)
    return {
        "dispersion": dispersion,
        "between": between,
        "z": z.tolist(),
        "z_adjusted": (z / np.sqrt(1 + weights * between)).tolist(),
        "low": (low / expected).tolist(),
        "high": (high / expected).tolist(),
        "dispersed_low": (np.maximum(1 - reach, 0) ** 2).tolist(),
        "dispersed_high": ((1 + reach) ** 2).tolist(),
    }


def table(data):
    counts, exposure = np.array(data["events"], dtype=float), np.array(data["exposure"], dtype=float)
    expected = exposure * counts.sum() / exposure.sum()
    (exact_low, exact_high), (byar_low, byar_high) = exact(counts), byar(counts)
    return {
        "exact_low": (exact_low / expected).tolist(),
        "exact_high": (exact_high / expected).tolist(),
        "byar_low": (byar_low / expected).tolist(),
        "byar_high": (byar_high / expected).tolist(),
        "p_upper": stats.poisson.sf(counts - 1, expected).tolist(),
        "p_lower": stats.poisson.cdf(counts, expected).tolist(),
        "posterior": posterior(counts, exposure),
        "funnel": funnel(counts, expected),
        "concentration": {"gini": float(Gini(counts.copy()).g), "theil": float(Theil(counts.copy()).T)},
    }


def weighted(strata):
    counts, exposure, weights = (np.array(strata[name], dtype=float) for name in ("counts", "exposure", "weights"))
    per_event = weights / weights.sum() / exposure
    rate, variance, total = np.sum(per_event * counts), np.sum(per_event**2 * counts), counts.sum()
    low, high = exact(np.array([total]))
    scale = np.sqrt(variance / total) if total > 0 else per_event.max()
    wider, above = variance + per_event.max() ** 2, rate + per_event.max()
    return {
        "rate": rate,
        "standard_error": np.sqrt(variance),
        "dobson_low": rate + scale * (low[0] - total),
        "dobson_high": rate + scale * (high[0] - total),
        "fay_feuer_low": variance / (2 * rate) * stats.chi2.ppf(TAIL, 2 * rate**2 / variance) if total > 0 else 0.0,
        "fay_feuer_high": wider / (2 * above) * stats.chi2.isf(TAIL, 2 * above**2 / wider),
    }


def drawn_strata(rng):
    drawn = []
    for strata, mean in [(1, 4), (3, 0.1), (4, 2), (6, 30), (18, 12), (5, 4000)]:
        for _ in range(3):
            exposure = rng.uniform(500, 20_000, strata)
            drawn.append(
                {
                    "counts": rng.poisson(mean, strata).tolist(),
                    "exposure": exposure.tolist(),
                    "weights": rng.uniform(0.5, 10, strata).tolist(),
                }
            )
    return drawn


def main():
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    tables = json.loads((HERE / "spatial_input.json").read_text(encoding="utf-8"))
    strata = drawn_strata(np.random.default_rng(124))
    written = {
        "versions": {package: version(package) for package in PACKAGES},
        "level": LEVEL,
        "tables": {name: {key: data[key] for key in ("events", "exposure")} | {"expected": table(data)}
                   for name, data in tables.items()},
        "strata": [one | {"expected": weighted(one)} for one in strata],
    }
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
