"""Builds geodata/sample. With --check it builds elsewhere and compares with the committed files, byte by byte."""

import argparse
import filecmp
import json
import sys
import tempfile
from pathlib import Path

import certifications
import incidents
import models
import planted
import shapely
import truth
import units as sample_units
from cells import commune_cells, union_cells
from landscape import found_places, residents_in
from registry import (
    BUILD,
    ISLAND,
    admin_database,
    country_outline,
    districts,
    districts_before_2025,
    merged_units,
    region_units,
)

SAMPLE = BUILD.parent / "sample"
POPULATION_YEARS = (2019, 2024)


def feature(code, name, geometry, parent):
    properties = {"code": code, "name": name} | ({"parent": parent} if parent else {})
    coordinates = shapely.geometry.mapping(geometry)["coordinates"]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry.geom_type, "coordinates": coordinates},
    }


def write_geojson(path, features):
    """One feature a line, so that a change can be read in a diff."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    write(path, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')


def write_csv(path, columns, rows):
    write(path, "\n".join([columns, *rows]) + "\n")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def population_rows(places, merged):
    by_code = {p.code: p for p in places}
    for year in POPULATION_YEARS:
        for place in places:
            yield f"{place.code},2025-01,{year},{residents_in(place, year)}"
        for unit in merged:
            yield f"{unit.code},2025-07,{year},{sum(residents_in(by_code[c], year) for c in unit.members)}"


def build(out):
    """Writes all files of the sample under `out`."""
    database = admin_database()
    merged = merged_units(database)
    region, replaced = region_units(database, merged)
    print(f"registry: {len(region)} communes of the region, {len(merged)} merged units")
    print(f"points not the commune's own, set from the merged unit: {', '.join(replaced)}")
    island_km2 = next(u.area_km2 for u in merged if ISLAND in u.members)
    cells = commune_cells(region, country_outline(), island_km2)
    units = [u for u in region if u.parent]
    write_geojson(out / "2025-01" / "communes.geojson", [feature(u.code, u.name, cells[u.code], u.parent) for u in units])
    write_csv(out / "2025-01" / "districts.csv", "code,name", [f"{c},{n}" for c, n in districts(database).items()])
    unions = [feature(u.code, u.name, union_cells(cells, u.members), "") for u in merged]
    write_geojson(out / "2025-07" / "communes.geojson", unions)

    merged_code = {old: unit.code for unit in merged for old in unit.members}
    places = found_places(units, cells, districts_before_2025(), merged_code)
    province = shapely.coverage_union_all(list(cells.values()))
    neighbours = [u for u in region if not u.parent]
    write_csv(out / "population.csv", "area_code,edition,year,population", population_rows(places, merged))
    lives = models.lives(places, merged_code)
    drafted = incidents.drawn(places, merged_code)
    cases = planted.planted(drafted, places, merged_code, province, neighbours, planted.effects_of(lives, merged_code))
    for name, rows in zip(("incidents", "late-reports"), incidents.rows(cases), strict=True):
        write_csv(out / f"{name}.csv", incidents.COLUMNS, rows)
    write(out / "covers.txt", truth.covers())
    write(out / "truth.toml", truth.text(places, merged_code, lives, cases))
    write_csv(out / "models.csv", models.COLUMNS, models.rows(lives, places))
    write_csv(out / "model-events.csv", models.EVENT_COLUMNS, models.event_rows(lives))
    write_csv(out / "certifications.csv", certifications.COLUMNS, certifications.rows(places, merged))
    district_names = {u.code: districts(database)[u.parent] for u in units}
    for name, (columns, rows) in sample_units.tables(places, merged, district_names).items():
        write_csv(out / f"{name}.csv", columns, rows)


def files(folder):
    return sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())


def differences(built):
    names = sorted(set(files(built)) | set(files(SAMPLE)))
    return [
        name
        for name in names
        if not ((built / name).exists() and (SAMPLE / name).exists())
        or not filecmp.cmp(built / name, SAMPLE / name, shallow=False)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed files, write nothing")
    if not parser.parse_args().check:
        build(SAMPLE)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        different = differences(Path(folder))
    for name in different:
        print(f"differs: {name}", file=sys.stderr)
    print("the committed sample is reproduced byte by byte" if not different else f"{len(different)} files differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
