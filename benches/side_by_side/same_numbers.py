"""Before anything is timed: both sides answer the same counts for the same tile and filter."""

import random
import urllib.request
from typing import NamedTuple

import mapbox_vector_tile
from workload import SEED, every_day, month_starts, periods

PAIRS = 1_000
# Borders are simplified differently, so that a tile's edge may show an area on one side only; its counts are compared
# where both show it, and nearly all must be shown by both.
LEAST_SHARED = 0.8


class Side(NamedTuple):
    """A running server, what it is asked, and the attribute in which it answers."""

    server: object
    case: object
    attribute: str


def counts(url, token, attribute):
    """Counts by code in the communes' layer; none where the tile is empty."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
    layer = mapbox_vector_tile.decode(body).get("communes", {"features": []}) if body else {"features": []}
    return {code_of(one): one["properties"].get(attribute) for one in layer["features"]}


def code_of(feature):
    """The official code: an attribute, or with us the id of the feature."""
    return str(feature["properties"].get("code", feature.get("id")))


def questions(case, tiles, sample):
    """Random tiles and filters, always the same ones."""
    chance = random.Random(SEED)
    days = month_starts() if case.days == "months" else every_day()
    pairs = periods(days, PAIRS)
    for _ in range(sample):
        first, last = chance.choice(pairs)
        places = sorted(chance.sample(range(len(case.categories)), chance.randint(1, len(case.categories))))
        yield chance.choice(tiles), days[first], days[last], places


def compared(ours, theirs, tiles, sample):
    """How many counts both sides gave alike; the first that differs is an error."""
    same = shared = shown = 0
    for tile, first, last, places in questions(ours.case, tiles, sample):
        mine, other = (answered(side, tile, first, last, places) for side in (ours, theirs))
        both = mine.keys() & other.keys()
        shared, shown = shared + len(both), shown + len(mine.keys() | other.keys())
        for code in sorted(both):
            if mine[code] != other[code]:
                raise RuntimeError(
                    f"commune {code} in {tile}, {first} to {last}, categories {places}: "
                    f"{mine[code]} by {ours.server.name}, {other[code]} by {theirs.server.name}"
                )
            same += 1
    if not same or shared < LEAST_SHARED * shown:
        raise RuntimeError(f"only {shared} of {shown} communes are in the tiles of both sides")
    return same


def answered(side, tile, first, last, places):
    words = [side.case.categories[place] for place in places]
    return counts(side.server.base + side.case.address(tile, first, last, words), side.case.token, side.attribute)
