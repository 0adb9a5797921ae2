#!/usr/bin/env python3
"""Scans maps for clusters by the definition and writes what the spatial scan is held to.

    python3 tests/reference/scan.py

No package: every zone is listed as a set of areas, every sum is taken anew (with math.fsum), the likelihood ratio is
written as the difference of two log-likelihoods, and the distribution of the greatest ratio is the exact one, over all
maps there are, where the maps are few enough to be listed. Areas are numbered from 0.
"""

import cmath
import itertools
import json
import math
import platform
import random
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "fixtures" / "reference" / "scan.json"
CIRCLE = [(1.0, 1)]
SATSCAN = [(1.0, 1), (1.5, 4), (2.0, 6), (3.0, 9), (4.0, 12), (5.0, 15)]
HALF = 0.5


def zones(points, exposure, shapes):
    """Every zone once, with the outline of the first shape that has it."""
    places = [complex(x, y) for x, y in points]
    total = math.fsum(exposure)
    found = {}
    for ratio, angles in shapes:
        for turn in range(angles):
            # The long axis is turned into the real one; the short one is stretched to its length.
            turned = [place * cmath.exp(-1j * math.pi * turn / angles) for place in places]
            for centre in range(len(places)):
                offsets = [place - turned[centre] for place in turned]
                radii = [math.hypot(offset.real, ratio * offset.imag) for offset in offsets]
                for edge in radii:
                    inside = frozenset(area for area, radius in enumerate(radii) if radius <= edge * (1 + 1e-9))
                    if math.fsum(exposure[area] for area in inside) <= HALF * total * (1 + 1e-12):
                        found.setdefault(inside, ratio)
    return found


def ratio_of(inside, events, exposure):
    """ln of the greatest likelihood with two rates over the greatest with one; None where the rate inside is no higher."""
    count, total = sum(events[area] for area in inside), sum(events)
    expected = total * math.fsum(exposure[area] for area in inside) / math.fsum(exposure)
    if count <= expected:
        return None
    def log_likelihood(parts):
        return math.fsum(number * math.log(rate) for number, rate in parts if number > 0)
    two = [(count, count / expected), (total - count, (total - count) / (total - expected))]
    return log_likelihood(two) - log_likelihood([(total, total / total)])


def ranked(found, events, exposure, penalty):
    """Zones with a statistic, the greatest first; of equals the smaller set."""
    listed = []
    for inside, ratio in found.items():
        likelihood = ratio_of(inside, events, exposure)
        if likelihood is not None:
            weight = (4 * ratio / (ratio + 1) ** 2) ** penalty
            listed.append((likelihood * weight, likelihood, inside, ratio))
    return sorted(listed, key=lambda zone: (-round(zone[0], 9), len(zone[2])))


def disjoint(listed):
    """The first zone and those after it that share no area with any before."""
    chosen, taken = [], set()
    for statistic, likelihood, inside, ratio in listed:
        if not inside & taken:
            chosen.append((statistic, likelihood, inside, ratio))
            taken |= inside
    return chosen


def scanned(name, points, events, exposure, shapes, penalty=0.5):
    found = zones(points, exposure, shapes)
    clusters = [
        {
            "statistic": statistic,
            "log_likelihood_ratio": likelihood,
            "members": sorted(inside),
            "ratio": ratio,
            "observed": sum(events[area] for area in inside),
            "expected": sum(events) * math.fsum(exposure[area] for area in inside) / math.fsum(exposure),
        }
        for statistic, likelihood, inside, ratio in disjoint(ranked(found, events, exposure, penalty))[:3]
    ]
    return {
        "name": name,
        "points": points,
        "events": events,
        "exposure": exposure,
        "shapes": [[ratio, angles] for ratio, angles in shapes if ratio > 1],
        "penalty": penalty,
        "different_zones": len(found),
        "clusters": clusters,
    }


def exact_p(points, events, exposure):
    """The probability, over all maps with as many events, that some circle reaches the greatest statistic of this one."""
    found = zones(points, exposure, CIRCLE)
    best = ranked(found, events, exposure, 0.5)[0][0]
    total, share = sum(events), [part / math.fsum(exposure) for part in exposure]
    reached = []
    for map_ in itertools.product(range(total + 1), repeat=len(events)):
        if sum(map_) != total:
            continue
        listed = ranked(found, map_, exposure, 0.5)
        if listed and listed[0][0] >= best - 1e-9:
            ways = math.factorial(total)
            for number in map_:
                ways //= math.factorial(number)
            reached.append(ways * math.prod(part**number for part, number in zip(share, map_)))
    return math.fsum(reached)


def grid(columns, rows):
    return [[float(index % columns), float(index // columns)] for index in range(columns * rows)]


def random_map(seed, areas):
    chance = random.Random(seed)
    points = [[round(chance.uniform(0, 90_000), 1), round(chance.uniform(0, 60_000), 1)] for _ in range(areas)]
    exposure = [float(chance.randint(800, 30_000)) for _ in range(areas)]
    middle = chance.randrange(areas)
    def far(area):  # a strip from west to east
        return abs(points[area][0] - points[middle][0]) + 4 * abs(points[area][1] - points[middle][1])
    near = sorted(range(areas), key=far)[: max(2, areas // 8)]
    rates = [0.0008 * (2 if area in near else 1) for area in range(areas)]
    events = [sum(chance.random() < rate for _ in range(int(part))) for part, rate in zip(exposure, rates)]
    return points, events, exposure


def main():
    corner = [12 if index in (0, 1, 5) else 3 for index in range(25)]
    row = [9 if index // 5 == 2 else 2 for index in range(25)]
    cases = [
        scanned("5 x 5 grid, a corner", grid(5, 5), corner, [100.0] * 25, CIRCLE),
        scanned("5 x 5 grid, a row, ellipses", grid(5, 5), row, [100.0] * 25, SATSCAN),
        scanned("5 x 5 grid, two events", grid(5, 5), [int(index in (3, 4)) for index in range(25)], [100.0] * 25, CIRCLE),
    ]
    for seed, areas in [(1, 12), (2, 30), (3, 60), (4, 100)]:
        points, events, exposure = random_map(seed, areas)
        cases.append(scanned(f"random map {seed}, circles", points, events, exposure, CIRCLE))
        if areas <= 60:
            cases.append(scanned(f"random map {seed}, ellipses", points, events, exposure, SATSCAN))
            cases.append(scanned(f"random map {seed}, ellipses without penalty", points, events, exposure, SATSCAN, 0.0))
    listed = []
    for events in ([2, 0, 0, 0, 0, 0], [3, 2, 0, 0, 1, 0], [0, 4, 3, 0, 0, 1]):
        points, exposure = [[0.0, 0.0], [1.0, 0.3], [2.2, 0.0], [0.1, 1.4], [1.3, 1.2], [2.1, 1.7]], [30.0, 10.0, 25.0, 15.0, 40.0, 20.0]
        listed.append({"points": points, "events": events, "exposure": exposure, "p": exact_p(points, events, exposure)})
    document = {"versions": {"python": platform.python_version()}, "cases": cases, "all_maps": listed}
    OUTPUT.write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
