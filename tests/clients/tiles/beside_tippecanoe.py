#!/usr/bin/env python3
"""The commune tiles of the server beside tippecanoe's from the same boundaries and attributes: faults and bytes.

    beside_tippecanoe.py --tippecanoe FILE [--edition YYYY-MM] [--min 6] [--max 12]      through with_server.py

Both sides go through the same decoder and the same count, as shapely sees it within each tile's square: pairs of
areas that overlap, bare places that areas enclose where the source has none (no lake, no inlet), and how far the
borders lie beside those of the source on average, in grid units. Exit code 1 when ours has gaps or overlaps, or is
larger than the smallest of tippecanoe's.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import shapely
from server import read_json, read_tiles
from shown_tiles import EXTENT, tiles_of, world_units
from tile_edges import areas_of, layers_of, properties_of

LAYER = "communes"
COMMON = [
    "--no-tile-compression",
    "--no-tile-size-limit",
    "--no-feature-limit",
    "--no-tile-stats",
    "--quiet",
    "--force",
]
# Each way to ask tippecanoe for borders that match, the last one with our buffer (64 of 4096 units).
WAYS = {
    "as it comes": [],
    "shared nodes kept": ["--no-simplification-of-shared-nodes", "--no-tiny-polygon-reduction"],
    "shared borders": ["--detect-shared-borders", "--no-tiny-polygon-reduction"],
    "shared nodes, buffer 4": ["--no-simplification-of-shared-nodes", "--no-tiny-polygon-reduction", "--buffer=4"],
}
AREA_TOLERANCE = 1e-6
COLUMNS = ("tiles", "vertices", "raw", "gzip -6", "gzip -9", "overlaps", "gaps")


class Source:
    """The boundaries that both sides were given, in the unit square of Web Mercator."""

    def __init__(self, features):
        self.shapes = {feature["id"]: in_unit_square(feature["geometry"]) for feature in features}

    def boxes(self):
        return shapely.bounds(list(self.shapes.values()))

    def tile(self, zoom, x, y):
        """What lies in a tile's square, in its units: {code: shape}."""
        side, corner = float(1 << zoom), np.array([x, y])
        box = shapely.box(*(corner / side), *((corner + 1) / side))
        near = {code: shape for code, shape in self.shapes.items() if shapely.intersects(shapely.envelope(shape), box)}
        pieces = {code: shapely.clip_by_rect(shape, *box.bounds) for code, shape in near.items()}
        return {
            code: shapely.transform(piece, lambda xy: (xy * side - corner) * EXTENT) for code, piece in pieces.items()
        }


def in_unit_square(geometry):
    return shapely.transform(shapely.geometry.shape(geometry), lambda xy: world_units(xy, 0) / EXTENT)


def measured(item):
    """What one tile weighs and what is wrong in it. The source is in the tile's units."""
    body, source = item
    areas = areas_of(layers_of(body).get(LAYER))
    square = shapely.box(0, 0, EXTENT, EXTENT)
    own = [area for area in areas if not area.is_diamond()]
    polygons = shapely.intersection(shapely.make_valid([area.polygon() for area in own]), square)
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    once = left < right
    shared = shapely.area(shapely.intersection(polygons[left[once]], polygons[right[once]]))
    holes = [hole for hole in holes_of(shapely.union_all(polygons)) if hole.area > AREA_TOLERANCE]
    ground = shapely.union_all(shapely.make_valid(list(source.values())))
    gaps = [hole for hole in holes if shapely.intersection(hole, ground).area > hole.area / 2]
    beside = [
        shapely.area(shapely.symmetric_difference(polygon, shapely.make_valid(source[area.code])))
        for area, polygon in zip(own, polygons)
        if area.code in source
    ]
    borders = shapely.boundary([area.polygon() for area in own])
    return Counter(
        {
            "beside": float(np.sum(beside)),
            "border": float(np.sum(shapely.length(shapely.clip_by_rect(borders, 0, 0, EXTENT, EXTENT)))),
            "tiles": 1,
            "vertices": sum(len(ring) for area in areas for ring in area.rings),
            "raw": len(body),
            "gzip -6": len(gzip.compress(body, 6, mtime=0)),
            "gzip -9": len(gzip.compress(body, 9, mtime=0)),
            "overlaps": int(np.count_nonzero(shared > AREA_TOLERANCE)),
            "gaps": len(gaps),
        }
    )


def holes_of(shape):
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return [shapely.Polygon(ring) for polygon in polygons for ring in polygon.interiors]


def with_attributes(features, bodies):
    """The full boundaries with the attributes that our tiles carry, as tippecanoe takes them."""
    known = {}
    for body in bodies:
        layer = layers_of(body).get(LAYER)
        for feature in layer.features if layer else ():
            properties = properties_of(layer, feature)
            known[properties["code"]] = (feature.id, properties)
    for feature in features:
        number, properties = known[feature["id"]]
        yield {"type": "Feature", "id": number, "geometry": feature["geometry"], "properties": properties}


def tippecanoe(program, options, file, folder, given):
    command = [program, *COMMON, *options, f"-Z{given.min}", f"-z{given.max}", "-l", LAYER, "-e", folder, file]
    subprocess.run([str(part) for part in command], check=True)

    def bodies(zoom, addresses):
        files = {(x, y): folder / str(zoom) / str(x) / f"{y}.pbf" for x, y in addresses}
        return {at: path.read_bytes() if path.exists() else b"" for at, path in files.items()}

    return bodies


def line(name, zoom, count):
    off = count["beside"] / max(count["border"], 1.0)
    print(f"{name:<34} {zoom:<4}", *(f"{count[column]:>9}" for column in COLUMNS), f"{off:>9.3f}", flush=True)


def table(name, bodies, tiles, source, pool):
    """One line for each zoom and one for all; gives back the sum."""
    total = Counter()
    for zoom, addresses in tiles.items():
        held = {at: body for at, body in bodies(zoom, addresses).items() if body}
        items = [(body, source.tile(zoom, *at)) for at, body in held.items()]
        count = sum(pool.map(measured, items, chunksize=16), Counter())
        total.update(count)
        line(name, f"z{zoom}", count)
    line(name, "all", total)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tippecanoe", required=True, type=Path)
    parser.add_argument("--edition")
    parser.add_argument("--min", type=int, default=6)
    parser.add_argument("--max", type=int, default=12)
    given = parser.parse_args()
    edition = given.edition or read_json("/meta")["editions"][0]["id"]
    template = read_json(f"/tiles/{LAYER}?edition={edition}")["tiles"][0]
    features = read_json(f"/areas?edition={edition}&level=commune&geometry=full")["features"]
    source = Source(features)
    boxes = source.boxes()
    tiles = {
        zoom: [(x, y) for x, rows in sorted(tiles_of(boxes, zoom).items()) for y in rows]
        for zoom in range(given.min, given.max + 1)
    }

    def ours(zoom, addresses):
        return read_tiles(template, zoom, addresses)

    print(f"{edition}: {len(features)} areas")
    print(f"{'':<34}     ", *(f"{column:>9}" for column in (*COLUMNS, "units off")))
    with tempfile.TemporaryDirectory() as work, ProcessPoolExecutor(2) as pool:
        file = Path(work) / "communes.geojson"
        named = list(with_attributes(features, ours(given.min, tiles[given.min]).values()))
        file.write_text(json.dumps({"type": "FeatureCollection", "features": named}))
        mine = table("ours", ours, tiles, source, pool)
        others = []
        for number, (name, options) in enumerate(WAYS.items()):
            bodies = tippecanoe(given.tippecanoe, options, file, Path(work) / str(number), given)
            others.append(table(f"tippecanoe, {name}", bodies, tiles, source, pool))
    for column in ("raw", "gzip -6", "gzip -9"):
        least = min(other[column] for other in others)
        print(f"{column}: ours {mine[column] / least:.3f} of tippecanoe's smallest")
    wrong = mine["overlaps"] + mine["gaps"]
    sys.exit(1 if wrong or any(mine[c] > min(o[c] for o in others) for c in ("raw", "gzip -6")) else 0)


if __name__ == "__main__":
    main()
