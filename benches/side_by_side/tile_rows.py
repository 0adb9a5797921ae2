"""The rows of the table that measure tiles over HTTP: each side alone on the server's core."""

from dataclasses import replace

import same_numbers
import tile_bytes
from browser import slider_rows
from bulk import start_row
from load import Case
from processes import SERVER_CORE
from report import load_cell
from tile_servers import constant, martin_on_mbtiles, martin_on_postgis, versatiles
from workload import CATEGORIES, in_words

TILES_PER_FILTER = 20
CUBE_RATIO, RAW_RATIO, P99_RATIO = 100, 400, 50
TILE_BYTES = "tile bytes z5–z14, gzip"
STATIC_RATIO, CONSTANT_RATIO, BYTES_RATIO, GROWTH = 1.2, 0.65, 1.0, 1.2
FIXED = "from=2022-01-01&to=2025-01-01"
LEAST = "incidents,rate"
UNSEEN = "filter not seen before"
# Windows of what, the tile function, what it is, and how many times faster we are to be.
PEERS_OF_UNSEEN = (
    ("months", "dynz_cube", "month cube, simplified", CUBE_RATIO),
    ("days", "dyn_fact", "raw incidents", RAW_RATIO),
    ("days", "raw_z", "raw incidents, simplified", None),
)
NEEDED = ("wrk", "taskset")


def our_case(bench, workload, days, properties=""):
    before = f"?edition={workload.edition}"
    before += f"&properties={properties}&from=" if properties else "&from="
    token = bench.ours.tokens["planner"]
    return Case("/tiles/communes/", before, "&to=", "&categories=", days=days, categories=CATEGORIES, token=token)


def fixed_case(bench, workload):
    """One filter for all: what a static server could have on file."""
    return Case("/tiles/communes/", f"?edition={workload.edition}&{FIXED}", token=bench.ours.tokens["planner"])


def their_case(function, days):
    return Case(
        f"/{function}/", "?from=", "&to=", "&cat=", days=days, categories=tuple(map(str, range(len(CATEGORIES))))
    )


def counted_properties(bench, workload, server):
    """The parameter that asks for counts and rates alone, where this build has it."""
    case = our_case(bench, workload, "months", bench.properties)
    try:
        bench.ours.ask(server, case.address(workload.tiles()[0], "2022-01-01", "2023-01-01", CATEGORIES[:2]))
    except OSError:
        bench.report.note(f"this build knows no properties={bench.properties}: all attributes are measured instead")
        return ""
    return bench.properties


def served_rows(bench, workload, size):
    """All rows on one workload of one size. Returns our requests per second under unseen filters."""
    address = fixed_case(bench, workload).address(workload.tiles()[0])
    memory = start_row(bench, workload, size, address) if bench.wants("start") else None
    if not {"unseen", "static", "slider"} & set(bench.rows):
        return None, memory
    unseen = None
    with bench.ours.server(workload, size) as server:
        properties = counted_properties(bench, workload, server)
        where = f"{workload.name}, {in_words(size)}"
        if bench.wants("unseen"):
            unseen = unseen_rows(bench, workload, size, server, properties, where)
        if bench.wants("static") and size == min(workload.sizes):
            static_rows(bench, workload, server, where, unseen)
    if bench.wants("slider") and workload.name == "synthetic" and size == max(workload.sizes):
        slider_rows(bench, workload, size, properties)
    return unseen, memory


def unseen_rows(bench, workload, size, server, properties, where):
    """Never the same filter twice: months against the month cube, days against the raw incidents, then all attributes."""
    ours = {}
    for days, function, said, ratio in PEERS_OF_UNSEEN:
        target = f"≥ {ratio} ×, p99 ≤ 1/{P99_RATIO}" if ratio else "–"
        with bench.report.row(f"{UNSEEN}, any {days} (peer: {said})", where, target) as row:
            case = our_case(bench, workload, days, properties)
            if bench.peers.lacks("martin", "postgres", *NEEDED):
                beside = None
            else:
                with martin_on_postgis(bench.peers, bench.postgres, workload.name, bench.logs) as martin:
                    beside = beside_postgis(
                        bench, workload, (server, case), (martin, their_case(f"{function}_{size}", days)), row
                    )
            ours[days] = ours.get(days) or bench.load(server, case, workload)
            compare(row, ours[days], beside, ratio, bench.peers.lacks("martin", "postgres"))
    alone = {
        f"all attributes, {TILES_PER_FILTER} tiles each": replace(
            our_case(bench, workload, "days"), per_filter=TILES_PER_FILTER
        ),
    }
    if properties:
        alone[f"any days, {LEAST}"] = our_case(bench, workload, "days", LEAST)
    for said, case in alone.items():
        with bench.report.row(f"{UNSEEN}, {said}, alone", where) as row:
            load = bench.load(server, case, workload)
            row.figures, row.ours = {"ours": vars(load)}, load_cell(load)
            row.judge(None)
    return ours.get("months")


def beside_postgis(bench, workload, ours, theirs, row):
    """First the same numbers, then the speed of Martin before PostGIS."""
    sides = (same_numbers.Side(*ours, "incidents"), same_numbers.Side(*theirs, "n"))
    same = same_numbers.compared(*sides, workload.tiles(), bench.effort.sample)
    row.figures["same_counts"] = same
    bench.postgres.use_core(SERVER_CORE)
    server, case = theirs
    return bench.load(server, case, workload, also=bench.postgres)


def compare(row, ours, theirs, ratio, lacking):
    row.ours = load_cell(ours)
    row.figures["ours"] = vars(ours)
    if theirs is None:
        row.verdict = f"not run beside the peer: {lacking}"
        return
    row.peer = f"martin + PostGIS: {load_cell(theirs)}"
    row.figures["peer"] = vars(theirs)
    faster, sooner = ours.per_s / theirs.per_s, theirs.p99_ms / ours.p99_ms
    row.ratio = f"{faster:,.0f} ×, p99 1/{sooner:,.0f}"
    row.judge(faster >= ratio and sooner >= P99_RATIO if ratio else None)


def static_rows(bench, workload, server, where, unseen):
    """The same tiles again and again, beside servers of files and of a constant; and their bytes."""
    case = fixed_case(bench, workload)
    ours = {}
    for coding in ("gzip", "identity"):
        with bench.report.row(f"repeated tiles, {coding}, alone", where) as row:
            ours[coding] = bench.load(server, replace(case, coding=coding), workload)
            row.ours, row.figures = load_cell(ours[coding]), {"ours": vars(ours[coding])}
            row.judge(None)
    if lacking := bench.peers.lacks("tippecanoe"):
        bench.report.not_run("repeated tiles, tile bytes", where, lacking)
    else:
        with bench.report.row(f"{TILE_BYTES}, given at once", where) as row:
            folder = bench.folder / f"tiles-{workload.name}"
            folder.mkdir(exist_ok=True)
            tiles = tile_bytes.made(bench.peers, workload, server, case, folder, bench.logs)
            first, kept = tile_bytes.by_zoom(server, case, tiles)
            bytes_row(row, first, None)
        with bench.report.row(f"{TILE_BYTES}, kept", where, f"≤ {BYTES_RATIO} × tippecanoe") as row:
            bytes_row(row, kept, BYTES_RATIO)
        file_rows(bench, workload, tiles, where, ours)
    constant_rows(bench, workload, where, {"repeated": ours.get("gzip"), "unseen": unseen})


def bytes_row(row, sums, ratio):
    ours, theirs = (sum(pair[side] for pair in sums.values()) for side in (0, 1))
    row.ours, row.peer = f"{ours:,} B", f"tippecanoe: {theirs:,} B"
    row.ratio = f"{ours / theirs:.2f} × (" + " ".join(f"z{zoom} {a / b:.2f}" for zoom, (a, b) in sums.items()) + ")"
    row.figures = {"by_zoom": sums}
    row.judge(all(a <= ratio * b for a, b in sums.values()) if ratio else None)


def file_rows(bench, workload, tiles, where, ours):
    """Martin with its cache, and versatiles, on the tiles that tippecanoe made of our own answer."""
    address = Case(f"/{tiles.stem}/")
    peers = {
        "martin": lambda: (martin_on_mbtiles(bench.peers, tiles, bench.logs), address),
        "versatiles": lambda: (versatiles(bench.peers, tiles, bench.logs), Case(f"/tiles/{tiles.stem}/")),
    }
    for name, started in peers.items():
        for coding in ("gzip", "identity"):
            with bench.report.row(f"repeated tiles, {coding}", where, f"≥ {STATIC_RATIO} × {name}") as row:
                if lacking := bench.peers.lacks(name, *NEEDED):
                    row.verdict = f"not run: {lacking}"
                    continue
                if coding not in ours:
                    raise RuntimeError("our side failed, see its own row")
                server, case = started()
                with server:
                    theirs = bench.load(server, replace(case, coding=coding), workload)
                row.ours, row.peer = load_cell(ours[coding]), f"{name} on files: {load_cell(theirs)}"
                row.figures = {"ours": vars(ours[coding]), "peer": vars(theirs)}
                row.ratio = f"{ours[coding].per_s / theirs.per_s:.2f} ×"
                row.judge(ours[coding].per_s >= STATIC_RATIO * theirs.per_s)


def constant_rows(bench, workload, where, ours):
    """Any tile beside the ceiling of the machine."""
    theirs = None
    for name, load in ours.items():
        if load is None:
            continue
        with bench.report.row(f"any tile ({name})", where, f"≥ {CONSTANT_RATIO} × constant") as row:
            if theirs is None:
                with constant(bench.constant, bench.logs) as server:
                    theirs = bench.load(server, Case("/"), workload)
            row.ours, row.peer = load_cell(load), f"axum, 20 kB: {load_cell(theirs)}"
            row.figures = {"ours": vars(load), "peer": vars(theirs)}
            row.ratio = f"{load.per_s / theirs.per_s:.2f} ×"
            row.judge(load.per_s >= CONSTANT_RATIO * theirs.per_s)


def growth_row(bench, workload, unseen_by_size):
    """The cost of a tile may not grow with the incidents."""
    sizes = sorted(size for size, load in unseen_by_size.items() if load)
    for less, more in zip(sizes, sizes[1:]):
        name = f"growth, {in_words(less)} to {in_words(more)} incidents"
        with bench.report.row(name, workload.name, f"within {GROWTH} ×") as row:
            costs = [1e6 / unseen_by_size[size].per_s for size in (less, more)]
            row.ours = f"{costs[0]:.1f} to {costs[1]:.1f} µs a tile"
            row.ratio = f"{costs[1] / costs[0]:.2f} ×"
            row.figures = {"microseconds": costs}
            row.judge(costs[1] <= GROWTH * costs[0])
