"""What is planted in the sample beyond chance: changes, a cluster, effects of models, campaigns, and what is not known.

Each takes random numbers of its own, so that what is not touched stays as it was drawn. truth.py writes all of it
to sample/truth.toml, against which the product is tested.
"""

import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from incidents import LAST, LEVELS, Case, area_named, chosen, commune_weights, days_with_weights, moment, spot, status_of
from incidents import KINDS as CATEGORIES
from incidents import strays as outside_points

# Measures police work, not danger: no change and no effect touches them.
DETECTED = {"ma_tuy", "kinh_te", "moi_truong"}


@dataclass(frozen=True)
class Change:
    """From a day on the incidents of a commune are a multiple of what they were."""

    commune: str
    first: date
    ratio: float


@dataclass(frozen=True)
class Burst:
    """Some cases of one category more, in some communes, between two days (half-open)."""

    category: str
    communes: tuple
    first: date
    until: date
    count: int


# Điện Phong and Điện Thắng Nam, each most of what happens in the unit that it became part of (Gò Nổi, An Thắng).
CHANGES = (Change("20590", date(2023, 1, 1), 3.0), Change("20562", date(2023, 1, 1), 0.33))
# Fires in the dry season on the sandy coast of Thăng Bình: Bình Minh, Bình Sa, Bình Hải, Bình Nam.
CLUSTER = Burst("chay", ("20812", "20836", "20839", "20851"), date(2025, 3, 1), date(2025, 6, 1), 14)
# A drive against drugs in Núi Thành, one against sand mining in Đại Phong.
CAMPAIGNS = (
    Burst("ma_tuy", ("20965",), date(2024, 10, 1), date(2024, 11, 1), 40),
    Burst("moi_truong", ("20536",), date(2025, 8, 1), date(2025, 9, 1), 25),
)
# The component whose incidents a model of the kind multiplies while it runs, in the unit of 2025-07 around it.
EFFECT_RATIO = {"cum_giap_ranh": 0.3}
EFFECT_ON = "order"

# Of so many cases that can be drawn only the commune is known, only the district, nothing, a point beyond all communes.
BY_COMMUNE, BY_DISTRICT, NO_PLACE, BEYOND = 0.25, 0.004, 0.018, 0.012
# Districts ended on 1/7/2025.
LAST_OF_DISTRICTS = date(2025, 6, 30)

# One case in so many of the last two whole years is reported only after the data were handed over.
LATE_FROM, LATE_UNTIL, LATE_SHARE = date(2023, 12, 15), date(2025, 12, 15), 0.02


@dataclass
class Ground:
    """What a case needs to be put somewhere."""

    places: list
    merged_code: dict
    stray: object
    # As effects_of gives them.
    effects: dict
    weights: dict = field(default_factory=dict)

    def weights_of(self, kind):
        if kind.id not in self.weights:
            self.weights[kind.id] = commune_weights(kind, self.places)
        return self.weights[kind.id]

    def share_left(self, kind, place, day):
        """The share of the drafted cases that a fall or a model leaves at a place on a day."""
        share = 1.0
        for change in CHANGES:
            if change.ratio < 1 and change.commune == place.code and day >= change.first and kind.id not in DETECTED:
                share *= change.ratio
        if kind.follows == EFFECT_ON:
            for ratio, first, until in self.effects.get(self.merged_code[place.code], ()):
                if first <= day and (until is None or day < until):
                    share *= ratio
        return share


def effects_of(models, merged_code):
    """Merged unit → (ratio, first day, day after the last or none) of each model that works."""
    effects = {}
    for model in models:
        if model.is_told and model.kind in EFFECT_RATIO:
            span = EFFECT_RATIO[model.kind], model.started_on, model.ended_on
            effects.setdefault(merged_code[model.place.code], []).append(span)
    return effects


def put(case, place, random):
    """Gives a case a point in a place."""
    case.place = place
    (case.lon, case.lat), case.precision = spot(case.kind, place, random)


def moved(cases, ground):
    """What a fall or a model prevents happens elsewhere, where the category happens: totals stay as they were."""
    for kind in CATEGORIES:
        random = Random(f"moved {kind.id}")
        for case in cases:
            if case.kind is not kind or not case.is_mapped:
                continue
            day = case.when.date()
            if random.random() < ground.share_left(kind, case.place, day):
                continue
            while True:
                place = random.choices(ground.places, ground.weights_of(kind))[0]
                if random.random() < ground.share_left(kind, place, day):
                    break
            put(case, place, random)


def risen(cases, ground):
    """The cases that a rise adds: copies of what the commune has, at other moments."""
    for change in CHANGES:
        if change.ratio <= 1:
            continue
        random = Random(f"risen {change.commune}")
        of_commune = [
            c
            for c in cases
            if c.place.code == change.commune and c.when.date() >= change.first and c.is_mapped
            and c.kind.id not in DETECTED
        ]  # fmt: skip
        for number in range(round(len(of_commune) * (change.ratio - 1))):
            case = copy.copy(of_commune[number % len(of_commune)])
            shifted = case.when + timedelta(days=random.randrange(-120, 121), minutes=5 * random.randrange(-12, 13))
            if change.first <= shifted.date() <= LAST:
                case.when = shifted
            case.status = status_of(case.when, random)
            put(case, case.place, random)
            yield case


def burst(planted, ground):
    """The cases of a cluster or a campaign."""
    kind = next(k for k in CATEGORIES if k.id == planted.category)
    by_code = {p.code: p for p in ground.places}
    random = Random(f"burst {planted.category} {planted.first}")
    days = [(d, w) for d, w in days_with_weights(planted.first.year, kind.season) if planted.first <= d < planted.until]
    for number in range(planted.count):
        place = by_code[planted.communes[number % len(planted.communes)]]
        when = moment(kind, days, random)
        level, channel = random.choices(LEVELS, kind.levels)[0], chosen(random, kind.channels)
        point, precision = spot(kind, place, random)
        yield Case(when, kind, place, level, "closed", channel, *point, precision=precision)


def forgotten(cases, ground):
    """Takes points away, so that the wanted shares are known by commune, by district, beyond all, or not at all."""
    random = Random("what is known of places")
    for case in cases:
        draw = random.random()
        if not case.is_mapped or draw >= BY_COMMUNE + BY_DISTRICT + NO_PLACE + BEYOND:
            continue
        if draw >= BY_COMMUNE + BY_DISTRICT + NO_PLACE:
            (case.lon, case.lat), case.precision, case.place = ground.stray(random), "exact", None
            continue
        case.lon, case.lat, case.precision = "", "", "area"
        if draw >= BY_COMMUNE + BY_DISTRICT:
            continue
        is_wider = draw >= BY_COMMUNE and case.when.date() <= LAST_OF_DISTRICTS
        wider = case.place.district, "2025-01"
        case.area, case.edition = wider if is_wider else area_named(case.place, ground.merged_code, case.when)


def mark_late(cases):
    """Marks some cases as reported late: they are not in the first file."""
    random = Random("late reports")
    for case in cases:
        is_late = random.random() < LATE_SHARE
        case.is_late = is_late and LATE_FROM <= case.when.date() < LATE_UNTIL


def planted(cases, places, merged_code, province, neighbours, effects):
    """The cases with all that is planted in them."""
    ground = Ground(places, merged_code, outside_points(province, neighbours), effects)
    moved(cases, ground)
    cases = cases + list(risen(cases, ground))
    for one in (CLUSTER, *CAMPAIGNS):
        cases += burst(one, ground)
    cases.sort(key=lambda c: (c.when, c.kind.id, str((c.lon, c.lat, c.area))))
    forgotten(cases, ground)
    mark_late(cases)
    return cases
