"""Writes the numbers that the estimates of an effect are held to: SciPy and statsmodels.

    python3 -m venv .cache/reference && .cache/reference/bin/pip install -r tests/reference/requirements.txt
    .cache/reference/bin/python tests/reference/effect.py

Tables are [[after, before], [after, before]]: the treated place first, its comparison second. They are drawn
with a fixed seed, the last of each list worked out to be at an edge. A number that does not exist is null.
"""

import json
import math
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "fixtures" / "reference" / "effect.json"
PACKAGES = ["numpy", "scipy", "statsmodels"]
LEVEL = 0.95


def finite(value):
    return float(value) if math.isfinite(value) else None


def drawn_tables(rng):
    means = [1, 2, 5, 20, 100, 1_000, 20_000]
    tables = [rng.poisson(mean, (2, 2)).tolist() for mean in means for _ in range(6)]
    by_hand = [[[20, 40], [30, 30]], [[3, 1], [1, 3]], [[0, 3], [4, 5]], [[0, 0], [4, 5]], [[8, 2], [1, 5]]]
    return tables + by_hand


def fisher(table):
    p = {side: stats.fisher_exact(table, alternative=side).pvalue for side in ("two-sided", "less", "greater")}
    return {side: float(value) for side, value in p.items()}


def ratio(table):
    result = Table2x2(np.array(table, dtype=float), shift_zeros=False)
    low, high = result.log_oddsratio_confint(1 - LEVEL)
    numbers = {
        "ratio": result.oddsratio,
        "log_standard_error": result.log_oddsratio_se,
        "low": math.exp(low) if math.isfinite(low) else math.nan,
        "high": math.exp(high) if math.isfinite(high) else math.nan,
        "p": result.log_oddsratio_pvalue(),
    }
    return {name: finite(value) for name, value in numbers.items()} if np.all(np.array(table) > 0) else None


def halved(table):
    """Half an event in every cell of a table that has an empty one and no empty margin."""
    cells = np.array(table)
    margins = np.concatenate([cells.sum(axis=0), cells.sum(axis=1)])
    if (cells > 0).all() or (margins == 0).any():
        return None
    return ratio((cells + 0.5).tolist())


def drawn_strata(rng):
    groups = []
    for strata, mean in [(1, 30), (4, 3), (10, 8), (40, 1.5), (15, 200)]:
        groups += [[rng.poisson(mean, (2, 2)).tolist() for _ in range(strata)] for _ in range(3)]
    return groups


def pooled(strata):
    filled = [table for table in strata if np.sum(table) > 0]
    result = StratifiedTable([np.array(table, dtype=float) for table in filled])
    low, high = result.oddsratio_pooled_confint(1 - LEVEL)
    return {
        "ratio": finite(result.oddsratio_pooled),
        "log_standard_error": finite(result.logodds_pooled_se),
        "low": finite(low),
        "high": finite(high),
    }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(20221231)
    tables, strata = drawn_tables(rng), drawn_strata(rng)
    written = {
        "versions": {package: version(package) for package in PACKAGES},
        "level": LEVEL,
        "tables": [
            {"table": table, "fisher": fisher(table), "ratio": ratio(table), "halved": halved(table)}
            for table in tables
        ],
        "pooled": [{"strata": group, "expected": pooled(group)} for group in strata],
    }
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
