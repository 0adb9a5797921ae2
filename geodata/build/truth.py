"""Writes sample/truth.toml: what is true of the sample, and what a product that counts and tests well has to find in it."""

import incidents
import planted
from incidents import KINDS as CATEGORIES

HEAD = """\
# What is true of the sample. Written by build/truth.py together with the tables beside it.
#
# The product never reads this file; tests hold its answers against it. Days are half-open. A code without another
# edition is of 2025-01; `merged` is the unit of 2025-07 that it became part of.
"""

COMPONENTS = ("order", "traffic", "fire")


def quoted(value):
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(quoted, value)) + "]"
    return f'"{value}"' if isinstance(value, str) or hasattr(value, "isoformat") else str(value)


def table(header, remark, **values):
    lines = [f"\n# {line}" if i == 0 else f"# {line}" for i, line in enumerate(remark.splitlines())] if remark else [""]
    return "\n".join([*lines, header, *(f"{key} = {quoted(value)}" for key, value in values.items())]) + "\n"


def relative_risks(places):
    """Code → the rate of each component over that of the province, as drawn, without what is planted."""
    residents = sum(p.residents for p in places)
    expected = {component: [0.0] * len(places) for component in COMPONENTS}
    for kind in CATEGORIES:
        if kind.follows in expected:
            weights = incidents.commune_weights(kind, places)
            for i, weight in enumerate(weights):
                expected[kind.follows][i] += kind.yearly * weight / sum(weights)
    return {
        p.code: [round(expected[c][i] / sum(expected[c]) * residents / p.residents, 2) for c in COMPONENTS]
        for i, p in enumerate(places)
    }


def burst(header, remark, one, merged_code):
    merged = sorted({merged_code[code] for code in one.communes})
    return table(
        header, remark, category=one.category, communes=list(one.communes), merged=merged,
        **{"from": one.first, "to": one.until}, cases=one.count,
    )  # fmt: skip


def effects(lives, merged_code):
    """One table per told kind, then one row per model that it is told by."""
    words = {"cum_giap_ranh": "works", "khu_dan_cu_khong_te_nan": "does_not_work"}
    remarks = {
        "works": "Of each kind that is told: the first model in each of some units. While one of this kind runs, order crime in\n"
        "the whole unit of 2025-07 is `ratio` of what it was; models built before them change nothing any more.",
        "does_not_work": "Evaluated as often, and nothing changes.",
    }
    for kind, word in words.items():
        ratio = planted.EFFECT_RATIO.get(kind, 1.0)
        yield table("[[effect]]", remarks[word], kind=kind, verdict=word, component="trat_tu", ratio=ratio)
        for m in lives:
            if m.kind == kind and m.is_told:
                until = {"until": m.ended_on} if m.ended_on else {}
                unit = merged_code[m.place.code]
                communes = sorted(old for old, code in merged_code.items() if code == unit)
                yield table(
                    "[[effect.model]]", "", id=f"MH-{m.number:05d}", commune=m.place.code, communes=communes, merged=unit,
                    **{"from": m.started_on}, **until,
                ).lstrip("\n")  # fmt: skip
    yield table(
        "[[effect]]", "Within 300 m of these there is next to no fire in two years: nobody can tell.",
        kind="to_lien_gia_pccc", verdict="cannot_tell", component="chay_no", ratio=1.0,
    )  # fmt: skip


def places_known(cases):
    """How many cases are known how, of those that can be drawn."""
    drawable = [c for c in cases if c.is_mapped and not c.is_late]
    districts = {c.place.district for c in drawable if c.place}
    return dict(
        incidents=sum(not c.is_late for c in cases),
        drawable=len(drawable),
        by_commune=sum(c.lon == "" and c.area != "" and c.area not in districts for c in drawable),
        by_district=sum(c.area in districts for c in drawable),
        outside=sum(c.place is None for c in drawable),
        without_place=sum(c.lon == "" and c.area == "" for c in drawable),
    )


COVERS = "# The days on which all incidents of the sample are known, as for `binhyen import incidents --covers FROM..TO`.\n"


def day_after_last():
    """The first day that the incidents do not cover."""
    return incidents.LAST.fromordinal(incidents.LAST.toordinal() + 1)


def covers():
    """The same days for the import of the sample."""
    return f"{COVERS}{incidents.FIRST}..{day_after_last()}\n"


def text(places, merged_code, lives, cases):
    """The whole file."""
    up_down = {True: "up", False: "down"}
    season = next(kind for kind in CATEGORIES if kind.id == "duoi_nuoc")
    parts = [
        HEAD,
        table("[coverage]", "The days that the incidents cover.", **{"from": incidents.FIRST, "to": day_after_last()}),
        table("[places]", "What is known of the place: online fraud, which has none, is not drawable.", **places_known(cases)),
        table("[late]", "Reported after the data were handed over: a second file, for a second import.", file="late-reports.csv",
              incidents=sum(c.is_late for c in cases), **{"from": planted.LATE_FROM, "to": planted.LATE_UNTIL}),
    ]  # fmt: skip
    for change in planted.CHANGES:
        parts.append(table(
            "[[change]]", "Every reported incident of a commune, from a day on." if change is planted.CHANGES[0] else "",
            commune=change.commune, merged=merged_code[change.commune], direction=up_down[change.ratio > 1],
            **{"from": change.first}, ratio=change.ratio,
        ))  # fmt: skip
    parts.append(burst("[cluster]", "So many cases more, in neighbouring communes.", planted.CLUSTER, merged_code))
    for one in planted.CAMPAIGNS:
        remark = "Drives of the police: they move the detected categories and nothing else." if one is planted.CAMPAIGNS[0] else ""
        parts.append(burst("[[campaign]]", remark, one, merged_code))
    parts.append(table("[season]", "The course of a year, January to December, and no tendency.", category=season.id, months=list(season.season)))
    parts += effects(lives, merged_code)
    risks = [f'"{code}" = {values}' for code, values in relative_risks(places).items()]
    parts.append("\n".join(["\n# Rates over those of the province: order crime, traffic, fire; constant but for what is planted above.", "[risk]", *risks]) + "\n")
    return "".join(parts)
