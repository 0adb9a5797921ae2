"""The generated workload: boundaries, incidents and the tiles that a map would ask for, made once and kept.

Its generator is not part of this repository: BINHYEN_WORKLOAD names its folder.
"""

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from processes import run

# The incidents lie in these years; their times are read as local ones by every side, so that all mean the same days.
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2025, 1, 1)
# As numbered in taxonomy.toml.
CATEGORIES = (
    "trom_cap",
    "co_y_gay_thuong_tich",
    "danh_bac",
    "cuop_cuop_giat",
    "lua_dao_truc_tiep",
    "huy_hoai_tai_san",
    "gay_roi_trat_tu",
    "giet_nguoi",
    "tai_nan_giao_thong",
    "vi_pham_giao_thong",
    "chay",
    "no",
)
RESIDENTS_PER_KM2 = 120
SEED = 20240711


@dataclass
class Workload:
    """One set of boundaries with its incidents."""

    name: str
    folder: Path
    edition: str
    sizes: list = field(default_factory=list)

    @property
    def communes(self):
        return self.folder / "communes.geojson"

    @property
    def boundaries(self):
        """The communes with residents and districts, as our import wants them."""
        return self.folder.parent / f"{self.name}-boundaries.geojson"

    def incidents(self, size, suffix="csv"):
        return self.folder / f"incidents_{size}.{suffix}"

    def is_complete(self):
        return all(self.incidents(size, suffix).exists() for size in self.sizes for suffix in ("csv", "parquet"))

    def tiles(self):
        return (self.folder / "tiles.txt").read_text().split()

    def manifest(self):
        return json.loads((self.folder / "manifest.json").read_text())

    def title(self):
        manifest = self.manifest()
        return f"{self.name}: {manifest['communes']} communes, {manifest['vertices']['total']:,} vertices"


def prepared(workload, generator, python, logs, communes=None):
    """Makes what is missing of a workload."""
    if not workload.is_complete():
        print(f"generating {workload.name} ({max(workload.sizes):,} incidents)", flush=True)
        sizes = ",".join(map(str, workload.sizes))
        command = [python, generator / "generate.py", "--out", workload.folder, "--incidents", sizes]
        run(command + (["--communes", communes] if communes else []), logs / f"generate-{workload.name}.log")
    if not workload.boundaries.exists():
        write_boundaries(workload)
    return workload


def write_boundaries(workload):
    """Residents follow the area, so that rates exist; districts follow the generator's."""
    with workload.communes.open(encoding="utf-8") as file:
        collection = json.load(file)
    for feature in collection["features"]:
        had = feature["properties"]
        feature["properties"] = {
            "code": had["code"],
            "name": had["name"],
            "district": str(500 + had["district_id"]),
            "district_name": f"Huyện {had['district_id']:02}",
            "population": max(500, round(had["area_km2"] * RESIDENTS_PER_KM2)),
        }
    workload.boundaries.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")


def in_words(size):
    """A number of incidents, short."""
    return f"{size / 1e6:.0f} M" if size >= 1_000_000 else f"{size / 1e3:.0f} k"


def month_starts():
    return [date(year, month, 1) for year in range(FIRST_DAY.year, LAST_DAY.year) for month in range(1, 13)] + [
        LAST_DAY
    ]


def every_day():
    return [FIRST_DAY + timedelta(days) for days in range((LAST_DAY - FIRST_DAY).days + 1)]


def periods(days, at_most):
    """Pairs of places in `days`, first before last, in a random order that is always the same."""
    chance = random.Random(SEED)
    count = len(days)
    if count * (count - 1) // 2 <= at_most:
        pairs = [(first, last) for first in range(count) for last in range(first + 1, count)]
    else:
        drawn = {tuple(sorted(chance.sample(range(count), 2))) for _ in range(at_most)}
        pairs = sorted(drawn)
    chance.shuffle(pairs)
    return pairs
