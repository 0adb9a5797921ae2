#!/usr/bin/env python3
"""Counts gaps and overlaps between neighbouring areas, tile by tile, in tile units, as shapely sees them.

Within a tile's square the areas of a level must cover the province exactly once: no two may overlap, none of the
province may stay bare, nothing may lie outside it. Across the edge between two tiles an area must go on where it left.
Exit code 1 when one of these is broken. Rings that touch themselves are counted and shown.
"""

import argparse
import sys
from collections import Counter

import mapbox_vector_tile
import numpy as np
import shapely
from server import read_json, read_tiles, tiles_within

# Vertices are integers; only the cut along the tile's square is computed, to about 1e-9.
AREA_TOLERANCE = 1e-6
# A border that is cut at the buffer's rim and rounded there may cross the tile's edge up to a unit beside its twin.
SEAM_TOLERANCE = 1.0
MAX_SHOWN = 10
LEVELS = {"commune": "communes", "district": "districts"}


class Findings:
    """Faults, counted by kind, the first few kept for showing."""

    def __init__(self):
        self.count = Counter()
        self.shown = []

    def add(self, kind, where, text):
        self.count[kind] += 1
        if len(self.shown) < MAX_SHOWN:
            self.shown.append(f"{kind} {where}: {text}")

    def merge(self, other):
        self.count.update(other.count)
        self.shown = (self.shown + other.shown)[:MAX_SHOWN]


def decoded_areas(body, layer):
    """{code: polygon} of a layer, and its extent, y pointing down as in the tile."""
    if not body:
        return {}, None
    tile = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    if layer not in tile:
        return {}, None
    features = tile[layer]["features"]
    return {f["properties"]["code"]: shapely.geometry.shape(f["geometry"]) for f in features}, tile[layer]["extent"]


def within_tile(polygons, extent):
    square = shapely.box(0, 0, extent, extent)
    return {code: shapely.intersection(polygon, square) for code, polygon in polygons.items()}


def check_tile(areas, province, extent, where, found):
    """The three rules inside one tile. `areas` are clipped to the tile's square."""
    codes = list(areas)
    polygons = np.array(list(areas.values()))
    union = shapely.union_all(polygons)
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    for i, j, area in zip(left, right, shapely.area(shapely.intersection(polygons[left], polygons[right]))):
        if area > AREA_TOLERANCE:
            found.add("overlap", where, f"{codes[i]} and {codes[j]} share {area:.3f} square units")
    for part in shapely.get_parts(shapely.difference(province, union)):
        if part.area > AREA_TOLERANCE:
            found.add("gap", where, f"{part.area:.3f} square units bare near {spot(part)}")
    for part in shapely.get_parts(shapely.difference(union, province)):
        if part.area > AREA_TOLERANCE:
            found.add("outside", where, f"{part.area:.3f} square units outside the province near {spot(part)}")


def spot(part):
    point = part.representative_point()
    return f"{point.x:.0f},{point.y:.0f}"


def stretches(areas, line):
    """Where each area meets one edge of the tile."""
    met = {code: shapely.intersection(polygon, line) for code, polygon in areas.items()}
    return {code: part for code, part in met.items() if part.length > SEAM_TOLERANCE}


def check_seam(here, there, edge_here, edge_there, shift, where, found):
    """Areas along the common edge of two tiles; `shift` carries the second tile's units into the first's."""
    mine = stretches(here, edge_here)
    theirs = {
        code: shapely.transform(part, lambda xy: xy + shift) for code, part in stretches(there, edge_there).items()
    }
    for code in mine.keys() | theirs.keys():
        a, b = mine.get(code, shapely.LineString()), theirs.get(code, shapely.LineString())
        # One unit for each end of each stretch.
        allowed = SEAM_TOLERANCE * 2 * max(len(shapely.get_parts(a)), len(shapely.get_parts(b)), 1)
        off = shapely.symmetric_difference(a, b).length
        if off > allowed:
            found.add("seam", where, f"{code} goes on {off:.2f} units beside itself")


def check_seams(tiles, extent, zoom, where, found):
    """Every pair of neighbouring tiles that were both served."""
    right = shapely.LineString([(extent, 0), (extent, extent)])
    left = shapely.LineString([(0, 0), (0, extent)])
    bottom = shapely.LineString([(0, extent), (extent, extent)])
    top = shapely.LineString([(0, 0), (extent, 0)])
    for (x, y), here in tiles.items():
        name = f"{where} {zoom}/{x}/{y}"
        east, south = tiles.get((x + 1, y)), tiles.get((x, y + 1))
        if east is not None:
            check_seam(here, east, right, left, np.array([extent, 0]), f"{name} east", found)
        if south is not None:
            check_seam(here, south, bottom, top, np.array([0, extent]), f"{name} south", found)


def check_zoom(edition, level, zoom, templates, bounds, found):
    """All tiles of one level at one zoom; gives back how many held areas."""
    layer = LEVELS[level]
    addresses = tiles_within(bounds, zoom)
    bodies = read_tiles(templates[layer], zoom, addresses)
    provinces = read_tiles(templates["province"], zoom, addresses)
    where = f"{edition} {layer}"
    tiles, extent = {}, 4096
    for address in addresses:
        areas, own_extent = decoded_areas(bodies[address], layer)
        province, province_extent = decoded_areas(provinces[address], "province")
        name = f"{where} {zoom}/{address[0]}/{address[1]}"
        if bool(areas) != bool(province):
            found.add("gap" if province else "outside", name, "only one of area layer and province is there")
            continue
        if not areas:
            continue
        extent = own_extent
        if own_extent != province_extent:
            found.add("extent", name, f"{own_extent} beside {province_extent}")
        areas, province = valid(areas, name, found), valid(province, name, found)
        areas, province = within_tile(areas, extent), within_tile(province, extent)
        check_tile(areas, shapely.union_all(list(province.values())), extent, name, found)
        tiles[address] = areas
    check_seams(tiles, extent, zoom, where, found)
    return len(tiles)


def valid(polygons, where, found):
    """The polygons, mended where a ring touches or crosses itself."""
    for code, polygon in polygons.items():
        if not polygon.is_valid:
            found.add("invalid", where, f"{code}: {shapely.is_valid_reason(polygon)}")
            polygons[code] = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    return polygons


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--min", type=int, default=6)
    parser.add_argument("--max", type=int, default=12)
    given = parser.parse_args()
    found = Findings()
    checked = 0
    for edition in read_json("/meta")["editions"]:
        name = edition["id"]
        for level in (level for level in LEVELS if level in edition["levels"]):
            about = {t: read_json(f"/tiles/{t}?edition={name}") for t in (LEVELS[level], "province")}
            templates = {tileset: tilejson["tiles"][0] for tileset, tilejson in about.items()}
            bounds = about["province"]["bounds"]
            counts = {z: check_zoom(name, level, z, templates, bounds, found) for z in range(given.min, given.max + 1)}
            checked += sum(counts.values())
            print(f"{name} {level}: {sum(counts.values())} tiles at z{given.min}–z{given.max}", flush=True)
    print(*found.shown, sep="\n", end="\n" if found.shown else "")
    kinds = ("gap", "overlap", "outside", "seam", "extent", "invalid")
    print("coverage_check:", f"{checked} tiles,", ", ".join(f"{kind} {found.count[kind]}" for kind in kinds))
    failed = checked == 0 or any(found.count[kind] for kind in kinds if kind != "invalid")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
