#!/usr/bin/env python3
"""Compares the incidents that the server counts in each commune with those that shapely finds there, point by point.

    locate_vs_shapely.py --incidents FILE.csv --communes FILE.geojson --edition 2025-01 [--code FIELD] [--time COLUMN] …

Points within a hair of a border may fall to either side, so they are set aside: a commune's count must lie between the
points surely inside it and those plus the ones on its border. The sums of /ratings must add up by themselves, too.
Needs BINHYEN_PLANNER_TOKEN: free dates are not for the public.
"""

import argparse
import csv
import json
import os
import sys
from datetime import date, timedelta

import numpy as np
import shapely
from server import read_json

# About a tenth of a millimetre: far below what a coordinate means, far above what floating point loses.
BORDER_DEG = 1e-9
BATCH = 200_000
MAX_SHOWN = 10


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", required=True)
    parser.add_argument("--communes", required=True)
    parser.add_argument("--edition", required=True)
    parser.add_argument("--code", default="code", help="field of the communes' code")
    parser.add_argument("--time", default="time", help="column of the incidents' time")
    parser.add_argument("--skip-status", default="unfounded", help="statuses that are kept but not counted")
    parser.add_argument("--skip-categories", default="", help="categories that are never mapped, or not reported")
    parser.add_argument("--district-only", default="", help="categories that no commune's count holds")
    return parser.parse_args()


def communes(path, code):
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    polygons = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    shapely.prepare(polygons)
    return [str(feature["properties"][code]) for feature in features], polygons


def listed(text):
    return set(filter(None, text.split(",")))


def points(given):
    """Longitudes and latitudes of the counted rows that have a place, first of those that communes count, then of the
    others; and the first and last day of all rows."""
    skipped = {"status": listed(given.skip_status), "category": listed(given.skip_categories)}
    apart = listed(given.district_only)
    places, districts_places, days = [], [], set()
    with open(given.incidents, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            days.add(row[given.time][:10])
            if any(row.get(column) in values for column, values in skipped.items()):
                continue
            if row["lon"] and row["lat"]:
                kept = districts_places if row["category"] in apart else places
                kept.append((float(row["lon"]), float(row["lat"])))
    both = (np.array(kept).reshape(-1, 2) for kept in (places, districts_places))
    return *both, date.fromisoformat(min(days)), date.fromisoformat(max(days))


def located(places, polygons):
    """Points surely inside each polygon, points on each border, and how many lie surely outside all."""
    tree = shapely.STRtree(polygons)
    borders = shapely.STRtree(shapely.boundary(polygons))
    inside, touching = np.zeros(len(polygons), int), np.zeros(len(polygons), int)
    outside = aside = 0
    for start in range(0, len(places), BATCH):
        batch = shapely.points(places[start : start + BATCH])
        point, border = borders.query(batch, predicate="dwithin", distance=BORDER_DEG)
        np.add.at(touching, border, 1)
        sure = np.ones(len(batch), bool)
        sure[point] = False
        aside += len(batch) - sure.sum()
        found, polygon = tree.query(batch[sure], predicate="within")
        np.add.at(inside, polygon, 1)
        outside += sure.sum() - len(np.unique(found))
    return inside, touching, int(outside), int(aside)


def main():
    given = arguments()
    token = os.environ.get("BINHYEN_PLANNER_TOKEN")
    if not token:
        sys.exit("locate_vs_shapely: BINHYEN_PLANNER_TOKEN is not set")
    codes, polygons = communes(given.communes, given.code)
    places, districts_places, first, last = points(given)
    inside, touching, outside, aside = located(places, polygons)
    _, _, outside_apart, aside_apart = located(districts_places, polygons)
    # A day more on either side: the file's days may be those of another time zone.
    period = f"from={first - timedelta(days=1)}&to={last + timedelta(days=2)}"
    ratings = read_json(f"/ratings?level=commune&edition={given.edition}&{period}", token)
    problems = differences(codes, inside, touching, ratings) + sums(ratings)
    surely_inside, surely_outside = len(places) - outside - aside, outside + outside_apart
    problems += counted("with_point", ratings, surely_inside, aside)
    problems += counted("outside", ratings, surely_outside, aside + aside_apart)
    print(*problems[:MAX_SHOWN], sep="\n", end="\n" if problems else "")
    print(
        f"locate_vs_shapely: {len(places)} points, {len(codes)} communes of {given.edition}, {surely_outside} outside, "
        f"{aside} on borders set aside, {len(problems)} problems"
    )
    sys.exit(1 if problems else 0)


def differences(codes, inside, touching, ratings):
    """Communes whose count of incidents with a point shapely cannot confirm."""
    served = {area["code"]: area["incidents"] - area["without_point"] for area in ratings["areas"]}
    problems = [f"commune {code} is not in /ratings" for code in codes if code not in served]
    problems += [f"commune {code} of /ratings is not in the file" for code in served.keys() - set(codes)]
    for code, sure, border in zip(codes, inside, touching):
        count = served.get(code)
        if code in served and (count is None or not sure <= count <= sure + border):
            problems.append(f"commune {code}: {count} served, shapely finds {sure} and {border} on the border")
    return problems


def counted(term, ratings, sure, border):
    """A term of the account that shapely cannot confirm."""
    served = ratings["totals"][term]
    return [] if sure <= served <= sure + border else [f"{term}: {served}, shapely finds {sure} and {border} on borders"]


def sums(ratings):
    """What must add up: the terms of the account to all incidents, the areas' counts to the first two."""
    totals = ratings["totals"]
    total = sum(area["incidents"] or 0 for area in ratings["areas"])
    terms = ("with_point", "by_commune", "by_wider_area", "outside", "unplaced", "district_only")
    parts = sum(totals[name] or 0 for name in terms)
    problems = []
    if total != totals["with_point"] + totals["by_commune"]:
        problems.append(f"the areas' counts add up to {total}, the account has {totals}")
    if parts != totals["incidents"]:
        problems.append(f"{' + '.join(terms)} = {parts}, incidents is {totals['incidents']}")
    return problems


if __name__ == "__main__":
    main()
