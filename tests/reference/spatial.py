#!/usr/bin/env python3
"""Runs PySAL on the tables of spatial_input.json and writes what src/statistics is held to.

    python3 -m venv .cache/reference && .cache/reference/bin/pip install -r tests/reference/requirements.txt
    .cache/reference/bin/python tests/reference/spatial.py

Areas are numbered from 0. A number that does not exist is null.
"""

import json
import math
import warnings
from importlib.metadata import version
from pathlib import Path

import esda
import libpysal
import mapclassify
import numpy as np
from esda import smoothing
from scipy import stats

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "fixtures" / "reference" / "spatial.json"
PACKAGES = ["esda", "libpysal", "mapclassify", "numpy", "scipy"]


def weights(neighbours, transform):
    w = libpysal.weights.W(
        {place: list(others) for place, others in enumerate(neighbours)},
        id_order=list(range(len(neighbours))),
        silence_warnings=True,
    )
    w.transform = transform
    return w


def column(values):
    return [None if not math.isfinite(value) else float(value) for value in np.asarray(values).flatten()]


def moran(values, neighbours, transform):
    result = esda.Moran(values, weights(neighbours, transform), transformation=transform, permutations=0)
    return {"statistic": float(result.I), "z": float(result.z_rand)}


def local_moran(values, neighbours):
    result = esda.Moran_Local(values, weights(neighbours, "r"), permutations=0)
    # Sokal's conditional moments are those of z·lag/m2, esda's statistic is scaled by n - 1 over n.
    n = len(values)
    deviates = (result.Is * n / (n - 1) - result.EIc) / np.sqrt(result.VIc)
    return {
        "statistic": column(result.Is),
        "z": column(deviates),
        "p": column(2 * stats.norm.sf(np.abs(deviates))),
        "quadrant": [int(q) for q in result.q],
    }


def getis_ord(values, neighbours, star):
    # The deviates of esda with row-standardised weights are wrong; binary ones are right.
    result = esda.G_Local(values, weights(neighbours, "B"), transform="B", star=star, permutations=0)
    return {"z": column(result.Zs), "p": column(2 * stats.norm.sf(np.abs(result.Zs)))}


def locally_smoothed(events, exposure, neighbours):
    return column(smoothing.Spatial_Empirical_Bayes(events, exposure, weights(neighbours, "b")).r)


def globally_smoothed(events, exposure):
    return column(smoothing.Empirical_Bayes(events, exposure).r)


def breaks(values, classes):
    return {
        "quantile": column(mapclassify.Quantiles(values, k=classes).bins),
        "equal_interval": column(mapclassify.EqualInterval(values, k=classes).bins),
        "fisher_jenks": column(mapclassify.FisherJenks(values, k=classes).bins),
    }


def table(data):
    events = np.array(data["events"], dtype=float)
    exposure = np.array(data["exposure"], dtype=float)
    neighbours = data["neighbours"]
    rates = events / exposure
    standardised = smoothing.assuncao_rate(events, exposure)
    p_values = 2 * stats.norm.sf(np.abs(standardised))
    return {
        "moran_row": moran(rates, neighbours, "r"),
        "moran_binary": moran(rates, neighbours, "b"),
        "moran_of_standardised_rates": moran(standardised, neighbours, "r"),
        "local_moran": local_moran(rates, neighbours),
        "gi_star": getis_ord(rates, neighbours, True),
        "gi": getis_ord(rates, neighbours, False),
        "standardised_rates": column(standardised),
        "excess_risk": column(smoothing.Excess_Risk(events, exposure).r),
        "globally_smoothed": globally_smoothed(events, exposure),
        "locally_smoothed": locally_smoothed(events, exposure, neighbours),
        "q_values": column(stats.false_discovery_control(p_values)),
        "breaks": {str(classes): breaks(rates, classes) for classes in (3, 5)},
    }


def main():
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    tables = json.loads((HERE / "spatial_input.json").read_text(encoding="utf-8"))
    written = {
        "versions": {package: version(package) for package in PACKAGES},
        "tables": {name: data | {"expected": table(data)} for name, data in tables.items()},
    }
    OUTPUT.write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
