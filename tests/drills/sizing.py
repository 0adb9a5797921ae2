#!/usr/bin/env python3
"""Memory, start and rates of a server by the size of its data, as deploy/sizing.md shows them.

    sizing.py --binary target/release/binhyen [--sizes 0,300000,1000000] [--seconds 8]

For the sample (size 0) and for so many incidents over its extent: the import, the first start and a later one, what is
resident then and after a mixed load, and how many requests a second one core of `wrk` gets beside the server (tiles of
one address, tiles that nobody asked for, numbers). Rates are left out where `wrk` is not installed.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import harness
from harness import EDITION, Server
from memory import Load, attributes_and_windows, filled

CONNECTIONS = 8


def wrk(server, script, seconds):
    """Requests a second, the median latency and p99, by `wrk` on one thread."""
    if not shutil.which("wrk"):
        return None
    path = server.log.with_suffix(".lua")
    path.write_text(script)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(path)]
    told = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}"], capture_output=True, text=True, timeout=seconds + 60, check=False
    ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    p99 = re.search(r"99%\s+([\d.]+\w+)", told)
    if not rate:
        raise RuntimeError(told)
    return f"{float(rate[1]):,.0f}/s, p99 {p99[1] if p99 else '?'}" + (f", {failed[1]} failed" if failed else "")


def script(paths, role=None):
    token = f'wrk.headers["Authorization"] = "Bearer {harness.TOKENS[role]}"\n' if role else ""
    listed = ",".join(f'"{path}"' for path in paths)
    return (
        f'{token}wrk.headers["Accept-Encoding"] = "gzip"\nlocal paths = {{{listed}}}\nlocal at = 0\n'
        "function request()\n  at = at % #paths + 1\n  return wrk.format(nil, paths[at])\nend\n"
    )


def unseen(count, seed):
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        first, days = draw.randint(0, 300), draw.randint(1, 60)
        year, month = draw.randint(2018, 2023), draw.randint(1, 12)
        filter_text = f"from={year}-{month:02}-{first % 28 + 1:02}&to={year + 1}-{month:02}-{days % 28 + 1:02}"
        found.append(f"/tiles/communes/9/409/232?edition={EDITION}&{filter_text}&min_severity={draw.randint(1, 4)}")
    return found


def rates(server, seconds):
    tile = f"/tiles/communes/9/409/232?edition={EDITION}&window=3N-2025"
    return (
        wrk(server, script([tile]), seconds),
        wrk(server, script(unseen(20_000, 1), "planner"), seconds),
        wrk(server, script([f"/ratings?edition={EDITION}&window=3N-2025"], "planner"), seconds),
    )


def started(binary, data, work, sample):
    """Seconds and megabytes of a start, and the server."""
    server = Server(binary, data, work, sample=sample)
    ready = server.wait_ready()
    if ready is None:
        raise RuntimeError(f"not ready: {server.last_words()}")
    return server, ready, server.resident_bytes() >> 20


def size_of(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) >> 20


def row_of(binary, rows, seconds, work):
    data = Path(work) / f"data-{rows}"
    took = filled(binary, data, rows, work) if rows else None
    server, first, _ = started(binary, data, work, not rows)
    time.sleep(3)
    server.stop()
    server, later, resident = started(binary, data, work, False)
    with server:
        load = Load(server, attributes_and_windows(server), 60, 4)
        time.sleep(seconds * 4)
        load.end()
        loaded = server.resident_bytes() >> 20
        seen = rates(server, seconds)
        after = server.resident_bytes() >> 20
        caches = sum(value for name, value in server.metrics().items() if name.startswith("binhyen_cache_bytes"))
    return (
        f"{rows:,}" if rows else "the sample",
        f"{took:.1f} s" if took else "–",
        f"{size_of(data)} MB",
        f"{first:.1f} s, {later:.1f} s",
        f"{resident} MB",
        f"{loaded} MB, {after} MB ({int(caches) >> 20} MB)",
        *(rate or "–" for rate in seen),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--sizes", default="0,300000,1000000")
    parser.add_argument("--seconds", type=int, default=8)
    given = parser.parse_args()
    rows = [
        (
            "incidents",
            "import",
            "on disk",
            "first start, later ones",
            "resident at start",
            "after mixed load, after the rates (caches)",
            "one tile again and again",
            "tiles of filters nobody asked for",
            "`/ratings` of a planner",
        )
    ]
    for size in given.sizes.split(","):
        with harness.work_folder("sizing") as work:
            rows.append(row_of(given.binary.resolve(), int(size), given.seconds, work))
        print(rows[-1], file=sys.stderr, flush=True)
    print(harness.markdown(rows))
    print(f"\nload average {harness.load_average():.1f} at the end")


if __name__ == "__main__":
    main()
