"""Sample community models with their life cycles, such that 2022 has the published totals.

For the calendar year 2022: 70 started (new or replicated), 344 ended, 1,039 active from before its first day to
after its last. No date falls on 15 to 31 December, so the statistics year 2022 gives the same three numbers.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from certifications import residential_areas
from incidents import KINDS as CATEGORIES
from incidents import commune_weights
from landscape import random_point, road_point
from planted import CHANGES

COLUMNS = "id,kind,lon,lat,area_code,edition,origin,parent_id,started_on,ended_on,reviewed_on,review,residential_area"
EVENT_COLUMNS = "id,event,on,result,decision"
TODAY = date(2026, 6, 30)

# Events are told from this year on; older reviews, starts and ends stand in the models' own rows only.
EVENTS_FROM = 2022
REVIEWS = ("good", "fair", "weak", "unclassified")

# Share in percent of each kind.
KINDS = {
    "camera": 15, "keng_loa_an_ninh": 13, "to_tu_quan": 19, "khu_dan_cu_khong_te_nan": 8, "cum_giap_ranh": 4,
    "anh_sang_an_ninh": 9, "cong_truong_an_toan": 7, "doan_duong_tu_quan": 8, "to_lien_gia_pccc": 11, "to_hoa_giai": 6,
}  # fmt: skip
# Kinds whose effect is planted or known to be none, and in how many units of 2025-07 one is built since TOLD_FROM that
# can be looked at: the first there, with a year of incidents on either side. Those built before stand in a few
# other units, and nothing is built later where it could be mistaken for the first.
TOLD = {"cum_giap_ranh": 12, "khu_dan_cu_khong_te_nan": 18}
TOLD_FROM, TOLD_UNTIL = date(2018, 12, 20), date(2025, 6, 15)
EARLIER_UNITS = 14
# Cases of order crime a year where such a model is built: enough to count in the commune, and few enough in the unit
# that an effect alone makes no arrow.
LEAST_YEARLY, MOST_YEARLY_IN_UNIT = 3.4, 15.0
OTHER_KIND = "to_tu_quan"

ON_ROADS = {"doan_duong_tu_quan", "cong_truong_an_toan"}

KEPT_2022, STARTED_2022, ENDED_2022, ENDED_BEFORE = 1039, 70, 344, 60
# Year → (started, ended); 2026 to the end of June.
LATER = {2023: (96, 61), 2024: (88, 45), 2025: (81, 52), 2026: (32, 14)}


@dataclass
class Model:
    """One điểm and its life."""

    kind: str
    place: object
    started_on: date
    ended_on: date | None = None
    origin: str = "new"
    parent: object = None
    number: int = 0
    is_told: bool = False


def day_in(year, random):
    """A working day of the year, none in the last two weeks of it; 2026 only until mid-June."""
    last = date(year, 6, 14) if year == TODAY.year else date(year, 12, 14)
    day = date(year, 1, 4) + timedelta(days=random.randrange((last - date(year, 1, 4)).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


def begun(places, years, count, random, replicated_share):
    """Models started in the given years."""
    weights = [2200 + p.residents for p in places]
    models = []
    for place in random.choices(places, weights, k=count):
        kind = random.choices(list(KINDS), list(KINDS.values()))[0]
        model = Model(kind, place, day_in(random.choice(years), random))
        model.origin = "replicated" if random.random() < replicated_share else "new"
        models.append(model)
    return models


def end_some(models, year, count, random):
    """Ends some of the models that were active at the start of the year."""
    active = [m for m in models if m.ended_on is None and m.started_on < date(year, 1, 1)]
    # Newer ones fail more often.
    weights = {id(m): random.random() * (1.5 if year - m.started_on.year < 4 else 1.0) for m in active}
    active.sort(key=lambda m: -weights[id(m)])
    for model in active[:count]:
        model.ended_on = day_in(year, random)


def give_parents(models, random):
    """A replicated model keeps the one it was copied from: same kind, running for half a year by then."""
    for model in models:
        if model.origin != "replicated":
            continue
        older = [
            m
            for m in models
            if m.kind == model.kind
            and m.started_on + timedelta(days=180) <= model.started_on
            and (m.ended_on is None or m.ended_on > model.started_on)
        ]
        if older:
            model.parent = random.choice(older)
        else:
            model.origin = "new"


def in_turn(items, count):
    """So many of the items, evenly spread from the first to the last."""
    return [items[i * len(items) // count] for i in range(min(count, len(items)))]


def unit_sites(places, merged_code):
    """The member with most order crime of each merged unit: of those to be looked at, of those with less.

    Units with a change of their own are left out.
    """
    changed = {merged_code[change.commune] for change in CHANGES}
    kinds = [kind for kind in CATEGORIES if kind.follows == "order"]
    expected = dict.fromkeys((p.code for p in places), 0.0)
    for kind in kinds:
        weights = commune_weights(kind, places)
        for place, weight in zip(places, weights, strict=True):
            expected[place.code] += kind.yearly * weight / sum(weights)
    units = {}
    for place in places:
        units.setdefault(merged_code[place.code], []).append(place)
    busy, quiet = [], []
    for unit in sorted(units.keys() - changed):
        site = max(units[unit], key=lambda p: expected[p.code])
        if expected[site.code] < LEAST_YEARLY:
            quiet.append(site)
        elif sum(expected[p.code] for p in units[unit]) < MOST_YEARLY_IN_UNIT:
            busy.append(site)
    return busy, quiet


def tell_apart(models, places, merged_code):
    """Moves the models of the told kinds so that each new one is the first of its kind in its unit."""
    for kind, count in TOLD.items():
        random = Random(f"told {kind}")
        busy, quiet = unit_sites(places, merged_code)
        sites, earlier = random.sample(busy, count), random.sample(quiet, EARLIER_UNITS)
        of_kind = [m for m in models if m.kind == kind]
        since = [m for m in of_kind if m.started_on >= TOLD_FROM]
        fit = [m for m in since if m.started_on < TOLD_UNTIL and not m.ended_on]
        for model, site in zip(in_turn(fit, count), sites, strict=True):
            model.place, model.is_told = site, True
        for model in since:
            if not model.is_told:
                model.kind = OTHER_KIND
        for model in of_kind:
            if model.started_on < TOLD_FROM:
                model.place = random.choice(earlier)


def lives(places, merged_code):
    """All models with their dates, in order of start."""
    random = Random("models")
    before = list(range(2014, 2022))
    models = begun(places, before, KEPT_2022 + ENDED_2022 + ENDED_BEFORE, random, 0.25)
    old = [m for m in models if m.started_on < date(2020, 1, 1)]
    for model in random.sample(old, ENDED_BEFORE):
        model.ended_on = day_in(random.choice((2020, 2021)), random)
    end_some(models, 2022, ENDED_2022, random)
    models += begun(places, [2022], STARTED_2022, random, 0.4)
    for year, (started, ended) in LATER.items():
        end_some(models, year, ended, random)
        models += begun(places, [year], started, random, 0.4)
    models.sort(key=lambda m: (m.started_on, m.place.code, m.kind))
    for i, model in enumerate(models):
        model.number = i + 1
    tell_apart(models, places, merged_code)
    give_parents(models, random)
    return models


def last_review(model, random):
    """Day and grade of the last review: yearly in November; retired models were mostly weak."""
    end = model.ended_on or TODAY
    year = end.year if end > date(end.year, 11, 20) else end.year - 1
    reviewed = date(year, 11, 1 + random.randrange(20))
    if reviewed <= model.started_on:
        return "", ""
    weights = (6, 24, 62, 8) if model.ended_on else (52, 38, 6, 4)
    return reviewed.isoformat(), random.choices(REVIEWS, weights)[0]


def spot(model, random):
    place = model.place
    if model.kind in ON_ROADS and random.random() < 0.8:
        point = road_point(place, random)
        if point:
            return point
    centre = random.choice(place.centres)
    return random_point(place, centre, 0.5 if place.is_town else 1.0, random)


def reviewed(models):
    """The models with where they stand and their last review, from one sequence of chance."""
    random = Random("model places")
    for m in models:
        lon, lat = spot(m, random)
        yield m, lon, lat, *last_review(m, random)


def units_by_commune(places):
    """The residential areas of each commune."""
    units = {}
    for unit, place in residential_areas(places):
        units.setdefault(place.code, []).append(unit)
    return units


def rows(models, places):
    """The rows of models.csv."""
    units = units_by_commune(places)
    for m, lon, lat, reviewed_on, review in reviewed(models):
        # A cluster works across communes, so it serves no single residential area.
        unit = "" if m.kind == "cum_giap_ranh" else Random(f"unit {m.number}").choice(units[m.place.code])
        parent = f"MH-{m.parent.number:05d}" if m.parent else ""
        ended = m.ended_on.isoformat() if m.ended_on else ""
        yield (
            f"MH-{m.number:05d},{m.kind},{lon},{lat},{m.place.code},2025-01,{m.origin},{parent},"
            f"{m.started_on},{ended},{reviewed_on},{review},{unit}"
        )


def earlier_reviews(model, last_on, last, random):
    """One review each November before the last one, from the year of the first event or the start on."""
    if not last_on:
        return
    for year in range(max(EVENTS_FROM, model.started_on.year + 1), int(last_on[:4])):
        # A model that is about to be retired was mostly found wanting before.
        weights = (18, 40, 36, 6) if last == "weak" else (50, 40, 6, 4)
        yield date(year, 11, 1 + random.randrange(20)), random.choices(REVIEWS, weights)[0]


def events_of(model, last_on, last):
    """(day, event, result, decision) of one model, from EVENTS_FROM on."""
    random = Random(f"events {model.number}")
    if model.started_on.year >= EVENTS_FROM:
        word = "built" if model.origin == "new" else "replicated"
        yield model.started_on, word, "", f"{1 + random.randrange(400)}/QĐ-UBND"
    reviews = list(earlier_reviews(model, last_on, last, random))
    if last_on and int(last_on[:4]) >= EVENTS_FROM:
        reviews.append((date.fromisoformat(last_on), last))
    end = model.ended_on or TODAY
    for day, result in reviews:
        yield day, "reviewed", result, ""
        after = day + timedelta(days=20 + random.randrange(40))
        if after < end and result == "weak" and random.random() < 0.5:
            yield after, "adjusted", "", ""
        elif after < end and result == "good" and random.random() < 0.1:
            yield after, "kept", "", ""
    if model.ended_on and model.ended_on.year >= EVENTS_FROM:
        yield model.ended_on, "retired", "", f"{1 + random.randrange(400)}/QĐ-UBND"


def event_rows(models):
    """The rows of model-events.csv."""
    for m, _, _, reviewed_on, review in reviewed(models):
        for on, event, result, decision in sorted(events_of(m, reviewed_on, review)):
            yield f"MH-{m.number:05d},{event},{on},{result},{decision}"
