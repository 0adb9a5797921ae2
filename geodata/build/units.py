"""Sample of what the statutory reading needs: registers of units, decisions, declarations, grades of the movement.

Everything is invented on top of the sample certifications: numbers and bodies of decisions carry "mẫu" (sample).
"""

from random import Random

from certifications import INSTITUTIONS, MERGED_SINCE, YEARS, certified, communes, decided_on, institutions, residential_areas

REGISTER_AREAS = "unit_id,area_code,edition,label,established_on"
REGISTER_INSTITUTIONS = "unit_id,unit_kind,form,area_code,edition,label,established_on"
DECISIONS = "unit_id,unit_kind,area_code,edition,window,recognised,number,decided_on,body"
DECLARATIONS = "unit_id,unit_kind,area_code,edition,window,criterion,met"
GRADES = "area_code,edition,window,grade"

# Circular 48/2025: without districts the commune level is decided on by the province level.
CITY = "UBND thành phố Đà Nẵng (mẫu)"

DECLARED_YEARS = (2024, 2025)
COMMUNE_CRITERIA = ("5.1.a", "5.2.a", "5.2.b", "5.2.c", "5.3")
AREA_CRITERIA = ("4.1", "4.2", "4.3", "4.4", "4.5")
# New units of which no certification says anything: they are missing and can be named.
SILENT_AREAS, SILENT_SCHOOLS = 6, 3
# Units that need not register, on the register all the same.
OUT_OF_SCOPE = {"business": ("small", 25), "school": ("primary", 35)}
FORMS = {"agency": ("",), "business": ("medium", "medium", "large"), "school": ("lower_secondary", "lower_secondary", "upper_secondary")}
DECLARING_AREAS = 40


def chosen(places, count, what):
    """Some communes, always the same ones."""
    return sorted(Random(f"units {what}").sample(sorted(places, key=lambda p: p.code), count), key=lambda p: p.code)


def area_label(place, number):
    return f"{'Tổ dân phố' if place.is_town else 'Thôn'} {number}"


def residential_area_rows(places):
    """The register of residential areas: those certified, and a few new ones of which nothing is said."""
    for unit, place in residential_areas(places):
        yield f"{unit},{place.code},2025-01,{area_label(place, int(unit[-2:]))},"
    for place in chosen(places, SILENT_AREAS, "silent areas"):
        yield f"KDC-{place.code}-90,{place.code},2025-01,{area_label(place, 90)},2023-06-01"


def institution_rows(places):
    """The register of institutions: those certified, some out of scope, a few schools of which nothing is said."""
    names = {"agency": "Cơ quan mẫu", "business": "Doanh nghiệp mẫu", "school": "Trường mẫu"}
    for kind in INSTITUTIONS:
        for number, (unit, place) in enumerate(institutions(kind, places)):
            form = FORMS[kind][number % len(FORMS[kind])]
            yield f"{unit},{kind},{form},{place.code},2025-01,{names[kind]} {number + 1},"
    for kind, (form, count) in OUT_OF_SCOPE.items():
        prefix = INSTITUTIONS[kind][0]
        for number, place in enumerate(chosen(places, count, f"{kind} out of scope")):
            yield f"{prefix}-9{number:03d},{kind},{form},{place.code},2025-01,{names[kind]} 9{number:03d},"
    for number, place in enumerate(chosen(places, SILENT_SCHOOLS, "silent schools")):
        yield f"TH-8{number:03d},school,upper_secondary,{place.code},2025-01,Trường mẫu 8{number:03d},2024-08-01"


def decision_rows(places, merged, district_names, outcome):
    """A decision for every recognised commune: by its district until 2024, by the city since there are no districts."""
    for year in YEARS:
        number = 100
        for commune, (_, recognised) in zip(communes(places, merged, year), outcome["commune", year], strict=True):
            if not recognised:
                continue
            number += 1 + Random(f"number {year} {commune.code}").randrange(3)
            body = CITY if year >= MERGED_SINCE else f"UBND {district_names[commune.code]} (mẫu)"
            day = decided_on("xa", year, commune)
            yield (
                f"{commune.code},commune,{commune.code},{commune.edition},ANTT-{year}-xa,yes,"
                f"{number}/QĐ-UBND-mẫu,{day},{body}"
            )


def declared(random, recognised):
    """What one commune declares: mostly what the decision says, now and then something else, or nothing."""
    if recognised:
        slip = random.random()
        if slip < 0.02:
            return {random.choice(COMMUNE_CRITERIA): "no"}
        return {random.choice(COMMUNE_CRITERIA): ""} if slip < 0.06 else {}
    return {} if random.random() < 0.3 else {c: "no" for c in random.sample(COMMUNE_CRITERIA, 2)}


def declaration_rows(places, merged, outcome):
    """Declarations of all communes, and of some residential areas."""
    for year in DECLARED_YEARS:
        for commune, (_, recognised) in zip(communes(places, merged, year), outcome["commune", year], strict=True):
            slips = declared(Random(f"declared {year} {commune.code}"), recognised)
            for criterion in COMMUNE_CRITERIA:
                if met := slips.get(criterion, "yes"):
                    yield f"{commune.code},commune,{commune.code},{commune.edition},ANTT-{year}-xa,{criterion},{met}"
    areas = residential_areas(places)
    few = sorted(Random("declaring areas").sample(range(len(areas)), DECLARING_AREAS))
    for number, i in enumerate(few):
        (unit, place), (_, recognised) = areas[i], outcome["residential_area", 2025][i]
        for criterion in AREA_CRITERIA:
            met = recognised or criterion != "4.4"
            # Two recognised areas contradict themselves.
            met = met and not (number in (3, 17) and criterion == "4.5")
            yield f"{unit},residential_area,{place.code},2025-01,ANTT-2025-kdc,{criterion},{'yes' if met else 'no'}"


def grade_rows(places, merged, outcome):
    """Most communes are good; what is not recognised is never more than average."""
    for year in YEARS:
        for commune, (_, recognised) in zip(communes(places, merged, year), outcome["commune", year], strict=True):
            random = Random(f"grade {year} {commune.code}")
            grade = random.choices(("excellent", "good", "average"), (22, 66, 12))[0]
            if not recognised:
                grade = random.choice(("average", "weak"))
            yield f"{commune.code},{commune.edition},ANTT-{year}-xa,{grade}"


def tables(places, merged, district_names):
    """Name → (columns, rows) of every table."""
    outcome = certified(places, merged)
    return {
        "residential_areas": (REGISTER_AREAS, residential_area_rows(places)),
        "institutions": (REGISTER_INSTITUTIONS, institution_rows(places)),
        "decisions": (DECISIONS, decision_rows(places, merged, district_names, outcome)),
        "declarations": (DECLARATIONS, declaration_rows(places, merged, outcome)),
        "movement_grades": (GRADES, grade_rows(places, merged, outcome)),
    }
