#!/usr/bin/env python3
"""Memory of a server under a limit while it is asked for what it has never been asked for before.

    memory.py --binary target/release/binhyen [--rows 1000000] [--minutes 60] [--limit-mb 768] [--cache-mb N] [--out curve.csv]

Imports as many incidents, starts the server in a control group of so many megabytes (where this machine lets us make
one; else under a limit of its address space), and asks, as the public and as a planner, for tiles with drawn
`properties=` and filters that nobody asked for before, for numbers and for pictures. Every ten seconds a row: seconds,
resident megabytes, those that the caches say they hold, requests, refusals, faults. Exit code 1 when the server was
killed, or when what is resident in the last third lies more than a tenth above the second third.
"""

import argparse
import collections
import csv
import http.client
import math
import os
import random
import statistics
import sys
import threading
import time
from pathlib import Path

import harness
from harness import EDITION, SAMPLE, Server, succeed

EVERY_S = 10
SIZES = ("1200,800", "800,600", "600,400", "1200,630")
LAYERS = ("grade", "rate", "count", "density", "certified")


class ControlGroup:
    """A control group with a limit of memory, of either version; none where it cannot be made."""

    def __init__(self, limit_mb):
        self.path, self.used = None, None
        for root, limit, used in (
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.max_usage_in_bytes"),
            ("/sys/fs/cgroup", "memory.max", "memory.peak"),
        ):
            path = Path(root) / f"binhyen-drill-{os.getpid()}"
            try:
                path.mkdir()
                (path / limit).write_text(str(limit_mb << 20))
            except OSError:
                if path.exists():
                    path.rmdir()
                continue
            self.path, self.used = path, path / used
            return

    def prefix(self, limit_mb):
        if self.path is None:
            return ["prlimit", f"--as={limit_mb << 20}"]
        return ["sh", "-c", f'echo $$ > {self.path}/cgroup.procs && exec "$@"', "sh"]

    def peak_mb(self):
        try:
            return int(self.used.read_text()) >> 20 if self.used else None
        except OSError:
            return None

    def remove(self):
        if self.path:
            self.path.rmdir()


def tile(draw):
    z = draw.choice((7, 8, 9, 10, 11, 12))
    lon, lat = draw.uniform(107.3, 108.7), draw.uniform(15.05, 16.0)
    side = 2**z
    x = int((lon + 180) / 360 * side)
    return f"/tiles/{draw.choice(('communes', 'map', 'communes'))}/{z}/{x}/{row(lat, side)}"


def row(lat, side):
    radians = math.radians(lat)
    return int((1 - math.asinh(math.tan(radians)) / math.pi) / 2 * side)


def days(draw):
    first = draw.randint(2018 * 12, 2024 * 12)
    last = first + draw.randint(1, 24)
    day = [f"{month // 12}-{month % 12 + 1:02}-{draw.randint(1, 28):02}" for month in (first, last)]
    return f"from={day[0]}&to={day[1]}"


def planner_filter(draw):
    categories = draw.sample(harness.CATEGORIES, draw.randint(1, len(harness.CATEGORIES)))
    return f"{days(draw)}&categories={','.join(categories)}&min_severity={draw.randint(1, 4)}"


def properties(draw, known):
    return ",".join(draw.sample(known, draw.randint(1, min(8, len(known)))))


def picture(draw, filter_text):
    width, height = draw.choice(SIZES).split(",")
    look = f"layer={draw.choice(LAYERS)}&theme={draw.choice(('light', 'dark', 'print', 'contrast'))}"
    return f"/export/png?edition={EDITION}&{filter_text}&width={width}&height={height}&{look}"


def question(draw, known, windows):
    """An address nobody has asked for, and the role that asks."""
    role = draw.choice((None, "planner"))
    asked = f"window={draw.choice(windows)}" if role is None else planner_filter(draw)
    kind = draw.random()
    if kind < 0.80:
        return f"{tile(draw)}?edition={EDITION}&{asked}&properties={properties(draw, known[role])}", role
    if kind < 0.90:
        return f"/ratings?edition={EDITION}&{asked}", role
    if kind < 0.95:
        return f"/areas?edition={EDITION}&{asked}", role
    return picture(draw, asked), role


class Load:
    """Clients that ask, so many questions a second together."""

    def __init__(self, server, known, rate, clients):
        self.server, self.pause = server, clients / rate
        self.known, self.windows = known
        self.statuses, self.faults = collections.Counter(), 0
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.ask, args=(seed,)) for seed in range(clients)]
        for thread in self.threads:
            thread.start()

    def ask(self, seed):
        draw, connection = random.Random(seed), None
        while not self.over.is_set():
            begun = time.monotonic()
            path, role = question(draw, self.known, self.windows)
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
                status = harness.ask(connection, path, role)[0]
                with self.lock:
                    self.statuses[status] += 1
            except (OSError, http.client.HTTPException):
                connection = None
                with self.lock:
                    self.faults += 1
                time.sleep(0.2)
            self.over.wait(max(0, self.pause - (time.monotonic() - begun)))

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


def attributes_and_windows(server):
    """The attributes of areas that a tile of each role may carry, and the windows that the public may ask for."""
    named, windows = {}, []
    for role in ("planner", None):
        meta = server.json("/meta", role)
        named[role] = [row["name"] for row in meta["attributes"]["area"] if row["in_tiles"]]
        windows = [window["id"] for window in meta["windows"] if window["released"] and window["covered"]]
    return named, windows


def curve(server, load, minutes, out):
    rows, begun = [], time.monotonic()
    writer = csv.writer(out)
    writer.writerow(("seconds", "resident_mb", "caches_mb", "requests", "busy_503", "other", "faults"))
    while time.monotonic() - begun < minutes * 60 and server.process.poll() is None:
        time.sleep(EVERY_S)
        try:
            numbers = server.metrics()
        except (OSError, RuntimeError, http.client.HTTPException):
            numbers = {}
        caches = sum(value for name, value in numbers.items() if name.startswith("binhyen_cache_bytes"))
        if server.process.poll() is not None:
            break
        counted = load.statuses
        good = sum(counted[status] for status in (200, 204, 304))
        other = sum(counted.values()) - good - counted[503]
        resident = server.resident_bytes() >> 20
        rows.append((int(time.monotonic() - begun), resident, int(caches) >> 20))
        writer.writerow((*rows[-1], good, counted[503], other, load.faults))
        out.flush()
    return rows


def third(rows, number):
    part = rows[len(rows) * number // 3 : len(rows) * (number + 1) // 3]
    return statistics.median(row[1] for row in part) if part else float("nan")


def filled(binary, data, rows, work):
    """A data folder with boundaries, models and incidents."""
    for edition in (EDITION, "2025-07"):
        harness.import_boundaries(binary, edition, data)
    for kind, file in (("population", "population.csv"), ("models", "models.csv")):
        succeed(binary, "import", kind, SAMPLE / file, "--data", data)
    incidents = harness.write_incidents(Path(work) / "in.csv", range(rows))
    begun = time.monotonic()
    covers = "2017-12-15..2026-01-01"
    succeed(binary, "import", "incidents", incidents, "--data", data, "--covers", covers, timeout=3600)
    took = time.monotonic() - begun
    incidents.unlink()
    succeed(binary, "release", "make", "--data", data)
    return took


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--limit-mb", type=int, default=768)
    parser.add_argument("--cache-mb", type=int, help="that of the program where it is not given")
    parser.add_argument("--rate", type=float, default=40, help="requests a second")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--data", type=Path, help="a folder filled before")
    parser.add_argument("--out", type=Path, default=Path("curve.csv"))
    given = parser.parse_args()
    binary = given.binary.resolve()
    values = {"cache_mb": given.cache_mb} if given.cache_mb else {}
    group = ControlGroup(given.limit_mb)
    with harness.work_folder("memory") as work:
        data = given.data or Path(work) / "data"
        if not given.data:
            print(f"{given.rows} incidents imported in {filled(binary, data, given.rows, work):.1f} s", flush=True)
        with Server(binary, data, work, prefix=group.prefix(given.limit_mb), **values) as server:
            ready = server.wait_ready()
            if ready is None:
                sys.exit(f"not ready: {server.last_words()}")
            at_start = server.resident_bytes() >> 20
            print(f"ready in {ready:.1f} s with {at_start} MB resident", flush=True)
            load = Load(server, attributes_and_windows(server), given.rate, given.clients)
            with given.out.open("w") as out:
                rows = curve(server, load, given.minutes, out)
            load.end()
            killed = server.process.poll()
        peak = group.peak_mb()
    group.remove()
    second, last = third(rows, 1), third(rows, 2)
    where = f"control group of {given.limit_mb} MB, peak {peak} MB" if peak else f"address space of {given.limit_mb} MB"
    print(
        f"{where}; resident: start {at_start}, second third {second:.0f}, last third {last:.0f}, "
        f"most {max(row[1] for row in rows)} MB; caches at the end {rows[-1][2]} MB"
    )
    print(f"answers: {dict(load.statuses)}, faults {load.faults}; " + ("KILLED" if killed is not None else "alive"))
    sys.exit(1 if killed is not None or last > second * 1.1 else 0)


if __name__ == "__main__":
    main()
