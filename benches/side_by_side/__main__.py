#!/usr/bin/env python3
"""The side-by-side runner: our server beside the best others, on the same data, in one run, as one table.

    python benches/side_by_side [--quick] [--rows located,ready,start,unseen,static,slider,growth,live] [--sizes 1000000,10000000] …

What is needed is installed where it is missing, into the folder BINHYEN_PEERS (default .cache/peers). The workload's
generator and the peers' SQL are found through BINHYEN_WORKLOAD, real boundaries through BINHYEN_REAL_DATA. What cannot
be had is named in the table. The exit code is 1 when a row failed or both sides did not answer the same numbers.
"""

import argparse
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import bulk
import live_rows
import tile_rows
from binhyen import Ours
from load import measured
from peers import Peers
from postgres import Postgres
from report import Report
from workload import Workload, prepared

ROOT = Path(__file__).resolve().parents[2]
ROWS = ("located", "ready", "start", "unseen", "static", "slider", "growth", "live")
BESIDE_POSTGIS = {"located", "ready", "unseen", "live"}
REAL = "dn2025_94_communes_full.geojson"
# Of this month there is no official register that would refuse codes of the neighbouring province.
REAL_EDITION = "2025-08"
# What a tile of the peer's carries, as far as it is ours: both sides send as much.
LIKE_THE_PEER = "code,name,parent,area_km2,incidents,rate"

@dataclass
class Effort:
    """How long to measure."""

    runs: int
    seconds: int
    warm_up_s: int
    sample: int


class Bench:
    """What every row needs."""

    def __init__(self, given):
        self.root, self.folder = ROOT, ROOT / ".cache/bench"
        self.logs = self.folder / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.rows = given.rows
        self.properties = given.properties
        self.effort = Effort(given.runs, given.seconds, given.warm_up, given.sample)
        self.peers = Peers(given.peers).prepared(given.install)
        target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
        self.ours = Ours(given.binary or target / "binhyen", self.folder / "data", self.logs)
        self.constant = given.constant or target / "examples/constant"
        self.live_load = given.live_load or target / "examples/live_load"
        self.postgres = None
        self.report = Report(self.folder, [revision(self.ours), *self.peers.versions.values()])

    def wants(self, row):
        return row in self.rows

    def load(self, server, case, workload, also=None):
        """wrk's figures; memory is the server's, and that of what works for it."""
        script = Path(__file__).parent / "filters.lua"

        def memory():
            return server.memory_mib() + (also.memory_mib() if also else 0)

        return measured(server, case, workload.tiles(), self.effort, script, self.logs, memory)

    def versions_of(self, name):
        return self.peers.versions.get({"postgres": "PostgreSQL"}.get(name, name), name)


def revision(ours):
    said = subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return f"{ours.version()} at {said.stdout.strip() or 'no revision'}"


def workloads(bench, given, generator):
    """The generated workload, and one on the real boundaries where they are; made if they are not there yet."""
    real = Path(os.environ.get("BINHYEN_REAL_DATA", ROOT / "../shared/geodata")) / REAL
    wanted = [(Workload("synthetic", bench.folder / "synthetic", "2020-02", given.sizes), None)]
    if given.real and real.exists():
        wanted.append((Workload("real94", bench.folder / "real94", REAL_EDITION, given.sizes[:1]), real))
    elif given.real:
        bench.report.note("NOT RUN: the real boundaries are absent (BINHYEN_REAL_DATA)")
    found = []
    for workload, communes in wanted:
        lacking = bench.peers.lacks("numpy", "shapely", "pyarrow", "geopandas")
        if not (generator / "generate.py").exists():
            lacking = "its generator is absent (BINHYEN_WORKLOAD)"
        if lacking and not workload.is_complete():
            bench.report.note(f"NOT RUN: the workload {workload.name} cannot be made: {lacking}")
            continue
        found.append(prepared(workload, generator, bench.peers.python, bench.logs, communes))
    return found


def measure(bench, workload, loaded):
    """All rows of one workload."""
    unseen, memory = {}, {}
    for size in workload.sizes:
        if bench.wants("ready") or not bench.ours.data(workload, size).exists():
            bulk.ready_row(bench, workload, size, loaded.get(str(size)))
        if not bench.ours.data(workload, size).exists():
            bench.report.note(f"NOT RUN: {workload.name} with {size:,} incidents, which could not be imported")
            continue
        if bench.wants("located") and workload.name == "synthetic" and size == max(workload.sizes):
            bulk.located_rows(bench, workload, size)
        unseen[size], memory[size] = tile_rows.served_rows(bench, workload, size)
        if bench.wants("live") and workload.name == "synthetic" and size == max(workload.sizes):
            live_rows.live_rows(bench, workload, size)
    if len(workload.sizes) > 1:
        tile_rows.growth_row(bench, workload, unseen)
        if all(memory.values()):
            bulk.memory_row(bench, workload, memory)


def run(bench, given):
    generator = Path(os.environ.get("BINHYEN_WORKLOAD", ROOT / "../shared/workload"))
    chosen = workloads(bench, given, generator)
    with ExitStack() as running:
        loaded = {}
        if lacking := bench.peers.lacks("postgres", "psql", "ogr2ogr", "bc"):
            bench.report.note(f"NOT RUN beside PostGIS: {lacking}")
        elif chosen and BESIDE_POSTGIS & set(given.rows):
            try:
                bench.postgres = running.enter_context(Postgres(bench.peers, bench.logs, core=None))
                loaded = {one.name: bench.postgres.load(one, generator, given.reload) for one in chosen}
            except RuntimeError as error:
                bench.peers.missing["postgres"] = str(error)
                bench.report.note(f"NOT RUN beside PostGIS: {error}")
                bench.report.failed = True
        for workload in chosen:
            bench.report.note(workload.title())
            if bench.postgres:
                bench.postgres.use_core(None)
            measure(bench, workload, loaded.get(workload.name, {}))
    if bench.wants("growth"):
        bulk.growth_row(bench)
    bench.report.write()
    bench.report.show()
    return 1 if bench.report.failed else 0


def arguments():
    parser = argparse.ArgumentParser(prog="side_by_side", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1 M incidents, one run of a second: does it work at all")
    parser.add_argument("--rows", type=names, default=ROWS, help=f"which rows: {','.join(ROWS)}")
    parser.add_argument("--sizes", type=sizes, default=[1_000_000, 10_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="length of a run")
    parser.add_argument("--warm-up", type=int, default=2, help="seconds before the runs")
    parser.add_argument("--sample", type=int, default=60, help="tiles whose numbers are compared")
    parser.add_argument("--properties", default=LIKE_THE_PEER, help="attributes asked for under unseen filters")
    parser.add_argument("--no-real", dest="real", action="store_false", help="leave the real boundaries out")
    parser.add_argument("--no-install", dest="install", action="store_false", help="use what is there")
    parser.add_argument("--reload", action="store_true", help="load PostGIS anew")
    parser.add_argument("--peers", type=Path, default=os.environ.get("BINHYEN_PEERS", ROOT / ".cache/peers"))
    parser.add_argument("--binary", type=Path, help="another binhyen than target/release/binhyen")
    parser.add_argument("--constant", type=Path, help="another constant server than target/release/examples/constant")
    parser.add_argument("--live-load", type=Path, help="another load than target/release/examples/live_load")
    given = parser.parse_args()
    if given.quick:
        given.sizes, given.runs, given.seconds, given.warm_up, given.sample = given.sizes[:1], 1, 1, 1, 10
    given.peers = Path(given.peers)
    return given


def names(text):
    chosen = tuple(text.split(","))
    if unknown := set(chosen) - set(ROWS):
        raise argparse.ArgumentTypeError(f"no row is called {', '.join(unknown)}")
    return chosen


def sizes(text):
    return sorted(int(part) for part in text.split(","))


if __name__ == "__main__":
    # So that servers are stopped also when this script is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = arguments()
    sys.exit(run(Bench(given), given))
