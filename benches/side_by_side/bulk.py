"""Bulk work: points located and counted, files made ready to serve, memory, and the start from disk."""

import os
import re
import subprocess
import time
from pathlib import Path

from binhyen import cube_bytes, seconds_to_first_tile
from processes import last_words
from workload import in_words

MEASURED_BY_CARGO = ("cargo", "bench", "--locked", "--bench", "bulk")
LOCATED = "located, counted by area, category, month"
READY = "CSV to durable, located, ready to serve"
# How many times faster than each engine.
TARGETS = {"sedonadb": 3, "postgres": 7, "duckdb": 25, "geopandas": 45}
POINTS_PER_S = 20e6
# Points on a border may go to either side, or to both.
ON_BORDERS = 1e-6
READY_RATIO = 2
BYTES_PER_INCIDENT = 40
START_S = 5
GROWTH = 1.2
ENGINE_WITHIN_S = 600
LOADED_STAGES = ("COPY csv + geometry (logged)", "GiST index")


def our_stages(data, root, log):
    """What our own bench prints of a data folder, `bulk.STAGE name=value …` a line, as figures by stage."""
    if not (root / "benches/bulk.rs").exists():
        return {}
    environment = {**os.environ, "BINHYEN_BULK_DATA": str(data.resolve())}
    said = subprocess.run(MEASURED_BY_CARGO, capture_output=True, text=True, env=environment, cwd=root, check=False)
    log.write_text(said.stdout + said.stderr)
    if said.returncode:
        raise RuntimeError(f"cargo bench --bench bulk left with code {said.returncode}: {last_words(log)}")
    return stages(said.stdout)


def stages(text):
    """The printed lines, each stage with all its lines."""
    found = {}
    for stage, figures in re.findall(r"^bulk\.(\w+) (.*)$", text, re.MULTILINE):
        found.setdefault(stage, []).append(dict(re.findall(r"(\w+)=(\S+)", figures)))
    return found


def engine_seconds(peers, engine, workload, size):
    script = Path(__file__).parent / "bulk_peers.py"
    command = [peers.python, script, engine, workload.folder.resolve(), str(size)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ENGINE_WITHIN_S)
    found = re.search(r"seconds=([\d.]+) cells=(\d+) counted=(\d+)", said.stdout)
    if not found:
        raise RuntimeError(f"{engine}: {said.stderr.strip()[-200:]}")
    return float(found[1]), int(found[3])


def postgis_seconds(postgres, workload, size):
    started = time.monotonic()
    rows = postgres.ask(
        workload.name,
        "set max_parallel_workers_per_gather = 2",
        f"""select count(*), sum(n) from (
            select c.code, i.category, date_trunc('month', i.ts), count(*) n
            from communes c join incidents_{size} i on st_intersects(c.geom4326, i.geom) group by 1, 2, 3) counted""",
    )
    return time.monotonic() - started, int(rows[-1][1])


def located_rows(bench, workload, size):
    """Our location and counting beside each engine's, on all cores."""
    measured = {}
    with bench.report.row(f"point location alone, {in_words(size)}", workload.name, "≥ 20 M points/s") as row:
        measured = our_stages(bench.ours.data(workload, size), bench.root, bench.logs / f"bulk-{size}.log")
        if "locate" not in measured:
            row.verdict = "not run: no bench prints bulk.locate"
        else:
            rates = {line["order"]: float(line["per_second"]) for line in measured["locate"]}
            row.ours = ", ".join(f"{rate / 1e6:.1f} M points/s in {order} order" for order, rate in rates.items())
            row.figures = measured
            row.judge(min(rates.values()) >= POINTS_PER_S)
    # From the file on disk to the counts, as with the engines; those read no more than they need.
    ours = measured.get("file_to_counts", [None])[0]
    counted = measured.get("count", [{}])[0].get("counted")
    for engine, target in TARGETS.items():
        name = f"{in_words(size)} points {LOCATED}"
        with bench.report.row(name, workload.name, f"≥ {target} × {engine}") as row:
            if lacking := bench.peers.lacks(engine):
                row.verdict = f"not run: {lacking}"
                continue
            if engine == "postgres":
                seconds, theirs = postgis_seconds(bench.postgres, workload, size)
            else:
                seconds, theirs = engine_seconds(bench.peers, engine, workload, size)
            row.peer = f"{bench.versions_of(engine)}: {seconds:.2f} s, {theirs:,} located"
            row.figures = {"peer_s": seconds, "peer_located": theirs, "ours": ours}
            if not ours:
                row.verdict = "not run: no bench prints bulk.file_to_counts"
                continue
            row.ours = f"{float(ours['seconds']):.2f} s from file, {int(counted):,} located"
            row.ratio = f"{seconds / float(ours['seconds']):.1f} ×"
            if abs(int(counted) - theirs) > ON_BORDERS * theirs:
                raise RuntimeError(f"{counted} located here, {theirs} by {engine}")
            row.judge(seconds / float(ours["seconds"]) >= target)


def growth_row(bench):
    """What a tile costs from one to a hundred million incidents, made up straight into the snapshot."""
    with bench.report.row("choropleth tile, 1 M to 10 M to 100 M incidents", "made up", "within 1.2 ×") as row:
        log = bench.logs / "growth.log"
        command = ["cargo", "bench", "--locked", "--bench", "growth"]
        said = subprocess.run(command, capture_output=True, text=True, cwd=bench.root, check=False)
        log.write_text(said.stdout + said.stderr)
        if said.returncode:
            raise RuntimeError(f"cargo bench --bench growth left with code {said.returncode}: {last_words(log)}")
        tiles = [
            dict(re.findall(r"(\w+)=(\S+)", line)) for line in re.findall(r"^growth\.tile (.*)$", said.stdout, re.M)
        ]
        counts, whole = ([float(tile[name]) for tile in tiles] for name in ("counts_us", "whole_us"))
        in_us = lambda costs: " / ".join(f"{cost:.1f}" for cost in costs)  # noqa: E731
        row.ours = f"{in_us(counts)} µs of counts, {in_us(whole)} µs with every attribute"
        row.ratio = f"{counts[-1] / counts[0]:.2f} ×, {whole[-1] / whole[0]:.2f} ×"
        row.figures = {"tiles": tiles}
        row.judge(max(costs[-1] / costs[0] for costs in (counts, whole)) <= GROWTH)


def ready_row(bench, workload, size, loaded):
    """Our import and start beside COPY and the spatial index; the folder stays for the rows that follow."""
    with bench.report.row(f"{in_words(size)} incidents, {READY}", workload.name, f"≥ {READY_RATIO} × PostGIS") as row:
        seconds, peak_mib = bench.ours.import_all(workload, size)
        with bench.ours.server(workload, size, core=None) as server:
            whole = seconds + server.ready_s
        row.ours = f"{whole:.1f} s (import {seconds:.1f}, ready {server.ready_s:.1f}), {peak_mib:,.0f} MiB at most"
        row.figures = {"import_s": seconds, "ready_s": server.ready_s, "peak_mib": peak_mib}
        if not loaded:
            row.verdict = f"not run beside PostGIS: {bench.peers.lacks('postgres', 'psql', 'ogr2ogr') or 'not loaded'}"
            return
        theirs = sum(loaded[stage] for stage in LOADED_STAGES)
        row.peer = f"PostGIS COPY + GiST: {theirs:.1f} s (loaded {loaded['when']})"
        row.figures["peer_s"] = theirs
        row.ratio = f"{theirs / whole:.1f} ×"
        row.judge(theirs / whole >= READY_RATIO)


def start_row(bench, workload, size, address):
    """From the start of the program to a tile, files in the system's cache; returns the memory that it keeps in MiB."""
    with bench.report.row(f"start to first tile, {in_words(size)} on disk", workload.name, f"≤ {START_S} s") as row:
        seconds, memory = seconds_to_first_tile(bench.ours, workload, size, address)
        row.ours = f"{seconds:.2f} s, {memory:,.0f} MiB"
        row.figures = {"seconds": seconds, "memory_mib": memory}
        row.judge(seconds <= START_S)
        return memory


def memory_row(bench, workload, memory_by_size):
    """Bytes for each further incident, with the growth of the counts set apart where the server tells it."""
    target = f"≤ {BYTES_PER_INCIDENT} B beyond the cube"
    with bench.report.row("memory per incident", workload.name, target) as row:
        sizes = sorted(memory_by_size)
        least, most = sizes[0], sizes[-1]
        grown = (memory_by_size[most] - memory_by_size[least]) * 2**20
        logs = [bench.logs / f"binhyen-{workload.name}-{size}.log" for size in (least, most)]
        cubes = [cube_bytes(log) for log in logs]
        cube = cubes[1] - cubes[0] if None not in cubes else 0
        each = (grown - cube) / (most - least)
        said = (
            f"cube {cubes[1] / 2**20:,.0f} MiB set apart"
            if None not in cubes
            else "cube included: its size is not logged"
        )
        row.ours = f"{each:.1f} B from {least:,} to {most:,} ({said})"
        row.figures = {"bytes_each": each, "memory_mib": memory_by_size, "cube_bytes": cubes}
        row.judge(each <= BYTES_PER_INCIDENT)
