"""Writes the probabilities of bands that letters are held to.

    python3 -m venv .cache/reference && .cache/reference/bin/pip install -r tests/reference/requirements.txt
    .cache/reference/bin/python tests/reference/letters.py

Distributions are those of SciPy. A case is a gamma posterior by shape and rate; its bands end at the bounds of the
shipped schemes. A band above the median is taken from the upper tail, so that it keeps its digits.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy import stats

OUTPUT = Path(__file__).parent.parent / "fixtures" / "reference" / "letters.json"
PACKAGES = ["numpy", "scipy"]
BOUNDS = [0.5, 0.8, 1.25, 2.0]
ENDS = [0.0, *BOUNDS, np.inf]


def probabilities(shape, rate):
    gamma = stats.gamma(shape, scale=1 / rate)
    above, below = gamma.sf(ENDS), gamma.cdf(ENDS)
    from_below = below[1:] - below[:-1]
    from_above = above[:-1] - above[1:]
    return np.where(np.array(ENDS[:-1]) >= shape / rate, from_above, from_below).tolist()


def cases():
    rng = np.random.default_rng(250)
    drawn = [(shape, shape / mean) for shape in (0.3, 1.0, 2.5, 7.0, 30.0, 140.0, 2_000.0) for mean in (0.3, 0.7, 1.0, 1.6, 4.0)]
    drawn += [(float(rng.uniform(0.1, 60)), float(rng.uniform(0.1, 60))) for _ in range(60)]
    # Below this a double has lost the digits of a difference in the reference itself.
    return [{"shape": shape, "rate": rate, "bands": [p if p > 1e-13 else None for p in probabilities(shape, rate)]}
            for shape, rate in drawn]


def main():
    written = {"versions": {package: version(package) for package in PACKAGES}, "bounds": BOUNDS, "cases": cases()}
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
