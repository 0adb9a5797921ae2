#!/usr/bin/env python3
"""The real boundary files in every format that GDAL writes, in several reference systems, through our import.

    real_files.py --binary FILE [--real FOLDER] [--all]

GDAL writes each file anew; `binhyen import boundaries --dry-run` reads it. As many areas must come in as GDAL counts, with
the square kilometres that GDAL measures in an equal-area projection. A few pairs of format and system, or all with --all.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# EASE-Grid 2.0, equal-area on the ellipsoid of WGS 84.
EQUAL_AREA = "EPSG:6933"
KM2_TOLERANCE = 1e-5
# Degrees, Web Mercator, UTM of WGS 84, UTM and TM-3 of VN-2000. A shift between datums moves outlines as they are.
SYSTEMS = ("EPSG:4326", "EPSG:3857", "EPSG:32649", "EPSG:3406", "EPSG:5899")


@dataclass
class Format:
    """How GDAL writes a format."""

    name: str
    driver: str
    suffix: str
    options: tuple = ()
    # Whether the file says in which system its coordinates are, and may be in another than degrees.
    declares: bool = True
    degrees_only: bool = False


FORMATS = (
    Format("Shapefile, zipped", "ESRI Shapefile", ".shz", ("-lco", "ENCODING=UTF-8")),
    Format("GeoPackage", "GPKG", ".gpkg"),
    Format("FlatGeobuf", "FlatGeobuf", ".fgb"),
    Format("GeoJSON", "GeoJSON", ".geojson", ("-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9")),
    Format("GeoJSON text sequence", "GeoJSONSeq", ".geojsonl", ("-lco", "COORDINATE_PRECISION=9"), False, True),
    Format("KML", "KML", ".kml", (), False, True),
    Format("CSV with WKT", "CSV", ".csv", ("-lco", "GEOMETRY=AS_WKT"), False),
)


@dataclass
class File:
    """A real file, and how it is imported."""

    name: str
    options: tuple
    # How many formats it is tried in; the large ones take as long as all others together. All of them with --all.
    pairs: int | None = None


FILES = (
    File("qn_communes_2020_241_clean.geojson", ("--edition", "2020-02", "--parent", "d_code", "--parent-name", "d_name")),
    File("qn_districts_18_dvhcvn.geojson", ("--edition", "2020-02", "--level", "district", "--repair")),
    File("dn2025_93_communes_simplified20m.geojson", ("--edition", "2026-01"), 3),
    File("dn2025_94_communes_full.geojson", ("--edition", "2026-01", "--repair"), 1),
)
# Names that a Shapefile can hold; ten letters at most.
NAMES = {"ward_code": "code", "ward_name": "name", "district_code": "d_code", "district_name": "d_name"}


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} left with code {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def narrowed(source, target):
    """The file with the attributes that the import takes, under names that every format can hold."""
    with source.open(encoding="utf-8") as file:
        collection = json.load(file)
    for feature in collection["features"]:
        had = feature["properties"]
        kept = {short: had[name] for name, short in NAMES.items() if name in had}
        kept.setdefault("code", had.get("district_code"))
        kept.setdefault("name", had.get("district_name"))
        feature["properties"] = kept
        feature.pop("id", None)
    target.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")


def measured(source, work):
    """Areas and square kilometres as GDAL has them."""
    flat = work / "equal-area.gpkg"
    flat.unlink(missing_ok=True)
    run("ogr2ogr", "-f", "GPKG", "-nln", "areas", "-t_srs", EQUAL_AREA, flat, source)
    said = run("ogrinfo", "-q", flat, "-dialect", "OGRSQL", "-sql", "SELECT OGR_GEOM_AREA AS m2 FROM areas")
    squares = [float(found) for found in re.findall(r"m2 \(Real\) = ([0-9.e+]+)", said)]
    return len(squares), sum(squares) / 1e6


def written(source, form, system, work):
    target = work / f"areas{form.suffix}"
    target.unlink(missing_ok=True)
    projected = () if system == "EPSG:4326" else ("-t_srs", system)
    run("ogr2ogr", "-f", form.driver, *form.options, *projected, "-nln", "areas", target, source)
    return target


def imported(binary, file, options, work):
    """Areas, square kilometres and seconds of an import."""
    data = work / "data"
    command = [binary, "import", "boundaries", file, "--data", data, "--dry-run", "--code", "code", "--name", "name"]
    started = time.monotonic()
    said = run(*command, *options)
    seconds = time.monotonic() - started
    found = re.search(r": (\d+) areas, ([0-9.]+) km²", said)
    if not found:
        raise RuntimeError(f"the import says {said[:300]}")
    return int(found.group(1)), float(found.group(2)), seconds


def pairs(every):
    """Formats with systems: all, or each format once and each system once more."""
    allowed = [
        (form, system) for form in FORMATS for system in SYSTEMS if system == "EPSG:4326" or not form.degrees_only
    ]
    if every:
        return allowed
    picked = {(index, SYSTEMS[index % len(SYSTEMS)]) for index in range(len(FORMATS))}
    return [
        (form, system)
        for form, system in allowed
        if (FORMATS.index(form), system) in picked or (form.degrees_only and system == "EPSG:4326")
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, default=os.environ.get("BINHYEN_BIN"))
    parser.add_argument("--real", type=Path, default=os.environ.get("BINHYEN_REAL_DATA", ROOT / "../shared/geodata"))
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    if not Path(given.real).is_dir():
        print(f"NOT CHECKED: real boundaries in other formats and systems ({given.real} is absent)")
        return
    wrong = 0
    print(f"{'file':<42} {'format':<22} {'system':<11} {'areas':>5} {'km²':>12} {'GDAL km²':>12} {'off':>8} {'s':>6}")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for file in FILES:
            source = work / "narrowed.geojson"
            narrowed(Path(given.real) / file.name, source)
            count, km2 = measured(source, work)
            for form, system in pairs(given.all)[: None if given.all else file.pairs]:
                options = file.options if form.declares else (*file.options, "--crs", system)
                try:
                    areas, ours, seconds = imported(given.binary, written(source, form, system, work), options, work)
                except RuntimeError as error:
                    print(f"{file.name:<42} {form.name:<22} {system:<11} {error}")
                    wrong += 1
                    continue
                off = ours / km2 - 1
                is_wrong = areas != count or abs(off) > KM2_TOLERANCE
                wrong += is_wrong
                print(
                    f"{file.name:<42} {form.name:<22} {system:<11} {areas:>5} {ours:>12.3f} {km2:>12.3f} {off:>8.1e} "
                    f"{seconds:>6.2f}{' WRONG' if is_wrong else ''}"
                )
    sys.exit(f"{wrong} wrong" if wrong else 0)


if __name__ == "__main__":
    main()
