"""Checks the committed geodata and prints its totals. Exit code 1 with the first claim that does not hold."""

import csv
import json
import tomllib
import unicodedata
from collections import Counter
from datetime import date, datetime

import shapely
from cells import area_km2
from grades import grades
from landscape import CENSUS_2019
from registry import BUILD, ISLAND
from shapely.geometry import shape

GEODATA = BUILD.parent
SAMPLE = GEODATA / "sample"
MAX_GEOJSON = 1_500_000
MAX_CSV = 3_200_000
MAX_EVENTS = 270_000


def claim(holds, text):
    if not holds:
        raise SystemExit(f"FAILS: {text}")
    print(f"ok     {text}")


def toml(name):
    return tomllib.loads((GEODATA / f"{name}.toml").read_text("utf-8"))


def table(name):
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edition(name):
    features = json.loads((SAMPLE / name / "communes.geojson").read_text("utf-8"))["features"]
    units = {f["properties"]["code"]: (f["properties"], shape(f["geometry"])) for f in features}
    claim(len(units) == len(features), f"{name}: {len(features)} units, no code twice")
    return units


def check_values():
    taxonomy, rules = toml("taxonomy"), toml("rules")
    rules |= {name: value for name, value in toml(f"schemes/{rules['default_scheme']}").items() if name in ("component", "grade")}
    categories = taxonomy["category"]
    claim([c["number"] for c in categories] == list(range(len(categories))), f"{len(categories)} categories, numbered from 0")
    special = ("sensitive", "detected", "unmapped")
    claim(not any(c.get(k) for c in categories[:12] for k in special), "numbers 0 to 11 are ordinary mappable categories")
    sensitive = {c["id"] for c in categories if c.get("sensitive")}
    claim(sensitive == set(rules["disclosure"]["never_below_district"]) and len(sensitive) == 3, "3 sensitive categories, as in rules")
    components = {c["id"] for c in rules["component"]}
    claim({c["component"] for c in categories} <= components, f"{len(components)} components")
    kinds = rules["model_kind"]
    claim(len(kinds) == 10 and len({k["field"] for k in kinds}) == 5, "10 kinds of models in 5 fields")
    windows = rules["window"]
    claim(all(w["from"] < w["to"] for w in windows) and len({w["id"] for w in windows}) == len(windows), f"{len(windows)} windows")
    claim(rules["default_window"] in {w["id"] for w in windows}, "the default window exists")
    return taxonomy, rules


def check_nfc():
    paths = [p for p in GEODATA.rglob("*") if p.suffix in {".toml", ".csv", ".geojson", ".md"}]
    texts = [p.read_text("utf-8") for p in paths]
    claim(all(unicodedata.is_normalized("NFC", t) and "\r" not in t for t in texts), f"{len(paths)} files in NFC, lines end in LF")


def rings_follow_rfc(geometry):
    polygons = shapely.get_parts(geometry)
    return all(p.exterior.is_ccw and not any(h.is_ccw for h in p.interiors) for p in polygons)


def check_coverage(name, units):
    cells = [g for _, g in units.values()]
    claim(all(g.is_valid for g in cells), f"{name}: every polygon valid")
    claim(bool(shapely.coverage_is_valid(cells)), f"{name}: valid coverage, shared borders vertex by vertex")
    claim(all(rings_follow_rfc(g) for g in cells), f"{name}: rings as RFC 7946 wants")
    points = shapely.get_coordinates(cells)
    claim(abs(points * 1e5 - (points * 1e5).round()).max() < 1e-4, f"{name}: {len(points)} points, 5 decimals")
    province = shapely.coverage_union_all(cells)
    parts = sorted(area_km2(p) for p in shapely.get_parts(province))
    holes = sum(len(p.interiors) for p in shapely.get_parts(province))
    several = [p["name"] for p, g in units.values() if g.geom_type != "Polygon"]
    claim(len(parts) == 2 and holes == 0, f"{name}: mainland and one island, no hole; in several parts: {several or 'none'}")
    print(f"       {name}: {sum(parts):,.0f} km², smallest {min(map(area_km2, cells)):.2f} km², largest {max(map(area_km2, cells)):.0f} km²")


def check_editions():
    old, new = edition("2025-01"), edition("2025-07")
    with (SAMPLE / "2025-01" / "districts.csv").open(encoding="utf-8") as file:
        districts = {r["code"]: r["name"] for r in csv.DictReader(file)}
    claim(len(old) == 233 and len(districts) == 17 and len(new) == 78, "233 communes, 17 districts, 78 units")
    claim({p["parent"] for p, _ in old.values()} == set(districts), "every commune in a known district, none empty")
    renamed = sum(new[c][0]["name"].split(" ", 1)[1].removeprefix("trấn ") != old[c][0]["name"].split(" ", 1)[1].removeprefix("trấn ") for c in new)
    claim(set(new) <= set(old), f"all 78 new codes are old codes reused, {renamed} of them under another name")
    for name, units in (("2025-01", old), ("2025-07", new)):
        check_coverage(name, units)
    same = abs(sum(g.area for _, g in old.values()) - sum(g.area for _, g in new.values())) < 1e-12
    points = {tuple(p) for p in shapely.get_coordinates([g for _, g in old.values()])}
    claim(same and all(tuple(p) in points for p in shapely.get_coordinates([g for _, g in new.values()])), "2025-07 is the exact union of 2025-01")
    size = sum((SAMPLE / e / "communes.geojson").stat().st_size for e in ("2025-01", "2025-07"))
    claim(size <= MAX_GEOJSON, f"both editions together {size:,} bytes")
    return old, new


def located(rows, units):
    """Code of the unit that holds each row's point; None outside; rows without a point are left out."""
    codes, cells = list(units), [g for _, g in units.values()]
    tree = shapely.STRtree(cells)
    with_point = [r for r in rows if r["lon"]]
    points = shapely.points([(float(r["lon"]), float(r["lat"])) for r in with_point])
    hits = tree.query(points, predicate="within").T.tolist()
    found = {i: codes[j] for i, j in hits}
    claim(len(found) == len(hits), "no point lies in two units")
    return {r["id"]: found.get(i) for i, r in enumerate(with_point)}


def check_incidents(taxonomy, old, new):
    rows = table("incidents")
    names = {key: {e["id"] for e in taxonomy[key]} for key in ("category", "severity", "status", "channel", "precision")}
    claim(all(r[k] in names[k] for r in rows for k in names), f"{len(rows)} incidents, every word known to the taxonomy")
    claim(len({r["id"] for r in rows}) == len(rows), "ids unique")
    times = [datetime.fromisoformat(r["time"]) for r in rows]
    claim(times == sorted(times) and (times[0].date(), times[-1].date()) == (date(2017, 12, 15), date(2026, 6, 30)), f"{times[0]} to {times[-1]}")
    years = Counter(t.year for t in times)
    claim(all(1_400 <= years[y] <= 1_850 for y in range(2018, 2026)), f"by year {dict(sorted(years.items()))}")
    component = {c["id"]: c["component"] for c in taxonomy["category"]}
    order = [r for r in rows if component[r["category"]] == "trat_tu"]
    order_2022 = sum(r["time"].startswith("2022") for r in order)
    claim(order_2022 == 549, f"order crime in 2022: {order_2022}")
    share = {k: sum(r["category"] == k for r in order) / len(order) for k in ("trom_cap", "co_y_gay_thuong_tich", "danh_bac")}
    claim(abs(share["trom_cap"] - 0.29) < 0.015 and abs(share["co_y_gay_thuong_tich"] - 0.25) < 0.015 and abs(share["danh_bac"] - 0.18) < 0.015,
          f"theft {share['trom_cap']:.1%}, assault {share['co_y_gay_thuong_tich']:.1%}, gambling {share['danh_bac']:.1%} of order crime")  # fmt: skip
    fires = Counter(r["time"][:4] for r in rows if r["category"] == "chay")
    claim(all(55 <= fires[str(y)] <= 95 for y in range(2018, 2026)), f"fires {dict(sorted(fires.items()))}")
    levels = Counter(r["severity"] for r in order)
    print(f"       severity of order crime: { {k: f'{n / len(order):.0%}' for k, n in levels.most_common()} }")
    print(f"       by component: {dict(Counter(component[r['category']] for r in rows).most_common())}")
    check_places(rows, old, new)
    return rows


def check_places(rows, old, new):
    codes = {"2025-01": set(old) | {p["parent"] for p, _ in old.values()}, "2025-07": set(new)}
    without = [r for r in rows if not r["lon"]]
    claim(all(not r["edition"] or r["area_code"] in codes[r["edition"]] for r in without), "area codes belong to their edition")
    claim(all(not r["area_code"] for r in rows if r["lon"]), "a row has a point or an area code, never both")
    claim(all((r["precision"] == "area") == (not r["lon"]) for r in rows), "what has no point is precise to its area")
    at_old, at_new = located(rows, old), located(rows, new)
    outside = sum(c is None for c in at_old.values())
    claim(outside == sum(c is None for c in at_new.values()), f"{outside} outside the province, in both editions")
    drawable = [r for r in rows if r["category"] != "lua_dao_truc_tuyen"]
    by_commune = sum(r["area_code"] in old for r in drawable) / len(drawable)
    astray = (outside + sum(not r["lon"] and not r["area_code"] for r in drawable)) / len(drawable)
    claim(abs(by_commune - 0.25) < 0.01 and abs(astray - 0.03) < 0.005, f"of {len(drawable)} {by_commune:.1%} by commune only, {astray:.1%} outside or without place")
    unfounded = sum(r["status"] == "unfounded" for r in rows)
    claim(100 <= unfounded <= 260, f"{unfounded} unfounded")
    counts = Counter(c for c in at_old.values() if c)
    spread = sorted(counts.get(c, 0) for c in old)
    print(f"       with a point per commune: least {spread[0]}, median {spread[116]}, most {spread[-1]}")


class Planted:
    """The truth file, and the incidents as it speaks of them: by commune of 2025-01 or unit of 2025-07."""

    def __init__(self, rows, old, new):
        self.truth = tomllib.loads((SAMPLE / "truth.toml").read_text("utf-8"))
        self.counted = [r for r in rows if r["status"] != "unfounded"]
        at_old, at_new = located(rows, old), located(rows, new)
        named = {e: {r["id"]: r["area_code"] for r in rows if r["edition"] == e} for e in ("2025-01", "2025-07")}
        self.commune = {r["id"]: at_old.get(r["id"]) or named["2025-01"].get(r["id"]) for r in rows}
        self.unit = {r["id"]: at_new.get(r["id"]) or named["2025-07"].get(r["id"]) for r in rows}

    def count(self, first, until, categories=None, commune=(), unit=()):
        return sum(
            first <= r["time"][:10] < until
            and (categories is None or r["category"] in categories)
            and (self.commune[r["id"]] in commune or self.unit[r["id"]] in unit)
            for r in self.counted
        )


def check_truth(taxonomy, rows, old, new):
    planted = Planted(rows, old, new)
    truth, component = planted.truth, {c["id"]: c["component"] for c in taxonomy["category"]}
    reported = {c for c in component if component[c] not in ("phat_hien", "khac")}
    for change in truth["change"]:
        before = planted.count("2019-12-15", "2022-12-15", reported, commune=(change["commune"],))
        now = planted.count("2022-12-15", "2025-12-15", reported, commune=(change["commune"],))
        holds = now > 2 * before if change["direction"] == "up" else 2 * now < before
        claim(holds, f"{change['commune']} goes {change['direction']}: {before} in 3N-2022, {now} in 3N-2025")
    for one in [truth["cluster"], *truth["campaign"]]:
        found = planted.count(one["from"], one["to"], {one["category"]}, commune=one["communes"], unit=one["merged"])
        claim(found >= 0.8 * one["cases"], f"{one['category']} in {one['communes']} from {one['from']} to {one['to']}: {found}")
    for effect in truth["effect"]:
        tables = []
        for model in effect.get("model", []):
            days = [f"{int(model['from'][:4]) + k}{model['from'][4:]}" for k in (-1, 0, 1)]
            touched = [c for c in component if component[c] == effect["component"]]
            tables.append([planted.count(a, b, touched, unit=(model["merged"],)) for a, b in zip(days, days[1:], strict=False)])
        if tables:
            before, after = (sum(t[i] for t in tables) for i in (0, 1))
            claim(abs(after / before - effect["ratio"]) < 0.25, f"{effect['kind']} {effect['verdict']}: {before} in the year before, {after} after, in {len(tables)} units")
    late = table(truth["late"]["file"].removesuffix(".csv"))
    claim(len(late) == truth["late"]["incidents"] and not {r["id"] for r in late} & {r["id"] for r in rows}, f"{len(late)} late reports, none told before")


def check_models(rules, old):
    rows = table("models")
    kinds = {k["id"] for k in rules["model_kind"]}
    by_id = {r["id"]: r for r in rows}
    claim(len(by_id) == len(rows) and {r["kind"] for r in rows} == kinds, f"{len(rows)} models, all 10 kinds")
    for name, start, end in (("calendar year 2022", "2022-01-01", "2023-01-01"), ("TK-2022", "2021-12-15", "2022-12-15")):
        started = [r for r in rows if start <= r["started_on"] < end]
        ended = [r for r in rows if r["ended_on"] and start <= r["ended_on"] < end]
        kept = [r for r in rows if r["started_on"] < start and (not r["ended_on"] or r["ended_on"] >= end)]
        origins = dict(Counter(r["origin"] for r in started))
        claim((len(started), len(ended), len(kept)) == (70, 344, 1039), f"{name}: 70 started {origins}, 344 ended, 1,039 kept")
        claim({r["kind"] for r in kept} == kinds, f"{name}: 10 kinds kept")
    claim(all(not r["ended_on"] or r["started_on"] < r["ended_on"] for r in rows), "each model starts before it ends")
    for r in rows:
        parent = by_id.get(r["parent_id"])
        if (r["origin"] == "replicated") != (parent is not None) or (parent and parent["kind"] != r["kind"]):
            claim(False, f"{r['id']}: parent")
    claim(all(not r["reviewed_on"] or r["started_on"] < r["reviewed_on"] for r in rows), "replicated models have a parent of their kind; reviews follow the start")
    at = located(rows, old)
    claim(all(at[r["id"]] == r["area_code"] for r in rows), "each model lies inside its commune")
    for year in range(2021, 2027):
        day = f"{year}-06-30"
        active = sum(r["started_on"] <= day and (not r["ended_on"] or r["ended_on"] > day) for r in rows)
        print(f"       active on {day}: {active}")
    none = set(old) - {r["area_code"] for r in rows if not r["ended_on"]}
    print(f"       communes without an active model today: {len(none)}")


def fits(event, model):
    """Whether an event agrees with the dates of its model."""
    start = {"new": "built", "replicated": "replicated"}[model["origin"]]
    if event["event"] in ("built", "replicated"):
        return event["event"] == start and event["on"] == model["started_on"]
    if event["event"] == "retired":
        return event["on"] == model["ended_on"]
    return model["started_on"] <= event["on"] and (not model["ended_on"] or event["on"] <= model["ended_on"])


def check_events():
    models, events = {r["id"]: r for r in table("models")}, table("model-events")
    claim(len({(e["id"], e["event"], e["on"]) for e in events}) == len(events), f"{len(events)} events of models, none told twice")
    claim(all(fits(e, models[e["id"]]) for e in events), "each event fits its model")
    claim(all((e["event"] == "reviewed") == bool(e["result"]) for e in events), "reviews and nothing else have a result")
    told = {(e["id"], e["on"]): e["result"] for e in events if e["event"] == "reviewed"}
    last = [r for r in models.values() if r["reviewed_on"] >= "2022"]
    claim(all(told[r["id"], r["reviewed_on"]] == r["review"] for r in last), f"{len(last)} last reviews are the last of their history")
    units = {r["unit_id"]: r["area_code"] for r in table("certifications") if r["unit_kind"] == "residential_area"}
    served = [r for r in models.values() if r["residential_area"]]
    claim(all(units[r["residential_area"]] == r["area_code"] for r in served), f"{len(served)} models serve a residential area of their commune")
    print(f"       events: {dict(Counter(e['event'] for e in events).most_common())}")
    claim((SAMPLE / "model-events.csv").stat().st_size <= MAX_EVENTS, "the file of events is small")


def check_certifications():
    rows = table("certifications")
    keys = {(r["unit_id"], r["unit_kind"], r["window"]) for r in rows}
    claim(len(keys) == len(rows), f"{len(rows)} certifications, no unit twice in a window")
    claim(not any(r["registered"] == "no" and r["recognised"] == "yes" for r in rows), "none recognised without registering")
    for year in range(2022, 2026):
        kinds = {}
        for r in rows:
            if r["window"].startswith(f"ANTT-{year}-"):
                kinds.setdefault(r["unit_kind"], []).append(r["recognised"] == "yes")
        public = kinds["residential_area"] + kinds["commune"]
        bodies = kinds["agency"] + kinds["business"] + kinds["school"]
        detail = ", ".join(f"{k} {sum(v)}/{len(v)} = {sum(v) / len(v):.1%}" for k, v in kinds.items())
        text = f"{year}: residential areas and communes {sum(public) / len(public):.2%}, institutions {sum(bodies) / len(bodies):.2%}"
        claim(sum(public) / len(public) > 0.94 and sum(bodies) / len(bodies) > 0.95, f"{text} ({detail})")


def check_units():
    areas, institutions = table("residential_areas"), table("institutions")
    certified = {(r["unit_id"], r["unit_kind"]) for r in table("certifications")}
    register = {(r["unit_id"], "residential_area") for r in areas} | {(r["unit_id"], r["unit_kind"]) for r in institutions}
    claim(len(register) == len(areas) + len(institutions), f"{len(areas)} residential areas and {len(institutions)} institutions on the register, no id twice")
    claim({u for u in certified if u[1] != "commune"} <= register, "every certified unit is on the register")
    silent = register - certified
    exempt = [r for r in institutions if r["form"] in ("small", "primary")]
    claim(len(silent) == len(exempt) + 9, f"{len(exempt)} out of scope; 9 of which nothing is said")
    decisions = table("decisions")
    recognised = {(r["unit_id"], r["window"]) for r in table("certifications") if r["unit_kind"] == "commune" and r["recognised"] == "yes"}
    claim({(r["unit_id"], r["window"]) for r in decisions} == recognised, f"{len(decisions)} decisions, one for each recognised commune and year")
    of_2025 = [r for r in decisions if r["window"] == "ANTT-2025-xa"]
    claim(all(r["edition"] == "2025-07" and "Đà Nẵng" in r["body"] for r in of_2025), f"{len(of_2025)} of the 78 units recognised for 2025, by the city")
    claim(all(r["edition"] == "2025-01" and "Đà Nẵng" not in r["body"] for r in decisions if r not in of_2025), "the years before by the district")
    claim(all("mẫu" in r["number"] and "mẫu" in r["body"] for r in decisions), "decisions are marked as sample")
    declarations = table("declarations")
    claim(len({(r["unit_id"], r["window"], r["criterion"]) for r in declarations}) == len(declarations), f"{len(declarations)} declarations, none twice: {dict(Counter(r['met'] for r in declarations))}")
    grades = Counter(r["grade"] for r in table("movement_grades"))
    claim(set(grades) == {"excellent", "good", "average", "weak"}, f"grades of the movement {dict(grades.most_common())}")


def check_population(old, new):
    rows = table("population")
    people = {(r["edition"], r["year"], r["area_code"]): int(r["population"]) for r in rows}
    claim(len(people) == len(rows) == 2 * (233 + 78) and min(people.values()) > 0, f"{len(rows)} populations, none empty")
    total = {(e, y): sum(n for (a, b, _), n in people.items() if (a, b) == (e, y)) for e in ("2025-01", "2025-07") for y in ("2019", "2024")}
    claim(total["2025-01", "2019"] == total["2025-07", "2019"] == sum(CENSUS_2019.values()) == 1_495_812, "1,495,812 residents in 2019, both editions")
    claim(total["2025-01", "2024"] == total["2025-07", "2024"], f"{total['2025-01', '2024']:,} in 2024, both editions (fiction)")
    districts = Counter()
    for code, (properties, _) in old.items():
        districts[properties["parent"]] += people["2025-01", "2019", code]
    wanted = {d: n for d, n in CENSUS_2019.items() if d != "519"} | {"509": CENSUS_2019["509"] + CENSUS_2019["519"]}
    claim(districts == wanted and wanted["509"] == 107_499, "every district has its census total; Quế Sơn with Nông Sơn 107,499")
    communes = sorted(n for (e, y, _), n in people.items() if (e, y) == ("2025-01", "2019"))
    print(f"       communes: least {communes[0]:,}, median {communes[116]:,}, most {communes[-1]:,}; Tân Hiệp {people['2025-01', '2019', ISLAND]:,}")
    return people


def check_grades(taxonomy, rules, rows, people, editions):
    window = next(w for w in rules["window"] if w["id"] == rules["default_window"])
    for name, units in editions.items():
        at = located(rows, units)
        residents = {c: people[name, "2024", c] for c in units}
        letters, prior = grades(taxonomy, rules, window, rows, at, residents)
        counts = Counter(letters.values())
        claim(set("ABCDE") <= set(counts), f"{name}, {window['id']}: grades {dict(sorted(counts.items()))}; prior mean {prior[0]:.3f}, variance {prior[1]:.3f}")


def check_sizes():
    sizes = {p.name: p.stat().st_size for p in sorted(SAMPLE.glob("*.csv"))}
    claim(sum(sizes.values()) <= MAX_CSV, f"tables {sizes}, together {sum(sizes.values()):,} bytes")


def main():
    taxonomy, rules = check_values()
    old, new = check_editions()
    people = check_population(old, new)
    rows = check_incidents(taxonomy, old, new)
    check_truth(taxonomy, rows, old, new)
    check_models(rules, old)
    check_events()
    check_certifications()
    check_units()
    check_grades(taxonomy, rules, rows, people, {"2025-01": old, "2025-07": new})
    check_nfc()
    check_sizes()


if __name__ == "__main__":
    main()
