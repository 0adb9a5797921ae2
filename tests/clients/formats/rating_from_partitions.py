#!/usr/bin/env python3
"""Works the rating out anew from the partitions of `binhyen export geoparquet --partition-by year,level`, in DuckDB.

The counts of every year and level of the sample become a relative risk for each area by the formulas of METHODS.md,
section 6: in SQL up to the posterior, here its quantiles. Checked: median, interval, reliability and probability
against what the server says of the same days to planners; that the public's partitions hold no severity and no count
beyond those that planners have.
"""

import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from server import read_json

EDITION = "2025-01"
# Quantiles are found by halving; sums are in another order than the server's.
TOLERANCE = 1e-8

RATING = """
WITH classes AS (
    SELECT year, level, code, component, severity, weight, exposure, incidents,
           sum(incidents) OVER class / sum(exposure) OVER class * exposure AS expected
    FROM read_parquet($files, hive_partitioning = true, hive_types_autocast = true)
    WHERE rated AND exposure > 0
    WINDOW class AS (PARTITION BY year, level, component, severity)
),
points AS (
    SELECT year, level, sum(weight * weight * expected) / sum(weight * expected) AS event
    FROM classes GROUP BY year, level
),
effective AS (
    SELECT year, level, code,
           sum(weight * incidents) / any_value(event) AS o, sum(weight * expected) / any_value(event) AS e
    FROM classes JOIN points USING (year, level) GROUP BY year, level, code
),
means AS (SELECT year, level, sum(o) / sum(e) AS mean FROM effective GROUP BY year, level),
priors AS (
    SELECT year, level, any_value(mean) AS mean,
           greatest(0, sum(e * (o / e - mean) ** 2) / sum(e) - any_value(mean) * count(*) / sum(e)) AS variance
    FROM effective JOIN means USING (year, level) GROUP BY year, level
)
SELECT year, level, code, mean * mean / variance + o AS shape, mean / variance + e AS rate,
       variance / (variance + mean / e) AS reliability
FROM effective JOIN priors USING (year, level)
WHERE variance > 0
ORDER BY ALL
"""
problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)


def below(shape, x):
    """P(X <= x) of a gamma distribution of rate 1: its series below the mean, its continued fraction above."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        step = shape
        while term > total * 1e-17:
            step += 1
            term *= x / step
            total += term
        return front * total
    b = x + 1 - shape
    c, d = 1e300, 1 / b
    h = d
    for i in range(1, 100_000):
        an = -i * (i - shape)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return 1 - front * h


def quantile(shape, rate, share):
    low, high = 0.0, shape + 40 * math.sqrt(shape) + 40
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if below(shape, middle) < share else (low, middle)
    return (low + high) / 2 / rate


def export(folder, role):
    target = folder / role
    command = [os.environ["BINHYEN_BIN"], "export", "geoparquet", "--data", str(folder / "data"), "--sample"]
    command += ["--role", role, "--edition", EDITION, "--partition-by", "year,level", "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    print(done.stdout.strip())
    return f"{target}/*/*/*.parquet"


def days(files):
    """The days of each year."""
    sql = 'SELECT DISTINCT year, "from"::VARCHAR, "to"::VARCHAR FROM read_parquet($files, hive_partitioning = true)'
    return {int(year): (first, last) for year, first, last in duckdb.execute(sql, {"files": files}).fetchall()}


def close(mine, theirs):
    return theirs is not None and abs(mine - theirs) <= TOLERANCE * max(abs(theirs), 1e-3)


def check_rating(files):
    rated, days_of = {}, days(files)
    for year, level, code, shape, rate, reliability in duckdb.execute(RATING, {"files": files}).fetchall():
        rated[(int(year), level, code)] = (shape, rate, reliability)
    compared = 0
    for year, (first, last) in sorted(days_of.items()):
        for level in ("commune", "district", "province"):
            address = f"/ratings?edition={EDITION}&from={first}&to={last}&level={level}"
            for row in read_json(address, os.environ["BINHYEN_PLANNER_TOKEN"])["areas"]:
                mine = rated.get((year, level, row["code"]))
                if row["ratio"] is None:
                    continue
                if mine is None:
                    problems.append(f"{year} {level} {row['code']}: rated by the server alone")
                    continue
                shape, rate, reliability = mine
                found = {
                    "ratio": quantile(shape, rate, 0.5),
                    "ratio_low": quantile(shape, rate, 0.1),
                    "ratio_high": quantile(shape, rate, 0.9),
                    "reliability": reliability,
                    "prob_above_1": 1 - below(shape, rate),
                }
                for name, value in found.items():
                    expect(close(value, row[name]), f"{year} {level} {row['code']}: {name} {value}, server {row[name]}")
                compared += 1
    expect(compared > 1000, f"only {compared} areas were compared")
    print(f"{compared} ratings of {len(days_of)} years worked out anew")


def check_public(files, of_planners):
    sql = "SELECT count(*), count(severity), count(weight), count(area_incidents) FROM read_parquet($files)"
    rows, severities, weights, counts = duckdb.execute(sql, {"files": files}).fetchone()
    expect((severities, weights) == (0, 0), f"public: {severities} severities, {weights} weights")
    expect(0 < counts < rows, f"public: {counts} counts in {rows} rows")
    sql = """
        SELECT count(*) FROM (SELECT year, level, code, component, sum(incidents) AS all_incidents
            FROM read_parquet($planners, hive_partitioning = true) GROUP BY ALL)
        JOIN read_parquet($public, hive_partitioning = true) USING (year, level, code, component)
        WHERE incidents > all_incidents OR incidents > area_incidents
    """
    beyond = duckdb.execute(sql, {"planners": of_planners, "public": files}).fetchone()[0]
    expect(beyond == 0, f"public: {beyond} counts beyond those of planners")
    print(f"public: {rows} rows, {rows - counts} counts of areas hidden, no severity")


def main():
    with tempfile.TemporaryDirectory(prefix="binhyen-partitions-") as folder:
        planner = export(Path(folder), "planner")
        check_rating(planner)
        check_public(export(Path(folder), "public"), planner)
    print(*problems[:40], sep="\n", end="\n" if problems else "")
    print(f"rating_from_partitions: {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
