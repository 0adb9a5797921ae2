#!/usr/bin/env python3
"""Scans maps over time for clusters by the definition and writes what the prospective scan is held to.

    python3 tests/reference/space_time.py

No package: every cylinder is listed as a set of areas with a number of last steps, sums are taken anew, the likelihood
ratio is the difference of two log-likelihoods, and where the maps are few enough the distribution of the greatest ratio
is the exact one: over all ways in which the events can fall (Poisson), or in which the steps of the events can be dealt
out anew (permutation). Areas and steps are numbered from 0.
"""

import itertools
import json
import math
import platform
import random
from collections import Counter
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "fixtures" / "reference" / "space_time.json"


def zones(points, exposure):
    """Every circle around a point with at most half of the exposure, as a set."""
    total, found = math.fsum(exposure), set()
    for centre in points:
        radii = [math.dist(centre, point) for point in points]
        for edge in radii:
            inside = frozenset(area for area, radius in enumerate(radii) if radius <= edge * (1 + 1e-9))
            if math.fsum(exposure[area] for area in inside) <= total / 2 * (1 + 1e-12):
                found.add(inside)
    return found


def cylinders(points, exposure, steps, longest):
    return [(inside, length) for inside in zones(points, exposure) for length in range(1, min(longest, steps) + 1)]


def expected_by_margins(counts):
    total = sum(map(sum, counts))
    of_steps = [sum(row[step] for row in counts) for step in range(len(counts[0]))]
    return [[sum(row) * of_step / total for of_step in of_steps] for row in counts]


def scaled(expected, total):
    factor = total / math.fsum(map(math.fsum, expected))
    return [[value * factor for value in row] for row in expected]


def ratio_of(inside, length, counts, expected):
    """ln of the likelihood with two rates over that with one; None where no more than expected, or most of all, lies inside."""
    total = sum(map(sum, counts))
    count = sum(sum(counts[area][-length:]) for area in inside)
    mean = math.fsum(math.fsum(expected[area][-length:]) for area in inside)
    if count <= mean or mean > total / 2 or mean == 0:
        return None
    def log_likelihood(parts):
        return math.fsum(number * math.log(rate) for number, rate in parts if number > 0)
    return log_likelihood([(count, count / mean), (total - count, (total - count) / (total - mean))]), count, mean


def ranked(listed, counts, expected):
    found = []
    for inside, length in listed:
        ratio = ratio_of(inside, length, counts, expected)
        if ratio is not None:
            found.append((*ratio, inside, length))
    return sorted(found, key=lambda cylinder: (-round(cylinder[0], 9), len(cylinder[3]), cylinder[4]))


def disjoint(found):
    chosen, taken = [], set()
    for cylinder in found:
        if not cylinder[3] & taken:
            chosen.append(cylinder)
            taken |= cylinder[3]
    return chosen


def scanned(name, model, points, exposure, counts, expected, longest):
    means = expected_by_margins(counts) if model == "permutation" else scaled(expected, sum(map(sum, counts)))
    found = disjoint(ranked(cylinders(points, exposure, len(counts[0]), longest), counts, means))[:3]
    clusters = [
        {"statistic": ratio, "observed": count, "expected": mean, "members": sorted(inside), "steps": length}
        for ratio, count, mean, inside, length in found
    ]
    case = {"name": name, "model": model, "points": points, "exposure": exposure, "counts": counts}
    return case | {"expected": expected, "max_steps": longest, "clusters": clusters}


def random_case(seed, areas, steps, model):
    chance = random.Random(seed)
    points = [[round(chance.uniform(0, 90_000), 1), round(chance.uniform(0, 60_000), 1)] for _ in range(areas)]
    exposure = [float(chance.randint(800, 30_000)) for _ in range(areas)]
    season = [1 + 0.5 * math.sin(step / 3) for step in range(steps)]
    expected = [[share / 8000 * factor for factor in season] for share in exposure]
    middle = chance.randrange(areas)
    near = sorted(range(areas), key=lambda area: math.dist(points[area], points[middle]))[: max(2, areas // 10)]
    def poisson(mean):
        limit, drawn, product = math.exp(-mean), 0, chance.random()
        while product > limit:
            drawn += 1
            product *= chance.random()
        return drawn
    counts = [
        [poisson(mean * (2.5 if area in near and step >= steps - 3 else 1)) for step, mean in enumerate(row)]
        for area, row in enumerate(expected)
    ]
    return scanned(f"random {seed}, {model}", model, points, exposure, counts, expected, 5)


def exact_p(model, points, exposure, counts, expected, longest):
    """The probability, over all maps there are, that some cylinder reaches the greatest statistic of this one."""
    areas, steps, total = len(counts), len(counts[0]), sum(map(sum, counts))
    means = expected_by_margins(counts) if model == "permutation" else scaled(expected, total)
    listed = cylinders(points, exposure, steps, longest)
    best = ranked(listed, counts, means)[0][0]
    def reaches(map_):
        found = ranked(listed, map_, means)
        return bool(found) and found[0][0] >= best - 1e-9
    if model == "permutation":
        places = [area for area, row in enumerate(counts) for _ in range(sum(row))]
        times = [step for row in counts for step, count in enumerate(row) for _ in range(count)]
        seen = Counter()
        for order in itertools.permutations(times):
            dealt = Counter(zip(places, order))
            seen[tuple(sorted(dealt.items()))] += 1
        reached = 0
        for dealt, ways in seen.items():
            map_ = [[0] * steps for _ in range(areas)]
            for (area, step), count in dealt:
                map_[area][step] = count
            reached += ways * reaches(map_)
        return reached / math.factorial(total)
    shares = [mean / total for row in means for mean in row]
    p = []
    for cells in itertools.combinations_with_replacement(range(areas * steps), total):
        map_ = [[0] * steps for _ in range(areas)]
        for cell in cells:
            map_[cell // steps][cell % steps] += 1
        if reaches(map_):
            ways = math.factorial(total)
            for count in Counter(cells).values():
                ways //= math.factorial(count)
            p.append(ways * math.prod(shares[cell] for cell in cells))
    return math.fsum(p)


def main():
    models = ["poisson", "permutation"]
    cases = [random_case(seed, areas, steps, model) for seed, areas, steps in [(1, 12, 8), (2, 30, 12), (3, 60, 20)] for model in models]
    points, exposure = [[0.0, 0.0], [1.0, 0.3], [2.2, 0.0], [0.1, 1.4], [1.3, 1.2]], [30.0, 10.0, 25.0, 15.0, 40.0]
    expected = [[share * factor for factor in (1, 1.2, 0.8)] for share in exposure]
    listed = []
    for model, counts in [
        ("poisson", [[0, 0, 2], [0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0]]),
        ("poisson", [[1, 0, 0], [0, 0, 2], [0, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("permutation", [[1, 0, 2], [0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 1, 0]]),
        ("permutation", [[0, 0, 2], [0, 0, 1], [2, 0, 0], [0, 1, 0], [1, 1, 0]]),
    ]:
        p = exact_p(model, points, exposure, counts, expected, 2)
        case = {"model": model, "points": points, "exposure": exposure, "counts": counts, "expected": expected}
        listed.append(case | {"max_steps": 2, "p": p})
    document = {"versions": {"python": platform.python_version()}, "cases": cases, "all_maps": listed}
    OUTPUT.write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
