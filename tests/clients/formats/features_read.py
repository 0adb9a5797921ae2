#!/usr/bin/env python3
"""Reads the collections of OGC API with GDAL and OWSLib, as QGIS and portals do.

Checked: that GDAL lists the collections, counts them, gives fields their types, sends a condition on an attribute to the
server, and turns all pages; that its driver for OGC API – Tiles finds the collections from the landing page, and follows
the links from a collection to the features and to every area of its vector tiles; that OWSLib reads landing page,
conformance, collections, queryables and a filtered page.
"""

import math
import os
import re
import sys

import pyogrio
import shapely
from owslib.ogcapi.features import Features

from ogrinfo import count_of, expect, ogrinfo, problems
from server import BASE, read_json

FEATURES = f"OAPIF:{BASE}"
EARTH_RADIUS_M = 6378137
TILES_ZOOM = 9


def check_gdal(collection):
    listed = ogrinfo(FEATURES)
    expect(collection in listed, f"GDAL does not list {collection}: {listed}")
    page = read_json(f"/collections/{collection}/items?limit=1")
    summary = ogrinfo("-so", FEATURES, collection)
    expect(count_of(summary) == page["numberMatched"], f"{collection}: {count_of(summary)} of {page['numberMatched']}")
    for field, kind in {"code": "String", "incidents": "Integer", "rate": "Real"}.items():
        expect(re.search(rf"^{field}: {kind}", summary, re.M), f"{collection}: {field} is no {kind}")
    code = page["features"][0]["id"]
    found = ogrinfo("-so", FEATURES, collection, "-where", f"code = '{code}'")
    expect(count_of(found) == 1, f"{collection}: {count_of(found)} with the code {code}")


def check_all_incidents(token):
    address = "/collections/incidents/items?limit=1"
    matched = read_json(address, token)["numberMatched"]
    summary = ogrinfo("-oo", "PAGE_SIZE=1000", FEATURES, "-sql", "SELECT id FROM incidents", token=token)
    got = summary.count("OGRFeature(")
    expect(got == matched > 1000, f"GDAL got {got} incidents of {matched}")


def metres(lon, lat):
    return math.radians(lon) * EARTH_RADIUS_M, math.asinh(math.tan(math.radians(lat))) * EARTH_RADIUS_M


def check_tiles_driver(collection):
    """The driver OGCAPI of the GDAL that `ogrinfo` is of: from the landing page to the features."""
    listed = ogrinfo(f"OGCAPI:{BASE}/")
    known = [entry["id"] for entry in read_json("/collections")["collections"]]
    found = re.findall(rf"_NAME=OGCAPI:{re.escape(BASE)}/collections/([^?\s]+)", listed)
    expect(found == known, f"OGCAPI lists {found}, not {known}")
    summary = ogrinfo("-so", "-oo", "API=ITEMS", f"OGCAPI:{BASE}/collections/{collection}", collection)
    matched = read_json(f"/collections/{collection}/items?limit=1")["numberMatched"]
    expect(count_of(summary) == matched, f"OGCAPI: {count_of(summary)} of {matched} in {collection}")


def check_tiles(collection):
    """The same driver out of pyogrio: schemes as published are read since GDAL 3.7.2, and Debian 12 has 3.6."""
    west, south, east, north = read_json(f"/collections/{collection}")["extent"]["spatial"]["bbox"][0]
    # The driver holds the degrees of the collection against the metres of the scheme, unless it is given metres.
    box = dict(zip(("MINX", "MINY", "MAXX", "MAXY"), (*metres(west, south), *metres(east, north))))
    meta, _, outlines, columns = pyogrio.raw.read(
        f"OGCAPI:{BASE}/collections/{collection}",
        layer=f"Zoom level {TILES_ZOOM}",
        columns=["code", "name", "grade"],
        API="TILES",
        **{side: str(value) for side, value in box.items()},
    )
    features = read_json(f"/collections/{collection}/items?limit=1000")["features"]
    known = {(row["code"], row["name"], row.get("grade")) for row in (feature["properties"] for feature in features)}
    found = set(zip(*columns))
    expect(meta["crs"] == "EPSG:3857", f"tiles of {collection}: in {meta['crs']}")
    expect(found == known, f"tiles of {collection}: {len(found)} areas of {len(known)}, others: {found ^ known}")
    reached = shapely.total_bounds(shapely.from_wkb(outlines))
    # The box of a collection has five decimals, a tile has 4096 steps to a side.
    step_m = 2 * math.pi * EARTH_RADIUS_M / 2**TILES_ZOOM / 4096
    far = max(abs(a - b) for a, b in zip(reached, box.values()))
    expect(far < 2 * step_m, f"tiles of {collection}: {far} m from the box {box}: {reached}")
    version = pyogrio.__gdal_version_string__
    print(f"tiles of {collection}, GDAL {version}: {len(found)} areas in {len(outlines)} pieces")


def check_owslib(collection):
    service = Features(BASE, headers={"Accept": "application/json"})
    expect(collection in service.feature_collections(), f"OWSLib finds {service.feature_collections()}")
    expect(len(service.conformance()["conformsTo"]) > 10, "OWSLib finds no classes")
    expect("rate" in service.collection_queryables(collection)["properties"], "OWSLib finds no queryables")
    code = service.collection_items(collection, limit=1)["features"][0]["id"]
    page = service.collection_items(collection, filter=f"code = '{code}'")
    expect(page["numberMatched"] == 1, f"OWSLib gets {page['numberMatched']} with the code {code}")
    expect(service.collection_item(collection, code)["id"] == code, "OWSLib reads another feature")


def main():
    edition = read_json("/meta")["default_edition"]
    collection = f"communes-{edition}"
    check_gdal(collection)
    check_tiles_driver(collection)
    check_tiles(collection)
    check_owslib(collection)
    token = os.environ.get("BINHYEN_COMMANDER_TOKEN")
    if token:
        check_all_incidents(token)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
