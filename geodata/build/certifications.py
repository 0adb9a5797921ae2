"""Sample certifications "An toàn về an ninh, trật tự" of residential areas, communes, agencies, firms and schools.

For 2022: over 94 % of residential areas and communes, over 95 % of agencies, firms and schools.
"""

import math
from datetime import date
from random import Random

from landscape import shared_out

COLUMNS = "unit_id,unit_kind,area_code,edition,window,registered,recognised,decided_on"
RESIDENTIAL_AREAS = 1_240
YEARS = (2022, 2023, 2024, 2025)

# Kind → (prefix, how many in all, series of windows).
INSTITUTIONS = {"agency": ("CQ", 380, "xa"), "business": ("DN", 220, "xa"), "school": ("TH", 400, "xa")}
# How many per thousand fail, by kind and year.
FAILING = {
    "residential_area": {2022: 56.5, 2023: 52, 2024: 48, 2025: 45},
    "commune": {2022: 56.5, 2023: 52, 2024: 47, 2025: 43},
    "agency": {2022: 37, 2023: 34, 2024: 31, 2025: 29},
    "business": {2022: 59, 2023: 55, 2024: 50, 2025: 45},
    "school": {2022: 40, 2023: 37, 2024: 35, 2025: 32},
}
# Of those that fail, how many per hundred had not even registered.
UNREGISTERED = 18


def residential_areas(places):
    """(id, place) of all residential areas: each commune has at least two, larger ones more."""
    weights = {p.code: p.residents**0.75 for p in places}
    counts = shared_out(RESIDENTIAL_AREAS - 2 * len(places), weights)
    return [(f"KDC-{p.code}-{i + 1:02d}", p) for p in places for i in range(2 + counts[p.code])]


def institutions(kind, places):
    """(id, place) of all institutions of a kind: more in towns, at least one agency and school in each commune."""
    prefix, total, _ = INSTITUTIONS[kind]
    base = 0 if kind == "business" else 1
    weights = {p.code: p.residents * (3.0 if p.is_town else 1.0) for p in places}
    counts = shared_out(total - base * len(places), weights)
    owners = [p for p in places for _ in range(base + counts[p.code])]
    return [(f"{prefix}-{i + 1:04d}", p) for i, p in enumerate(owners)]


def results(kind, units, year, weak=frozenset()):
    """Per unit (registered, recognised): exactly the wanted number fail, likelier where risk is high.

    Failures cluster by commune; communes in `weak` fail before all others.
    """
    random = Random(f"certification {kind} {year}")
    tendency = []
    for unit, place in units:
        local = 0.6 * math.log(place.risk["order"]) + Random(f"habit {place.code}").gauss(0, 1)
        own = Random(f"habit {unit}").gauss(0, 0.35) + random.gauss(0, 0.35)
        tendency.append(local + own + (10 if place.code in weak else 0))
    failing = round(len(units) * FAILING[kind][year] / 1000)
    failed = set(sorted(range(len(units)), key=lambda i: -tendency[i])[:failing])
    unregistered = {i for i in sorted(failed) if random.randrange(100) < UNREGISTERED}
    return [(i not in unregistered, i not in failed) for i in range(len(units))]


def weak_communes(groups, outcome, year):
    """Communes where some kind is not wholly registered or less than seven in ten recognised."""
    by_commune = {}
    for kind, _, units in groups:
        for (_, place), result in zip(units, outcome[kind, year], strict=True):
            by_commune.setdefault((place.code, kind), []).append(result)
    return {
        code
        for (code, _), found in by_commune.items()
        if not all(registered for registered, _ in found) or 10 * sum(ok for _, ok in found) < 7 * len(found)
    }


def decided_on(series, year, place):
    """Each commune decides on one day, shortly after the window's end."""
    random = Random(f"decision {series} {year} {place.code}")
    return date(year, 11, 3 + random.randrange(10)) if series == "kdc" else date(year, 11, 18 + random.randrange(10))


def unit_groups(places):
    """(kind, series of windows, units) of all kinds but communes."""
    groups = [("residential_area", "kdc", residential_areas(places))]
    return groups + [(kind, series, institutions(kind, places)) for kind, (_, _, series) in INSTITUTIONS.items()]


def certified(places):
    """(kind, year) → (registered, recognised) of each unit."""
    groups = unit_groups(places)
    outcome = {(kind, year): results(kind, units, year) for kind, _, units in groups for year in YEARS}
    communes = [(p.code, p) for p in places]
    for year in YEARS:
        outcome["commune", year] = results("commune", communes, year, weak_communes(groups, outcome, year))
    return outcome


def rows(places):
    """The rows of certifications.csv."""
    groups, outcome = unit_groups(places), certified(places)
    communes = [(p.code, p) for p in places]
    for kind, series, units in [groups[0], ("commune", "xa", communes), *groups[1:]]:
        for year in YEARS:
            for (unit, place), (registered, recognised) in zip(units, outcome[kind, year], strict=True):
                yield (
                    f"{unit},{kind},{place.code},2025-01,ANTT-{year}-{series},"
                    f"{'yes' if registered else 'no'},{'yes' if recognised else 'no'},{decided_on(series, year, place)}"
                )
