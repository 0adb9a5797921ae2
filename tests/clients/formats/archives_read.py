#!/usr/bin/env python3
"""Opens the files of `/export` in programs that are not ours: GDAL, pyarrow, shapely, DuckDB.

Checked: that SQLite and `ogrinfo` open the MBTiles file, its description and its tiles; that `ogrinfo` reads the
FlatGeobuf file with its index, types and reference system; that pyarrow and DuckDB read the GeoParquet file with the
types and numbers of `/ratings`, shapely its outlines; and that each answer to the public has no count that `/ratings`
hides from it.
"""

import json
import re
import sqlite3
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet
import shapely

from ogrinfo import count_of, expect, ogrinfo, problems
from server import read, read_json


def check_mbtiles(folder):
    path = folder / "map.mbtiles"
    path.write_bytes(read("/export/mbtiles?tileset=communes&max_zoom=9&lang=en"))
    with sqlite3.connect(path) as database:
        said = dict(database.execute("SELECT name, value FROM metadata"))
        tiles = database.execute("SELECT count(*), min(zoom_level), max(zoom_level) FROM tiles").fetchone()
    expect(said["format"] == "pbf" and "vector_layers" in json.loads(said["json"]), f"mbtiles: {said}")
    expect((str(tiles[1]), str(tiles[2])) == (said["minzoom"], said["maxzoom"]), f"mbtiles: {tiles} {said}")
    summary = ogrinfo("-so", "-oo", "ZOOM_LEVEL=9", path, "communes")
    count = count_of(summary)
    expect("using driver `MBTiles' successful" in summary, "mbtiles: not read by the MBTiles driver")
    expect(bool(count), f"mbtiles: {count} features")
    for field, kind in {"name": "String", "rate": "Real"}.items():
        expect(re.search(rf"^{field}: {kind}", summary, re.M), f"mbtiles: {field} is no {kind}")
    print(f"mbtiles: {tiles[0]} tiles, {count} features at zoom 9, {path.stat().st_size} bytes")


def check_flatgeobuf(folder, rows):
    path = folder / "communes.fgb"
    path.write_bytes(read("/export/flatgeobuf"))
    summary = ogrinfo("-so", path, "areas")
    expect("using driver `FlatGeobuf' successful" in summary, "flatgeobuf: not read by the FlatGeobuf driver")
    expect(count_of(summary) == len(rows), f"flatgeobuf: {count_of(summary)} features of {len(rows)}")
    expect('ID["EPSG",4326]' in summary, "flatgeobuf: not in EPSG:4326")
    expect("Geometry: Multi Polygon" in summary, "flatgeobuf: no multi polygons")
    wanted = {
        "code": "String",
        "incidents": "Integer64",
        "rate": "Real",
        "from": "DateTime",
        "sample": r"Integer\(Bool",
    }
    for field, kind in wanted.items():
        expect(re.search(rf"^{field}: {kind}", summary, re.M), f"flatgeobuf: {field} is no {kind}")
    hidden = count_of(ogrinfo("-so", path, "areas", "-where", "incidents IS NULL"))
    expect(hidden == sum(row["incidents"] is None for row in rows), f"flatgeobuf: {hidden} hidden counts")
    west, south, east, north = 108.1, 15.4, 108.3, 15.6
    found = count_of(ogrinfo("-so", path, "areas", "-spat", west, south, east, north))
    expect(found and found < len(rows), f"flatgeobuf: {found} features in a box by the index")
    print(f"flatgeobuf: {count_of(summary)} features, {hidden} hidden counts, {found} in a box")


def check_geoparquet(folder, rows):
    path = folder / "communes.parquet"
    path.write_bytes(read("/export/geoparquet"))
    table = pyarrow.parquet.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    expect(geo["version"] == "1.1.0", f"geoparquet: version {geo['version']}")
    column = geo["columns"][geo["primary_column"]]
    expect(column["geometry_types"] == ["MultiPolygon"], f"geoparquet: {column['geometry_types']}")
    wanted = {"code": "string", "incidents": "int64", "rate": "double", "from": "date32[day]", "sample": "bool"}
    types = {field.name: str(field.type) for field in table.schema}
    for name, kind in wanted.items():
        expect(types[name] == kind, f"geoparquet: {name} is {types[name]}, not {kind}")
    found = {row["code"]: row for row in table.to_pylist()}
    expect(len(found) == len(rows), f"geoparquet: {len(found)} rows of {len(rows)}")
    for row in rows:
        for name in ("name", "population", "incidents", "rate", "ratio", "grade"):
            expect(found[row["code"]][name] == row[name], f"geoparquet: {name} of {row['code']}")
        outline = shapely.from_wkb(found[row["code"]]["geometry"])
        box = found[row["code"]]["bbox"]
        expect(outline.is_valid and outline.geom_type == "MultiPolygon", f"geoparquet: outline of {row['code']}")
        expect(outline.bounds == tuple(box[side] for side in ("xmin", "ymin", "xmax", "ymax")), f"box of {row['code']}")
        expect(all(part.exterior.is_ccw for part in outline.geoms), f"geoparquet: {row['code']} turns the wrong way")
    sql = "SELECT count(*), sum(incidents), count(incidents) FROM read_parquet($file)"
    counted = duckdb.execute(sql, {"file": str(path)}).fetchone()
    known = [row["incidents"] for row in rows if row["incidents"] is not None]
    expect(counted == (len(rows), sum(known), len(known)), f"geoparquet in DuckDB: {counted}")
    print(f"geoparquet: {len(found)} rows, {len(types)} columns, {len(rows) - len(known)} hidden counts")


def main():
    rows = read_json("/ratings")["areas"]
    with tempfile.TemporaryDirectory(prefix="binhyen-archives-") as folder:
        check_mbtiles(Path(folder))
        check_flatgeobuf(Path(folder), rows)
        check_geoparquet(Path(folder), rows)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"archives_read: {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
