#!/usr/bin/env python3
"""Asks two binaries for ratings of filters that neither has seen, and prints what each answer took.

    unseen_ratings.py OLD_BINARY NEW_BINARY [--incidents 300000] [--filters 300] [--rounds 2]

Both import the same communes, residents and made-up incidents into data folders of their own; the incidents have points,
which every revision counts (early ones counted nothing that was known by its commune alone). Every filter is asked once of
each, the two in turns that change sides, so that a machine that slows down slows both. Printed are the quantiles of the
time to the whole answer, the processor time of the servers per answer, and the ratios new to old.
"""

import argparse
import hashlib
import http.client
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "geodata" / "sample"
sys.path.insert(0, str(ROOT / "tests" / "clients"))
from with_server import free_port, stop, wait_until_ready  # noqa: E402

EDITION = "2025-01"
TOKEN = "unseen-ratings-planner-token"
CATEGORIES = ["trom_cap", "co_y_gay_thuong_tich", "cuop_cuop_giat", "lua_dao_truc_tiep", "danh_bac"]
SEVERITIES = ["it_nghiem_trong", "nghiem_trong", "rat_nghiem_trong"]
YEARS = (2019, 2025)


def is_within(ring, lon, lat):
    """Whether a point lies in a ring, by the crossings of a ray to the east."""
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def points_of_communes(rng, each=20):
    """Points inside the outer ring of each commune's largest part."""
    features = json.loads((SAMPLE / EDITION / "communes.geojson").read_text())["features"]
    found = []
    for geometry in (feature["geometry"] for feature in features):
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        ring = max((part[0] for part in parts), key=len)
        (west, east), (south, north) = ((min(side), max(side)) for side in zip(*ring))
        drawn = ((rng.uniform(west, east), rng.uniform(south, north)) for _ in itertools.count())
        found.append(list(itertools.islice((at for at in drawn if is_within(ring, *at)), each)))
    return found


def write_incidents(path, count, rng):
    """Incidents over the communes and six years, most of them small."""
    points = points_of_communes(rng)
    weights = [rng.gammavariate(1.5, 1) for _ in points]
    with path.open("w") as out:
        out.write("id,time,lon,lat,category,severity\n")
        for number in range(count):
            moment = f"{rng.randrange(*YEARS)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}T{rng.randrange(24):02}:00:00+07:00"
            lon, lat = rng.choice(rng.choices(points, weights)[0])
            severity = rng.choices(SEVERITIES, (8, 3, 1))[0]
            out.write(f"Q{number},{moment},{lon:.6f},{lat:.6f},{rng.choice(CATEGORIES)},{severity}\n")


def verbs(folder, incidents):
    """What fills a data folder."""
    boundaries = ["import", "boundaries", "--edition", EDITION, "--data", folder, "--code", "code", "--name", "name"]
    return [
        [*boundaries, SAMPLE / EDITION / "districts.csv", "--level", "district"],
        [*boundaries, SAMPLE / EDITION / "communes.geojson", "--parent", "parent"],
        ["import", "population", folder / "population.csv", "--data", folder],
        ["import", "incidents", incidents, "--data", folder],
    ]


def filters(count, rng):
    """Addresses of ratings, each of a filter of its own."""
    found = {}
    while len(found) < count:
        first = f"{rng.randrange(2019, 2023)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        last = f"{rng.randrange(2023, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        query = {"edition": EDITION, "level": "commune", "from": first, "to": last}
        if rng.random() < 0.5:
            query["categories"] = ",".join(sorted(rng.sample(CATEGORIES, rng.randrange(1, len(CATEGORIES)))))
        if rng.random() < 0.3:
            query["min_severity"] = "2"
        found[f"/ratings?{urlencode(query)}"] = None
    return list(found)


def processor_time(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server:
    """A binary that serves a data folder of its own."""

    def __init__(self, binary, folder, incidents):
        self.folder = Path(folder)
        lines = (SAMPLE / "population.csv").read_text().splitlines(keepends=True)
        kept = [line for line in lines[1:] if f",{EDITION}," in line]
        (self.folder / "population.csv").write_text(lines[0] + "".join(kept))
        digest = hashlib.sha256(TOKEN.encode()).hexdigest()
        config = self.folder / "unseen.toml"
        config.write_text(f'[[tokens]]\nrole = "planner"\nlabel = "measuring"\nsha256 = "{digest}"\n')
        self.log = (self.folder / "log").open("w")
        for verb in verbs(self.folder, incidents):
            subprocess.run([binary, *map(str, verb)], check=True, stdout=self.log, stderr=self.log)
        self.port = free_port()
        self.process = subprocess.Popen(
            [binary, "serve", "--data", self.folder, "--config", config, "--listen", f"127.0.0.1:{self.port}"],
            stdout=self.log, stderr=self.log,
        )  # fmt: skip
        wait_until_ready(self.process, f"http://127.0.0.1:{self.port}")
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.took, self.bytes = [], 0

    def ask(self, address):
        begun = time.perf_counter()
        self.connection.request("GET", address, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = self.connection.getresponse()
        body = answer.read()
        self.took.append((time.perf_counter() - begun) * 1e3)
        self.bytes += len(body)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {address}: {body[:300]!r}")


def measured(servers, addresses):
    """The processor time of each server over all addresses."""
    before = [processor_time(server.process) for server in servers]
    for turn, address in enumerate(addresses):
        for server in servers if turn % 2 else reversed(servers):
            server.ask(address)
    return [processor_time(server.process) - begun for server, begun in zip(servers, before)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--incidents", type=int, default=300_000)
    parser.add_argument("--filters", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    rng = random.Random(20261129)
    with tempfile.TemporaryDirectory() as old, tempfile.TemporaryDirectory() as new, tempfile.TemporaryDirectory() as made:
        incidents = Path(made) / "incidents.csv"
        write_incidents(incidents, options.incidents, rng)
        servers = [Server(options.old, old, incidents), Server(options.new, new, incidents)]
        try:
            for number in range(options.rounds):
                for server in servers:
                    server.took, server.bytes = [], 0
                report(number + 1, servers, measured(servers, filters(options.filters, rng)), options.filters)
        finally:
            for server in servers:
                stop(server.process)


def report(number, servers, processor, filters):
    print(f"round {number}, {filters} filters, load average {os.getloadavg()[0]:.1f}")
    rows = [("median ms", lambda s, _: statistics.median(s.took)), ("least ms", lambda s, _: min(s.took)),
            ("p95 ms", lambda s, _: sorted(s.took)[int(len(s.took) * 0.95)]),
            ("processor ms", lambda _, cpu: cpu / filters * 1e3), ("bytes", lambda s, _: s.bytes / filters)]  # fmt: skip
    for name, value in rows:
        old, new = (value(server, cpu) for server, cpu in zip(servers, processor))
        print(f"  {name:<13} old {old:10.3f}  new {new:10.3f}  ratio {new / old:.2f}")


if __name__ == "__main__":
    main()
