#!/usr/bin/env python3
"""Opens what the server sends in GDAL: a tile, and the areas as GeoJSON over HTTP.

Checked through `ogrinfo`: the driver, the layers, how many features, the kind of geometry, the type of each field,
names with their diacritics, and that a filter on an attribute finds its area.
"""

import re
import sys
import tempfile
from pathlib import Path

from ogrinfo import count_of, expect, ogrinfo, problems
from server import BASE, read, read_json, tile_at

# What GDAL must make of the columns that people join and compute on.
FIELD_TYPES = {
    "code": "String",
    "name": "String",
    "level": "String",
    "population": ("Integer", "Integer64", "Real"),
    "area_km2": "Real",
    "incidents": ("Integer", "Integer64"),
    "grade": "String",
}


def layer_facts(summary):
    """(feature count, geometry type, {field: type}) of an `ogrinfo -so LAYER` text."""
    geometry = re.search(r"^Geometry: (.+)", summary, re.M)
    fields = dict(re.findall(r"^(\w+): (String|Integer64|Integer|Real|Date|DateTime)(?:\(\w+\))? \(", summary, re.M))
    return count_of(summary), geometry.group(1) if geometry else "", fields


def check_fields(where, fields, wanted):
    for name in wanted:
        kinds = FIELD_TYPES[name]
        kinds = (kinds,) if isinstance(kinds, str) else kinds
        expect(fields.get(name) in kinds, f"{where}: field {name} is {fields.get(name)}, not {' or '.join(kinds)}")


def check_tile(edition, folder):
    about = read_json(f"/tiles/communes?edition={edition['id']}")
    # The box reaches out to islands far at sea; the centre lies where the areas are.
    longitude, latitude, _ = about["center"]
    x, y = tile_at(longitude, latitude, 9)
    address = about["tiles"][0].replace("{z}", "9").replace("{x}", str(x)).replace("{y}", str(y))
    # The driver reads the address off the path.
    path = folder / "9" / str(x) / f"{y}.pbf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(read(address))
    summary = ogrinfo("-so", path, "communes")
    count, geometry, fields = layer_facts(summary)
    where = f"tile 9/{x}/{y} of {edition['id']}"
    expect("using driver `MVT' successful" in summary, f"{where}: not read by the MVT driver")
    expect(bool(count), f"{where}: {count} features")
    expect("Polygon" in geometry, f"{where}: geometry {geometry}")
    check_fields(where, fields, ("code", "name"))
    print(f"{where}: {count} features, {geometry}, {len(fields)} fields")


def check_areas(edition, level, expected):
    address = f"{BASE}/areas?level={level}&edition={edition['id']}&geometry=full"
    # By the name that the collection gives itself, as the README asks for it.
    summary = ogrinfo("-so", address, "areas")
    count, geometry, fields = layer_facts(summary)
    where = f"areas {level} of {edition['id']}"
    expect("using driver `GeoJSON' successful" in summary, f"{where}: not read by the GeoJSON driver")
    expect(count == expected, f"{where}: {count} features, the edition has {expected}")
    expect("Polygon" in geometry, f"{where}: geometry {geometry}")
    expect('ID["EPSG",4326]' in summary, f"{where}: not in EPSG:4326")
    check_fields(where, fields, FIELD_TYPES)
    print(f"{where}: {count} features, {geometry}, {len(fields)} fields")
    check_selection(edition, level, address)


def check_selection(edition, level, address):
    """A filter by code over /vsicurl finds one area, its name spelled as we send it."""
    first = read_json(f"/areas?level={level}&edition={edition['id']}&geometry=none")["features"][0]["properties"]
    found = ogrinfo("-al", "-geom=NO", "-where", f"code = '{first['code']}'", address)
    expect("Feature Count: 1\n" in found, f"areas {level} of {edition['id']}: code {first['code']} not found once")
    expect(f"name (String) = {first['name']}\n" in found, f"areas {level}: {first['name']} came out otherwise")


def main():
    with tempfile.TemporaryDirectory(prefix="binhyen-gdal-") as folder:
        for edition in read_json("/meta")["editions"]:
            check_tile(edition, Path(folder))
            for level in edition["levels"]:
                check_areas(edition, level, edition["areas"][level])
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"gdal_reads: {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
