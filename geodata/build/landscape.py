"""The invented ground the sample stands on: roads, places where things happen, populations and local risk.

All of it is fiction drawn with fixed seeds; only the district totals of residents are published.
"""

import math
from dataclasses import dataclass, field
from random import Random

import shapely
from shapely import LineString, Point

from cells import area_km2
from registry import ISLAND, KM_LAT, KM_LON

# Census of 1/4/2019 by district (18, as they were then); 519 is Nông Sơn, part of Quế Sơn (509) since 1/2025.
CENSUS_2019 = {
    "502": 122_374, "503": 98_599, "504": 20_005, "505": 25_116, "506": 141_851, "507": 226_564,
    "508": 126_686, "509": 80_821, "510": 26_123, "511": 26_337, "512": 37_127, "513": 173_726,
    "514": 66_239, "515": 41_335, "516": 31_306, "517": 147_721, "518": 77_204, "519": 26_678,
}  # fmt: skip

# Yearly growth after 2019 (fiction): towns and the coast grow faster.
GROWTH = {"502": 0.010, "503": 0.011, "507": 0.009, "517": 0.006, "504": 0.008, "516": 0.008}
OTHER_GROWTH = 0.003

# Trunk roads, a handful of corners each: enough to set points along lines.
ROADS = {
    "QL1": [(108.205, 15.975), (108.245, 15.893), (108.262, 15.84), (108.32, 15.77), (108.365, 15.735),
            (108.43, 15.63), (108.475, 15.572), (108.55, 15.50), (108.66, 15.43), (108.70, 15.38)],
    "ven_bien": [(108.285, 15.95), (108.34, 15.90), (108.385, 15.86), (108.43, 15.78), (108.50, 15.67),
                 (108.58, 15.57), (108.66, 15.49)],
    "QL14B": [(108.15, 15.94), (108.115, 15.885), (107.98, 15.86), (107.90, 15.83), (107.83, 15.77)],
    "HCM": [(107.60, 16.02), (107.65, 15.93), (107.83, 15.77), (107.80, 15.60), (107.80, 15.45),
            (107.76, 15.30), (107.75, 15.22)],
    "QL40B": [(108.475, 15.572), (108.31, 15.49), (108.22, 15.34), (108.11, 15.18), (108.10, 15.05)],
    "QL14E": [(108.365, 15.735), (108.20, 15.62), (108.06, 15.57), (107.83, 15.47)],
    "DT609": [(108.245, 15.893), (108.115, 15.885)],
    "DT608": [(108.245, 15.893), (108.33, 15.88)],
    "QL14D": [(107.83, 15.75), (107.62, 15.66), (107.45, 15.66)],
}  # fmt: skip
ROAD_WEIGHT = {"QL1": 6.0, "ven_bien": 3.0, "QL14B": 3.0, "HCM": 1.0, "DT609": 2.5, "DT608": 3.0}

# Spread (standard deviation of the logarithm) of local risk: of a commune on its own, and in common with the
# communes it is merged with in 7/2025, so that differences do not vanish in the larger units.
OWN_SPREAD = {"order": 0.55, "traffic": 0.35, "fire": 0.40, "other": 0.35}
COMMON_SPREAD = {"order": 0.62, "traffic": 0.40, "fire": 0.20, "other": 0.20}


@dataclass
class Place:
    """A commune of 2025-01 as the sample sees it."""

    code: str
    name: str
    district: str
    cell: object
    site: tuple
    residents: int = 0
    centres: list = field(default_factory=list)
    roads: object = None
    road_score: float = 0.0
    risk: dict = field(default_factory=dict)

    @property
    def is_town(self):
        return self.name.startswith(("Phường", "Thị trấn"))


def road_lines():
    return {name: LineString(corners) for name, corners in ROADS.items()}


def lowland_share(site, roads):
    """1 on the coastal road, falling towards the mountains."""
    km = min(roads[name].distance(Point(site)) for name in ("QL1", "ven_bien")) * KM_LAT
    return math.exp(-km / 8.0)


def weight_of_residents(place, roads, random):
    kind = 2.0 if place.name.startswith("Phường") else 1.7 if place.name.startswith("Thị trấn") else 1.0
    noise = math.exp(random.gauss(0, 0.22))
    island = 0.3 if place.code == ISLAND else 1.0
    return kind * area_km2(place.cell) ** 0.30 * (1 + 0.8 * lowland_share(place.site, roads)) * noise * island


def shared_out(total, weights):
    """Whole numbers in proportion to the weights that sum to the total (largest remainders)."""
    scale = total / sum(weights.values())
    parts = {key: int(weight * scale) for key, weight in weights.items()}
    rest = sorted(weights, key=lambda k: (parts[k] - weights[k] * scale, k))
    for key in rest[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def settle(places, old_district, roads):
    """Gives each place its residents of 2019, so that every district of the census has its total."""
    random = Random("residents")
    weights = {p.code: weight_of_residents(p, roads, random) for p in places}
    for district, total in CENSUS_2019.items():
        members = [p for p in places if census_district(p, old_district) == district]
        parts = shared_out(total, {p.code: weights[p.code] for p in members})
        for place in members:
            place.residents = parts[place.code]


def census_district(place, old_district):
    """The district of the census: that of today, but Nông Sơn apart from Quế Sơn."""
    nong_son = place.district == "509" and old_district.get(place.code) == "519"
    return "519" if nong_son else place.district


def residents_in(place, year):
    growth = GROWTH.get(place.district, OTHER_GROWTH)
    return round(place.residents * (1 + growth) ** (year - 2019))


def random_point(place, centre, sigma_km, random):
    """A point scattered around a centre, on the grid and well inside the cell."""
    for attempt in range(40):
        shrink = 1.0 if attempt < 25 else 0.3
        lon = round(centre[0] + random.gauss(0, sigma_km * shrink) / KM_LON, 4)
        lat = round(centre[1] + random.gauss(0, sigma_km * shrink) / KM_LAT, 4)
        if place.cell.contains(Point(lon, lat)):
            return lon, lat
    point = place.cell.representative_point()
    return round(point.x, 5), round(point.y, 5)


def road_point(place, random):
    """A point beside a trunk road of the place; None where there is none."""
    if place.roads is None:
        return None
    at = place.roads.interpolate(random.random(), normalized=True)
    return random_point(place, (at.x, at.y), 0.05, random)


def found_places(units, cells, old_district, merged_code):
    """All places, in order of code, with residents, centres, roads and risks."""
    roads = road_lines()
    places = [Place(u.code, u.name, u.parent, cells[u.code], (u.lon, u.lat)) for u in units if u.parent]
    settle(places, old_district, roads)
    random = Random("places")
    for place in places:
        shapely.prepare(place.cell)
        inside = place.cell.contains(Point(place.site))
        place.site = place.site if inside else tuple(place.cell.representative_point().coords[0])
        radius_km = math.sqrt(area_km2(place.cell) / math.pi)
        count = 2 + min(4, place.residents // 4000)
        place.centres = [place.site] + [
            random_point(place, place.site, 0.45 * min(radius_km, 6.0), random) for _ in range(count - 1)
        ]
        lay_roads(place, roads)
        place.risk = local_risk(place.code, merged_code[place.code])
    return places


def local_risk(code, merged_code):
    """Factor on the provincial rate by component."""
    own, common = Random(f"risk {code}"), Random(f"common risk {merged_code}")
    return {
        component: math.exp(own.gauss(0, spread) + common.gauss(0, COMMON_SPREAD[component]))
        for component, spread in OWN_SPREAD.items()
    }


def lay_roads(place, roads):
    pieces = {name: place.cell.intersection(line) for name, line in roads.items()}
    pieces = {name: piece for name, piece in pieces.items() if piece.length > 0}
    place.road_score = sum(ROAD_WEIGHT.get(n, 0.7) * p.length * KM_LAT for n, p in pieces.items())
    if pieces:
        # One line suffices: the busiest.
        busiest = max(sorted(pieces), key=lambda n: ROAD_WEIGHT.get(n, 0.7) * pieces[n].length)
        parts = shapely.get_parts(pieces[busiest])
        place.roads = max(parts, key=lambda part: part.length)
