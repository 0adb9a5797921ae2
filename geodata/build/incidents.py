"""Sample incidents, 2017-12-15 to 2026-06-30: fiction with a realistic mix, season, clock and geography.

What is drawn here has no story: every commune keeps its risk from first day to last. What happens beyond that is
planted afterwards (planted.py). Each year has the count that is expected of it: 549 cases of order crime in 2022.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import shapely
from shapely import Point

from landscape import random_point, road_point

# The first day of the statistics year 2018.
FIRST, LAST = date(2017, 12, 15), date(2026, 6, 30)
COLUMNS = "id,time,lon,lat,area_code,edition,category,severity,status,channel,precision"
LEVELS = ("hanh_chinh", "it_nghiem_trong", "nghiem_trong", "rat_nghiem_trong", "dac_biet_nghiem_trong")

# Months, January to December. Tết falls in late January or February.
EVEN = (1.0,) * 12
TET = (1.30, 1.25, 0.95, 0.9, 0.9, 0.95, 0.95, 0.95, 0.9, 0.9, 0.95, 1.15)
CARDS = (1.7, 1.8, 1.1, 0.8, 0.8, 0.9, 0.9, 0.8, 0.8, 0.8, 0.9, 1.0)
ROAD = (1.2, 1.25, 1.0, 1.0, 1.0, 1.05, 1.05, 1.0, 0.95, 0.9, 0.85, 0.95)
DRY = (0.7, 0.8, 1.0, 1.2, 1.4, 1.5, 1.5, 1.3, 0.9, 0.6, 0.5, 0.6)
SWIM = (0.3, 0.4, 0.7, 1.2, 1.8, 2.0, 1.8, 1.4, 0.8, 0.9, 0.7, 0.3)

# Hours as (weight, from, to).
NIGHT = ((5, 0, 4), (2, 4, 8), (2, 8, 17), (2, 17, 21), (4, 21, 24))
EVENING = ((1.5, 0, 2), (0.3, 2, 8), (1.5, 8, 16), (4, 16, 20), (5, 20, 24))
DAY = ((0.3, 0, 6), (4, 6, 12), (4, 12, 18), (2, 18, 24))
RUSH = ((0.8, 0, 5), (2.5, 5, 8), (2.5, 8, 16), (4.5, 16, 20), (3, 20, 24))
NOON = ((1.5, 0, 6), (2, 6, 10), (4, 10, 16), (2.5, 16, 20), (1.5, 20, 24))

COMMON = {"phone": 30, "113": 22, "in_person": 22, "zalo": 12, "patrol": 6, "facebook": 4, "portal": 3, "other": 1}
EMERGENCY = {"113": 50, "phone": 30, "patrol": 10, "zalo": 6, "in_person": 2, "facebook": 2}
OWN_WORK = {"patrol": 62, "phone": 14, "zalo": 9, "in_person": 8, "portal": 4, "facebook": 3}


@dataclass(frozen=True)
class Kind:
    """How one category behaves: cases a year, whose risk it follows, severities (percent), season, clock, channels."""

    id: str
    yearly: float
    follows: str
    levels: tuple
    season: tuple = EVEN
    hours: tuple = DAY
    channels: tuple = tuple(COMMON.items())
    town: float = 1.0


KINDS = (
    Kind("trom_cap", 159, "order", (0, 70, 22, 7, 1), TET, NIGHT, town=1.6),
    Kind("co_y_gay_thuong_tich", 137, "order", (0, 56, 34, 8, 2), TET, EVENING, town=1.1),
    Kind("danh_bac", 99, "order", (0, 80, 19, 1, 0), CARDS, EVENING, tuple(OWN_WORK.items())),
    Kind("cuop_cuop_giat", 22, "order", (0, 5, 60, 30, 5), TET, EVENING, tuple(EMERGENCY.items()), 2.2),
    Kind("lua_dao_truc_tiep", 33, "order", (0, 55, 28, 13, 4), EVEN, DAY, town=1.5),
    Kind("huy_hoai_tai_san", 27, "order", (0, 78, 20, 2, 0), EVEN, EVENING),
    Kind("gay_roi_trat_tu", 30, "order", (0, 60, 38, 2, 0), TET, EVENING, tuple(EMERGENCY.items()), 1.5),
    Kind("giet_nguoi", 11, "order", (0, 0, 0, 25, 75), EVEN, EVENING, tuple(EMERGENCY.items())),
    Kind("xam_hai_tinh_duc", 12, "order", (0, 5, 45, 38, 12), EVEN, EVENING),
    Kind("bao_luc_gia_dinh", 9, "order", (0, 80, 18, 2, 0), TET, EVENING),
    Kind("tre_em", 10, "order", (0, 25, 45, 25, 5), EVEN, DAY),
    Kind("tai_nan_giao_thong", 330, "traffic", (0, 38, 40, 20, 2), ROAD, RUSH, tuple(EMERGENCY.items())),
    Kind("vi_pham_giao_thong", 190, "traffic", (82, 17, 1, 0, 0), ROAD, EVENING, tuple(OWN_WORK.items()), 1.4),
    Kind("chay", 73, "fire", (30, 48, 17, 4, 1), DRY, NOON, tuple(EMERGENCY.items()), 1.5),
    Kind("no", 2, "fire", (0, 40, 40, 15, 5), EVEN, NOON, tuple(EMERGENCY.items())),
    Kind("ma_tuy", 160, "other", (22, 40, 25, 9, 4), EVEN, EVENING, tuple(OWN_WORK.items()), 1.8),
    Kind("kinh_te", 60, "other", (60, 28, 9, 3, 0), EVEN, DAY, tuple(OWN_WORK.items()), 1.3),
    Kind("moi_truong", 55, "other", (72, 22, 6, 0, 0), EVEN, DAY, tuple(OWN_WORK.items())),
    Kind("lua_dao_truc_tuyen", 140, "other", (0, 45, 32, 18, 5), EVEN, DAY, town=1.2),
    Kind("duoi_nuoc", 35, "other", (0, 10, 30, 60, 0), SWIM, NOON, tuple(EMERGENCY.items())),
)
PLACELESS = "lua_dao_truc_tuyen"
SENSITIVE = {"xam_hai_tinh_duc", "bao_luc_gia_dinh", "tre_em"}

# How the years differ, by what a category follows: by so little that no window is clearly above the one before.
# Online fraud has its own course.
YEARS = {
    "order": {2018: 0.98, 2020: 0.99, 2021: 0.97, 2025: 0.98, 2026: 0.98},
    "traffic": {2019: 1.02, 2020: 0.99, 2021: 0.97, 2022: 0.99, 2024: 1.01, 2026: 0.99},
    "fire": {2018: 0.96, 2019: 1.04, 2021: 0.95, 2023: 1.04, 2024: 1.04},
    "other": {2018: 0.95, 2021: 0.92, 2022: 0.98, 2023: 1.02, 2024: 1.05, 2025: 1.05},
}
ONLINE = {2017: 0.25, 2018: 0.3, 2019: 0.35, 2020: 0.45, 2021: 0.55, 2022: 0.85, 2023: 1.1, 2024: 1.25, 2025: 1.2, 2026: 1.1}

UNFOUNDED = 0.013


def chosen(random, pairs):
    items, weights = zip(*pairs, strict=True)
    return random.choices(items, weights)[0]


def days_with_weights(year, season):
    day, last = max(date(year, 1, 1), FIRST), min(date(year, 12, 31), LAST)
    result = []
    while day <= last:
        weekend = 1.15 if day.weekday() >= 5 else 1.0
        # The distancing of summer 2021.
        closed = 0.55 if date(2021, 7, 20) <= day <= date(2021, 9, 20) else 1.0
        result.append((day, season[day.month - 1] * weekend * closed))
        day += timedelta(days=1)
    return result


def share_of_year(year):
    first, last = max(date(year, 1, 1), FIRST), min(date(year, 12, 31), LAST)
    return 1.0 if last - first >= timedelta(days=364) else ((last - first).days + 1) / 365


def moment(kind, days, random):
    day = chosen(random, days)
    start, end = chosen(random, [((a, b), w) for w, a, b in kind.hours])
    minute = random.randrange(start * 60, end * 60)
    if random.random() < 0.6:
        minute -= minute % 5
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)


def commune_weights(kind, places):
    """How a category is spread over the communes: by residents, local risk, kind of place and roads."""
    weights = []
    for p in places:
        exposure = p.residents * (kind.town if p.is_town else 1.0)
        if kind.follows == "traffic":
            exposure = 0.55 * p.residents + 420 * p.road_score
        weights.append(exposure * p.risk[kind.follows])
    return weights


def spot(kind, place, random):
    """A point in the place and how exact it is."""
    if kind.follows == "traffic" and random.random() < 0.75:
        point = road_point(place, random)
        if point:
            return point, "street" if random.random() < 0.6 else "exact"
    weights = [1 / (i + 1) for i in range(len(place.centres))]
    centre = random.choices(place.centres, weights)[0]
    sigma_km = 0.35 if place.is_town else 0.8
    precision = "hamlet" if kind.id in SENSITIVE else random.choices(("exact", "street", "hamlet"), (5, 2, 3))[0]
    return random_point(place, centre, sigma_km, random), precision


def strays(province, neighbours):
    """Makes points outside the province: at sea off the coast, or in a commune next to the border."""
    near = [u for u in neighbours if shapely.distance(province, Point(u.lon, u.lat)) < 0.06]

    def stray(random):
        for _ in range(200):
            if random.random() < 0.5:
                lon, lat = random.uniform(108.40, 108.85), random.uniform(15.45, 15.95)
            else:
                unit = random.choice(near)
                lon, lat = unit.lon + random.gauss(0, 0.01), unit.lat + random.gauss(0, 0.01)
            lon, lat = round(lon, 4), round(lat, 4)
            if shapely.distance(province, Point(lon, lat)) > 0.005:
                return lon, lat
        raise RuntimeError("no point outside the province found")

    return stray


def status_of(moment_, random):
    if random.random() < UNFOUNDED:
        return "unfounded"
    age = (LAST - moment_.date()).days
    closed = 1 - math.exp(-age / 120)
    return random.choices(("closed", "verified", "recorded"), (closed, 0.6 * (1 - closed), 0.4 * (1 - closed)))[0]


@dataclass
class Case:
    """One incident: when, what, in which commune (none: beyond all of them), and what is known of its place."""

    when: datetime
    kind: Kind
    place: object
    level: str
    status: str
    channel: str
    lon: object = ""
    lat: object = ""
    area: str = ""
    edition: str = ""
    precision: str = "area"
    is_late: bool = False

    @property
    def is_mapped(self):
        return self.kind.id != PLACELESS


def area_named(place, merged_code, when):
    """Code and edition by which a report names the commune: since 7/2025 the new unit."""
    return (merged_code[place.code], "2025-07") if when.date() >= date(2025, 7, 1) else (place.code, "2025-01")


def place_fields(kind, place, merged_code, when, random):
    """lon, lat, area code, edition, precision: a point, but of online fraud at most the commune."""
    if kind.id == PLACELESS:
        return ("", "", *(area_named(place, merged_code, when) if random.random() < 0.6 else ("", "")), "area")
    point, precision = spot(kind, place, random)
    return (*point, "", "", precision)


def yearly_count(kind, year):
    """How many cases of a category a year has."""
    course = ONLINE if kind.id == PLACELESS else YEARS[kind.follows]
    return round(kind.yearly * course.get(year, 1.0) * share_of_year(year))


def cases(kind, year, places, merged_code):
    """The cases of one category in one year."""
    random = Random(f"incidents {kind.id} {year}")
    days = days_with_weights(year, kind.season)
    for place in random.choices(places, commune_weights(kind, places), k=yearly_count(kind, year)):
        when = moment(kind, days, random)
        level = random.choices(LEVELS, kind.levels)[0]
        where = place_fields(kind, place, merged_code, when, random)
        yield Case(when, kind, place, level, status_of(when, random), chosen(random, kind.channels), *where)


def drawn(places, merged_code):
    """All cases, as they would be without anything planted and with all places known."""
    years = range(FIRST.year, LAST.year + 1)
    return [case for kind in KINDS for year in years for case in cases(kind, year, places, merged_code)]


def rows(all_cases):
    """The rows of incidents.csv and those of late-reports.csv, numbered by year: a late report after all in time."""
    number = {}
    tables = [], []
    order = sorted(all_cases, key=lambda c: (c.is_late, c.when, c.kind.id, str((c.lon, c.lat, c.area, c.edition, c.precision))))
    for c in order:
        number[c.when.year] = number.get(c.when.year, 0) + 1
        tables[c.is_late].append(
            f"QN-{c.when.year}-{number[c.when.year]:06d},{c.when:%Y-%m-%dT%H:%M:%S}+07:00,{c.lon},{c.lat},"
            f"{c.area},{c.edition},{c.kind.id},{c.level},{c.status},{c.channel},{c.precision}"
        )
    return tables
