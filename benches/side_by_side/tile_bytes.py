"""Bytes of tiles: ours beside tippecanoe's of the same borders, attributes and values."""

import json
import math
import sqlite3
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import mapbox_vector_tile
from processes import run

ZOOMS = range(5, 15)
SERVED_ZOOMS = (5, 14)
ATTRIBUTES_ZOOM = 9
# Our server writes a tile again in fewer bytes when it is still asked for two seconds after it was given twice.
COMPACTED_AFTER_S, KEPT_WITHIN_S, UNCHANGED_ROUNDS = 2.5, 180, 4
# Nodes of several borders stay, nothing is dropped, 64 of 4096 units around a tile as with us.
FLAGS = (
    "--no-simplification-of-shared-nodes",
    "--no-tiny-polygon-reduction",
    "--no-tile-size-limit",
    "--no-feature-limit",
    "--buffer=4",
    "--quiet",
    "--force",
)


def made(peers, workload, server, case, folder, logs):
    """MBTiles of the communes, each with what our own tiles say of it."""
    tiles = folder / "communes.mbtiles"
    said = attributes(server, case, workload.manifest()["bounds"])
    source = folder / "communes-attributes.geojson"
    with workload.communes.open(encoding="utf-8") as file:
        collection = json.load(file)
    for feature in collection["features"]:
        code = feature["properties"]["code"]
        if code not in said:
            raise RuntimeError(f"commune {code} is in none of our tiles")
        feature["properties"], feature["id"] = said[code], int(code)
    source.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    least, most = SERVED_ZOOMS
    command = [peers.programs["tippecanoe"], f"-Z{least}", f"-z{most}", "-l", "communes", *FLAGS, "-o", tiles, source]
    run(command, logs / "tippecanoe.log")
    return tiles


def attributes(server, case, bounds):
    """What our tiles say of each commune, by code."""
    found = {}
    for tile in tiles_within(bounds, ATTRIBUTES_ZOOM):
        layers = mapbox_vector_tile.decode(body(server, case, tile, "identity") or b"")
        for feature in layers.get("communes", {"features": []})["features"]:
            found[str(feature["properties"]["code"])] = feature["properties"]
    return found


def tiles_within(bounds, zoom):
    """Addresses of all tiles of a zoom that touch west, south, east, north."""
    west, south, east, north = bounds
    (left, top), (right, bottom) = tile_at(west, north, zoom), tile_at(east, south, zoom)
    return [f"{zoom}/{x}/{y}" for x in range(left, right + 1) for y in range(top, bottom + 1)]


def tile_at(lon, lat, zoom):
    size = 1 << zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return math.floor((lon + 180) / 360 * size), math.floor(y * size)


def body(server, case, tile, coding):
    headers = {"Accept-Encoding": coding, "Authorization": f"Bearer {case.token}"}
    with urllib.request.urlopen(urllib.request.Request(server.base + case.address(tile), headers=headers)) as answer:
        return answer.read()


def by_zoom(server, case, tiles):
    """Bytes of all gzipped tiles of each zoom: ours, theirs. First as they are given at once, then as they are kept."""
    with sqlite3.connect(tiles) as archive:
        query = (
            "select zoom_level, tile_column, tile_row, length(tile_data) from tiles where zoom_level between ? and ?"
        )
        rows = archive.execute(query, (ZOOMS[0], ZOOMS[-1])).fetchall()
    addresses = [f"{z}/{x}/{(1 << z) - 1 - row}" for z, x, row, _ in rows]
    with ThreadPoolExecutor(2) as pool:

        def lengths():
            return list(pool.map(lambda tile: len(body(server, case, tile, "gzip")), addresses))

        first = lengths()
        return sums(rows, first), sums(rows, kept(lengths))


def kept(lengths):
    """The lengths of tiles that are asked for until they become no shorter for a while."""
    shortest, unchanged = lengths(), 0
    deadline = time.monotonic() + KEPT_WITHIN_S
    while unchanged < UNCHANGED_ROUNDS and time.monotonic() < deadline:
        # What was asked for is written again beside the answers.
        time.sleep(COMPACTED_AFTER_S)
        now = lengths()
        unchanged = unchanged + 1 if sum(now) >= sum(shortest) else 0
        shortest = now
    return shortest


def sums(rows, lengths):
    by_zoom = {zoom: [0, 0] for zoom in ZOOMS}
    for (zoom, _, _, theirs), ours in zip(rows, lengths):
        by_zoom[zoom][0] += ours
        by_zoom[zoom][1] += theirs
    return by_zoom
