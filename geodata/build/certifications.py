"""Sample certifications "An toàn về an ninh, trật tự" of residential areas, communes, agencies, firms and schools.

For 2022: over 94 % of residential areas and communes, over 95 % of agencies, firms and schools. Since 7/2025 the
communes are the 78 merged units; residential areas and institutions stay on the register under the code by which
they were entered.
"""

import math
from dataclasses import dataclass
from datetime import date
from random import Random

from landscape import shared_out

COLUMNS = "unit_id,unit_kind,area_code,edition,window,registered,recognised,decided_on"
RESIDENTIAL_AREAS = 1_240
YEARS = (2022, 2023, 2024, 2025)
MERGED_SINCE = 2025

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


@dataclass(frozen=True)
class Commune:
    """A commune-level unit as it is decided on: its code and edition, and what makes it fail."""

    code: str
    edition: str
    risk: dict


def communes(places, merged, year):
    """The commune-level units on which is decided for a year."""
    if year < MERGED_SINCE:
        return [Commune(p.code, "2025-01", p.risk) for p in places]
    by_code = {p.code: p for p in places}

    def mean_risk(unit):
        members = [by_code[code] for code in unit.members]
        return sum(p.residents * p.risk["order"] for p in members) / sum(p.residents for p in members)

    return [Commune(unit.code, "2025-07", {"order": mean_risk(unit)}) for unit in merged]


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


def weak_communes(groups, outcome, year, merged_code):
    """Communes where some kind is not wholly registered or less than seven in ten recognised."""
    commune_of = merged_code if year >= MERGED_SINCE else {}
    by_commune = {}
    for kind, _, units in groups:
        for (_, place), result in zip(units, outcome[kind, year], strict=True):
            by_commune.setdefault((commune_of.get(place.code, place.code), kind), []).append(result)
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


def certified(places, merged):
    """(kind, year) → (registered, recognised) of each unit."""
    groups = unit_groups(places)
    outcome = {(kind, year): results(kind, units, year) for kind, _, units in groups for year in YEARS}
    merged_code = {old: unit.code for unit in merged for old in unit.members}
    for year in YEARS:
        units = [(commune.code, commune) for commune in communes(places, merged, year)]
        outcome["commune", year] = results("commune", units, year, weak_communes(groups, outcome, year, merged_code))
    return outcome


def rows(places, merged):
    """The rows of certifications.csv."""
    groups, outcome = unit_groups(places), certified(places, merged)

    def of_communes(year):
        return [(commune.code, commune) for commune in communes(places, merged, year)]

    for kind, series, units in [groups[0], ("commune", "xa", None), *groups[1:]]:
        for year in YEARS:
            of_year = units or of_communes(year)
            for (unit, place), (registered, recognised) in zip(of_year, outcome[kind, year], strict=True):
                edition = "2025-07" if kind == "commune" and year >= MERGED_SINCE else "2025-01"
                yield (
                    f"{unit},{kind},{place.code},{edition},ANTT-{year}-{series},"
                    f"{'yes' if registered else 'no'},{'yes' if recognised else 'no'},{decided_on(series, year, place)}"
                )
