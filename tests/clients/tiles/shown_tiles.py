#!/usr/bin/env python3
"""Proves, tile by tile and in whole numbers, that the areas of a level tile the province without gap or overlap.

    shown_tiles.py [--min 5] [--max 14] [--every 1] [--processes 2]      through with_server.py

In every tile, buffer included: each directed edge of an area is walked the other way by a neighbour, or is an edge of
the province; and each area is a valid polygon. Together these leave no point of the province uncovered or covered
twice. Beside that: borders go on in the next tile where they left, and the pieces of each area add up to its true
Web Mercator area, off by less than two grid units (a quarter of a CSS pixel) along its border. `--every N` looks at two
of every N columns of tiles. Exit code 1 when anything is broken.
"""

import argparse
import http.client
import sys
from collections import Counter, defaultdict
from functools import partial
from multiprocessing import Pool
from urllib.parse import urlsplit

import numpy as np
import shapely
from coverage_check import Findings, check_tile, within_tile
from server import read_json
from tile_edges import areas_of, crossings, largest_step, layers_of, open_edges

EXTENT, BUFFER = 4096, 64
PROVINCE = "province"
LEVELS = {"commune": "communes", "district": "districts"}
# A border cut at the buffer's rim is rounded there; inside the tile that moves it by less than a unit.
SEAM_TOLERANCE = 1.0
# How far a drawn border may lie beside the true one on average, in grid units: rounding, and triangles of 16 units.
MEAN_SHIFT = 2.0
# A few square units for areas hardly larger than one.
LEAST_SLACK = 4.0
SIDES = {"east": (0, EXTENT), "west": (0, 0), "south": (1, EXTENT), "north": (1, 0)}


class Reader:
    """Tiles over one kept connection."""

    def __init__(self, template):
        self.address = urlsplit(template)
        self.connection = http.client.HTTPConnection(self.address.netloc, timeout=120)

    def body(self, zoom, x, y):
        path = self.address.path.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))
        self.connection.request("GET", f"{path}?{self.address.query}")
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status not in (200, 204):
            raise RuntimeError(f"{answer.status} for {path}: {body[:300]!r}")
        return body


def world_units(degrees, zoom):
    """Degrees to grid units of a zoom, not rounded."""
    side = float(EXTENT << zoom)
    latitude = np.radians(degrees[:, 1])
    northing = 0.5 - np.arctanh(np.sin(latitude)) / (2 * np.pi)
    return np.column_stack([(degrees[:, 0] / 360 + 0.5) * side, northing * side])


def tiles_of(boxes, zoom):
    """Addresses of all tiles whose frame one of the boxes meets."""
    shift = float(EXTENT << zoom)
    columns = defaultdict(set)
    for left, top, right, bottom in np.asarray(boxes) * shift:
        low = [int((value - BUFFER) // EXTENT) for value in (left, top)]
        high = [int((value + BUFFER) // EXTENT) for value in (right, bottom)]
        for x in range(max(low[0], 0), min(high[0], (1 << zoom) - 1) + 1):
            columns[x].update(range(max(low[1], 0), min(high[1], (1 << zoom) - 1) + 1))
    return {x: sorted(rows) for x, rows in columns.items()}


def overlay_free(areas):
    """The areas without those that stand as diamonds over their neighbours."""
    return [area for area in areas if not area.is_diamond()]


def check_column(zoom, layer, templates, where, column):
    """All tiles of one column: faults, counts, each area's sum, and where borders leave the tiles."""
    x, rows = column
    found, count, sums, exits = Findings(), Counter(), Counter(), {}
    areas_in, whole_in = Reader(templates[layer]), Reader(templates["province"])
    for y in rows:
        areas = areas_of(layers_of(areas_in.body(zoom, x, y)).get(layer))
        whole = areas_of(layers_of(whole_in.body(zoom, x, y)).get("province"))
        if not areas and not whole:
            continue
        name = f"{where} {zoom}/{x}/{y}"
        count["tiles"] += 1
        shapes = {area.code: area.polygon() for area in areas}
        for code, valid in zip(shapes, shapely.is_valid(list(shapes.values()))):
            if not valid:
                found.add("invalid", name, f"{code}: {shapely.is_valid_reason(shapes[code])}")
        own, own_whole = overlay_free(areas), overlay_free(whole)
        count["diamonds"] += len(areas) - len(own)
        count["edges"] += sum(len(ring) for area in areas for ring in area.rings)
        open_rows, along = open_edges(own, own_whole, -BUFFER, EXTENT + BUFFER)
        if len(open_rows) or along:
            first = f", first {open_rows[0].tolist()}" if len(open_rows) else ""
            found.add("open edge", name, f"{len(open_rows)} edges, {along} units along the frame{first}")
            measure(shapes, whole, name, found)
        for area in own:
            sums[area.code] += area_within_tile(shapes[area.code])
        sums[PROVINCE] += sum(area_within_tile(area.polygon()) for area in own_whole)
        exits[x, y] = {
            side: {area.code: crossings(area, axis, line) for area in own} for side, (axis, line) in SIDES.items()
        }
    return found, count, sums, exits


def area_within_tile(shape):
    return shapely.area(shapely.clip_by_rect(shape, 0, 0, EXTENT, EXTENT))


def measure(shapes, whole, name, found):
    """Gaps and overlaps of a tile whose edges do not match, as shapely sees them."""
    mended = {code: shapely.make_valid(shape) for code, shape in shapes.items()}
    province = shapely.union_all([shapely.make_valid(area.polygon()) for area in whole])
    square = shapely.box(0, 0, EXTENT, EXTENT)
    check_tile(within_tile(mended, EXTENT), shapely.intersection(province, square), EXTENT, name, found)


def check_seams(exits, where, zoom, found):
    """Borders of neighbouring tiles along their common edge; gives back the largest step."""
    largest = 0.0
    for (x, y), here in exits.items():
        for side, other_side, neighbour in (("east", "west", (x + 1, y)), ("south", "north", (x, y + 1))):
            there = exits.get(neighbour)
            if there is None:
                continue
            mine, theirs = here[side], there[other_side]
            for code in mine.keys() | theirs.keys():
                none = np.empty((0, 2))
                step = largest_step(mine.get(code, none), theirs.get(code, none), EXTENT)
                largest = max(largest, step)
                if step > SEAM_TOLERANCE:
                    found.add(
                        "seam", f"{where} {zoom}/{x}/{y} {side}", f"{code} goes on {step:.2f} units beside itself"
                    )
    return largest


def check_sums(sums, shapes, where, zoom, found):
    """Each area's pieces against its true area, and all together against the province; gives back the mean shifts."""
    scale = float(EXTENT << zoom)
    shifts = []
    for code, shape in ((code, shape) for code, shape in shapes.items() if code in sums):
        grid = shapely.transform(shape, lambda xy: xy * scale)
        off, border = abs(sums[code] - shapely.area(grid)), shapely.length(shapely.simplify(grid, 1.0))
        shifts.append(off / max(border, 1.0))
        if off > MEAN_SHIFT * border + LEAST_SLACK:
            found.add(
                "area", f"{where} z{zoom}", f"{code} is {off:.1f} square units off along {border:.0f} units of border"
            )
    return shifts


def check_level(edition, level, given, pool, found):
    layer, name = LEVELS[level], edition["id"]
    where = f"{name} {layer}"
    templates = {t: read_json(f"/tiles/{t}?edition={name}")["tiles"][0] for t in (layer, "province")}
    features = read_json(f"/areas?edition={name}&level={level}&geometry=full")["features"]
    degrees = {f["id"]: shapely.geometry.shape(f["geometry"]) for f in features}
    # In the unit square, so that one projection serves every zoom.
    shapes = {code: shapely.transform(s, lambda xy: world_units(xy, 0) / EXTENT) for code, s in degrees.items()}
    boxes = shapely.bounds(list(shapes.values()))
    total, largest, mean_shifts = Counter(), 0.0, []
    for zoom in range(given.min, given.max + 1):
        columns = [item for item in sorted(tiles_of(boxes, zoom).items()) if item[0] % given.every in (0, 1)]
        work = partial(check_column, zoom, layer, templates, where)
        sums, exits = Counter(), {}
        for column_found, count, column_sums, column_exits in pool.imap_unordered(work, columns, chunksize=1):
            found.merge(column_found)
            total.update(count)
            sums.update(column_sums)
            exits.update(column_exits)
        largest = max(largest, check_seams(exits, where, zoom, found))
        if given.every > 1:
            continue
        mean_shifts += check_sums(sums, shapes, where, zoom, found)
        together = sum(sums[code] for code in shapes)
        if abs(together - sums[PROVINCE]) > 1e-9 * together + 1e-3:
            found.add("sum", f"{where} z{zoom}", f"all areas {together:.3f}, the province {sums['province']:.3f}")
    shift = f", borders off by {max(mean_shifts):.3f} units on average at most" if mean_shifts else ""
    print(
        f"{where} z{given.min}–z{given.max}: {total['tiles']} tiles, {total['edges']} edges, "
        f"{total['diamonds']} diamonds, largest step at a seam {largest:.2f}{shift}",
        flush=True,
    )
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--min", type=int, default=5)
    parser.add_argument("--max", type=int, default=14)
    parser.add_argument("--every", type=int, default=1, help="look at two of every N columns")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    found, total = Findings(), Counter()
    with Pool(given.processes) as pool:
        for edition in read_json("/meta")["editions"]:
            for level in (level for level in LEVELS if level in edition["levels"]):
                total.update(check_level(edition, level, given, pool, found))
    print(*found.shown, sep="\n", end="\n" if found.shown else "")
    kinds = ("open edge", "gap", "overlap", "outside", "invalid", "seam", "area", "sum")
    told = ", ".join(f"{kind} {found.count[kind]}" for kind in kinds)
    print(f"shown_tiles: {total['tiles']} tiles, {total['edges']} edges, {told}")
    sys.exit(1 if total["tiles"] == 0 or any(found.count.values()) else 0)


if __name__ == "__main__":
    main()
